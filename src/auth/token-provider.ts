import type { Environment } from "../environment.js";
import { throwIfAborted, timedOut, withTimeout } from "../with-timeout.js";
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

/** Where tokens come from. */
export interface TokenSource {
  requestToken(): Promise<Grant>;
  /** Returns the error of a caller that waited longer than `timeoutMs`. */
  timeoutError(): Error;
}

interface KeptToken {
  readonly value: string;
  /** From when on the next one is asked for. */
  readonly staleAt: number;
  readonly expiresAt: number;
}

/** A request that several callers can wait for. */
interface Renewal {
  readonly token: Promise<KeptToken>;
  /** From when on nobody waits for it any more. */
  readonly endsAt: number;
}

/**
 * Keeps a token until shortly before it expires, or until a 401.
 *
 * The clock is one that is never set, and can stand still while a computer sleeps. A token that is kept too long for such a
 * reason costs a 401 and a new token, not a call.
 *
 * Each caller has a timer of its own, and a request that is older than `timeoutMs` is dropped. In a worker the request of
 * the caller that has been answered never ends, its timers included: the next caller must not wait for it for ever.
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
        // A token that comes after its request was dropped must not replace a newer one.
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
    // A late 401 for an older token must not drop the newer one. A refused token is dropped even if no other can be had.
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
