/**
 * There is no access token to be had. As the `cause` of a `LokeError` it says why.
 *
 * It holds nothing of what was sent or answered but what is named here: no secret, no token, no body.
 */
export class TokenError extends Error {
  override readonly name = "TokenError";
  /** Whom the token was asked of. */
  declare readonly issuer: string;
  /** The status of the issuer's answer, if there was one. */
  declare readonly status?: number;
  /** OAuth's code for what is wrong, such as `invalid_client`, or the system's, such as `ECONNREFUSED`. */
  declare readonly code?: string;
  /** How long the issuer asked to wait, in milliseconds, if it sent `Retry-After`. */
  declare readonly retryAfterMs?: number;

  /** Facts that are `undefined` are left out. */
  constructor(
    message: string,
    {
      cause,
      ...facts
    }: {
      issuer: string;
      status?: number | undefined;
      code?: string | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    for (const [key, value] of Object.entries(facts)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
  }
}
