export { type ClientCredentialsOptions, clientCredentials } from "./auth/client-credentials.js";
export type { IssuerOptions } from "./auth/options.js";
export { type RefreshTokenOptions, refreshToken } from "./auth/refresh-token.js";
export { TokenError } from "./auth/token-error.js";
export type { TokenProvider } from "./auth/token-provider.js";
