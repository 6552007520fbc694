import { createRequire } from "node:module";
import type * as openApi from "openapi-typescript";
import type OpenApiTypeScript from "openapi-typescript";
import type typescript from "typescript";

// By `require`: for an `import`, Node parses these nine megabytes a second time to find out what they export, which takes
// longer than to run them.
const require = createRequire(import.meta.url);

export const ts: typeof typescript = require("typescript");

export const openApiTypeScript: typeof openApi & { default: typeof OpenApiTypeScript } =
  require("openapi-typescript");
