import type { Environment } from "../environment.js";
import { throwIfAborted, timedOut, withTimeout } from "../with-timeout.js";
import type { ResolvedOptions } from "./options.js";

/**
 * Returns an access token: the cached one, or a new one. Pass it to `createClient` as `accessToken`, or call it yourself.
 * Concurrent callers share one request.
 *
 * - `refresh`: the API answered 401 to a token that this function returned, so another one is needed.
 * - `refused`: that token. If a newer one is cached by now, it is returned: 100 calls that get a 401 for the same token
 *   cost one request. Without it, `refresh` always requests a new token.
 * - `signal`: ends this wait only. The request continues for other callers.
 */
export type TokenProvider = (context?: {
  refresh?: boolean | undefined;
  refused?: string | undefined;
  signal?: AbortSignal | undefined;
}) => Promise<string>;

/** A token that an issuer granted. */
export interface Grant {
  readonly accessToken: string;
  /** `undefined` if the issuer does not state it: the token is then kept until a 401. */
  readonly expiresInMs: number | undefined;
}

/** Where tokens come from. */
export interface TokenSource {
  requestToken(): Promise<Grant>;
  /** Returns the error of a caller that waited longer than `timeoutMs`. */
  timeoutError(): Error;
}

interface KeptToken {
  readonly value: string;
  /** When the next one is requested. */
  readonly staleAt: number;
  readonly expiresAt: number;
}

/** A request that several callers can wait for. */
interface Renewal {
  readonly token: Promise<KeptToken>;
  /** When callers stop waiting for it. */
  readonly endsAt: number;
}

/**
 * Keeps a token until shortly before it expires, or until a 401.
 *
 * The clock is monotonic and can stand still while a computer sleeps. A token that is kept too long for that reason costs
 * a 401 and a new token, but no call fails.
 *
 * Each caller has a timer of its own, and a request older than `timeoutMs` is dropped. In a worker, the request and the
 * timers of a caller can stop for ever once its response is sent: the next caller must not wait for them.
 */
export function keepToken(
  environment: Environment,
  options: Pick<ResolvedOptions, "refreshBeforeMs" | "signal" | "timeoutMs">,
  source: TokenSource,
): TokenProvider {
  const { refreshBeforeMs, signal, timeoutMs } = options;
  let kept: KeptToken | undefined;
  let pending: Renewal | undefined;

  function renew(): Renewal {
    // The lifetime of a token begins when it is issued, which is after it was requested.
    const requestedAt = environment.now();
    const requestToken = async (): Promise<KeptToken> => {
      const { accessToken, expiresInMs = Number.POSITIVE_INFINITY } = await source.requestToken();
      return {
        value: accessToken,
        staleAt: requestedAt + expiresInMs - Math.min(refreshBeforeMs, expiresInMs / 4),
        expiresAt: requestedAt + expiresInMs,
      };
    };
    const renewal = { token: requestToken(), endsAt: requestedAt + timeoutMs };
    renewal.token
      .then((token) => {
        // A token that arrives after its request was dropped must not replace a newer one.
        if (pending === renewal) kept = token;
      })
      .catch(() => {})
      .finally(() => drop(renewal));
    return renewal;
  }

  function drop(renewal: Renewal): void {
    if (pending === renewal) pending = undefined;
  }

  async function nextToken(signals: readonly AbortSignal[]): Promise<KeptToken> {
    const waitsUntil = environment.now() + timeoutMs;
    for (;;) {
      pending ??= renew();
      const renewal = pending;
      const endsAt = Math.min(waitsUntil, renewal.endsAt);
      const limits = { environment, timeoutMs: endsAt - environment.now(), signals };
      try {
        return await withTimeout(limits, () => renewal.token);
      } catch (error) {
        if (error !== timedOut) throw error;
        if (environment.now() >= renewal.endsAt) drop(renewal);
        if (environment.now() >= waitsUntil) throw source.timeoutError();
      }
    }
  }

  return async ({ refresh = false, refused, signal: ownSignal } = {}) => {
    throwIfAborted(signal);
    throwIfAborted(ownSignal);
    // A late 401 for an older token must not drop the newer one. A refused token is dropped even if the next request fails.
    if (refresh && (refused === undefined || refused === kept?.value)) kept = undefined;

    if (kept && environment.now() < kept.staleAt) return kept.value;
    try {
      const signals = [signal, ownSignal].filter((one) => one !== undefined);
      return (await nextToken(signals)).value;
    } catch (error) {
      throwIfAborted(signal);
      throwIfAborted(ownSignal);
      // The kept token is still valid for a while, and the issuer may be back before it expires.
      if (kept && environment.now() < kept.expiresAt) return kept.value;
      throw error;
    }
  };
}
