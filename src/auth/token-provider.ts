import type { Environment } from "../environment.js";
import { withTimeout } from "../with-timeout.js";
import type { ResolvedOptions } from "./options.js";

/**
 * Returns an access token: the one it keeps, or a new one. Pass it to `createClient` as `accessToken`, or call it by
 * hand. However many callers wait for a token, it sends one request.
 *
 * - `refresh`: the API answered 401 to a token that this function returned, so another one is needed.
 * - `refused`: that token. If a newer one is kept by now, that one is returned: 100 calls that get a 401 for the same
 *   token cost one request. Without it, `refresh` always requests a new token.
 * - `signal`: ends this wait only. The request continues for other callers.
 */
export type TokenProvider = (context?: {
  refresh?: boolean | undefined;
  refused?: string | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<string>;

/** What an issuer gives. */
export interface Grant {
  readonly accessToken: string;
  /** `undefined` if it does not say: the token is then kept until a 401. */
  readonly expiresInMs: number | undefined;
}

interface KeptToken {
  readonly value: string;
  /** From when on the next one is asked for. */
  readonly staleAt: number;
  readonly expiresAt: number;
}

/**
 * Keeps a token until shortly before it expires, or until a 401.
 *
 * The clock is one that is never set, and can stand still while a computer sleeps. A token that is kept too long for such a
 * reason costs a 401 and a new token, not a call.
 */
export function keepToken(
  environment: Environment,
  { refreshBeforeMs, signal }: Pick<ResolvedOptions, "refreshBeforeMs" | "signal">,
  request: () => Promise<Grant>,
): TokenProvider {
  let kept: KeptToken | undefined;
  let pending: Promise<KeptToken> | undefined;

  async function renew(): Promise<KeptToken> {
    // The lifetime of a token begins when it is issued, which is after it was requested.
    const requestedAt = environment.now();
    const { accessToken, expiresInMs = Number.POSITIVE_INFINITY } = await request();
    kept = {
      value: accessToken,
      staleAt: requestedAt + expiresInMs - Math.min(refreshBeforeMs, expiresInMs / 4),
      expiresAt: requestedAt + expiresInMs,
    };
    return kept;
  }

  return async ({ refresh = false, refused, signal: ownSignal } = {}) => {
    signal?.throwIfAborted();
    ownSignal?.throwIfAborted();
    // A late 401 for an older token must not drop the newer one. A refused token is dropped even if no other can be had.
    if (refresh && (refused === undefined || refused === kept?.value)) kept = undefined;

    if (kept && environment.now() < kept.staleAt) return kept.value;
    pending ??= renew().finally(() => {
      pending = undefined;
    });
    const token = pending;
    try {
      if (!ownSignal) return (await token).value;
      const limits = { environment, timeoutMs: Number.POSITIVE_INFINITY, signals: [ownSignal] };
      return (await withTimeout(limits, () => token)).value;
    } catch (error) {
      signal?.throwIfAborted();
      ownSignal?.throwIfAborted();
      // The kept token is still valid for a while, and the issuer may be back before it expires.
      if (kept && environment.now() < kept.expiresAt) return kept.value;
      throw error;
    }
  };
}
