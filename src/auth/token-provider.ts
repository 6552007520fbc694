import type { Environment } from "../environment.js";
import { withTimeout } from "../with-timeout.js";
import type { ResolvedOptions } from "./options.js";

/**
 * Gives an access token: the one it keeps, or a new one. It is what `createClient` takes as `accessToken`, and can be
 * called by hand, too. However many wait for a token, one request is made for them.
 *
 * - `refresh`: the API answered 401 to a token that was given before, so a newer one is due.
 * - `signal`: ends this wait only; the request goes on for the others, and for the next to ask.
 */
export type TokenProvider = (context?: {
  refresh?: boolean | undefined;
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
  /** How many were given the kept token, other than after a 401. */
  let currentUses = 0;
  /** How many were given an older one, and have not told of a 401. */
  let staleUses = 0;

  async function renew(): Promise<KeptToken> {
    // Its life counts from when it was made, which is after it was asked for.
    const askedAt = environment.now();
    const { accessToken, expiresInMs = Number.POSITIVE_INFINITY } = await request();
    staleUses += currentUses;
    currentUses = 0;
    kept = {
      value: accessToken,
      staleAt: askedAt + expiresInMs - Math.min(refreshBeforeMs, expiresInMs / 4),
      expiresAt: askedAt + expiresInMs,
    };
    return kept;
  }

  /**
   * What to do about a 401. Nobody can tell which token it was for. But nobody asks twice after a 401 for the same
   * token: if the kept one went only to those who asked after a 401, this one is of an older token, and the kept one is
   * the newer one that is due. That makes one request out of many calls that get a 401 one after the other.
   */
  function onUnauthorized(): void {
    if (kept && currentUses === 0 && staleUses > 0) {
      staleUses -= 1;
    } else {
      currentUses = Math.max(0, currentUses - 1);
      // Nobody else is to be given it, also if no other token is to be had.
      kept = undefined;
    }
  }

  return async ({ refresh = false, signal: ownSignal } = {}) => {
    signal?.throwIfAborted();
    ownSignal?.throwIfAborted();
    if (refresh) onUnauthorized();

    const give = ({ value }: KeptToken) => {
      if (!refresh) currentUses += 1;
      return value;
    };
    if (kept && environment.now() < kept.staleAt) return give(kept);
    pending ??= renew().finally(() => {
      pending = undefined;
    });
    const token = pending;
    try {
      if (!ownSignal) return give(await token);
      const timeoutMs = Number.POSITIVE_INFINITY;
      return give(await withTimeout({ environment, timeoutMs, signals: [ownSignal] }, () => token));
    } catch (failure) {
      signal?.throwIfAborted();
      ownSignal?.throwIfAborted();
      // The token in hand is good for a while yet, and the issuer may be back before it is not.
      if (kept && environment.now() < kept.expiresAt) return give(kept);
      throw failure;
    }
  };
}
