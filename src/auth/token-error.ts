/**
 * No access token could be obtained. It is the `cause` of the `LokeError` of the call.
 *
 * It contains no secret, no token and no body: only the fields below.
 */
export class TokenError extends Error {
  override readonly name = "TokenError";
  /** The issuer that was asked for a token. */
  declare readonly issuer: string;
  /** The status of the issuer's response, if there was one. */
  declare readonly status?: number;
  /** OAuth's error code, such as `invalid_client`, or the system's, such as `ECONNREFUSED`. */
  declare readonly code?: string;
  /** The wait that the issuer requested by `Retry-After`, in milliseconds. */
  declare readonly retryAfterMs?: number;

  /** Fields that are `undefined` are left out. */
  constructor(
    message: string,
    {
      cause,
      ...fields
    }: {
      issuer: string;
      status?: number | undefined;
      code?: string | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, cause === undefined ? undefined : { cause });
    for (const [key, value] of Object.entries(fields)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
  }
}
