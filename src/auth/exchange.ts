import type { Environment } from "../environment.js";
import { sleep } from "../with-timeout.js";
import { readFailure } from "./failure.js";
import type { ResolvedOptions } from "./options.js";
import { TokenError } from "./token-error.js";

/** What the requests have in common that one token takes. */
export interface Session {
  readonly environment: Environment;
  readonly fetch: ResolvedOptions["fetch"];
  readonly issuer: string;
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /** When that will be at the latest, on the environment's clock. */
  readonly giveUpAt: number;
  /** What no error may name. */
  readonly secrets: readonly string[];
}

/** One request: how it is sent, and how its answer is read. */
export interface Exchange<Result> {
  /** Names it in messages. */
  readonly label: string;
  /** Whether it may reach the issuer twice. */
  readonly isRepeatable: boolean;
  send(fetch: SessionFetch): Promise<Response>;
  read(response: Response): Promise<Result>;
}

/** What sends the requests of a session, as oauth4webapi wants them sent. */
export type SessionFetch = (url: string, init: PlannedRequest) => Promise<Response>;

interface PlannedRequest {
  method: string;
  headers: Record<string, string>;
  body: URLSearchParams | undefined;
  redirect: "manual";
}

const retryLimit = 2;
const baseDelayMs = 500;

/**
 * Asks the issuer something. The client does not repeat a call that gets no token, so what passes is waited for here: a
 * walk of an hour must not end because the issuer is being restarted. Not for long, since calls are waiting.
 *
 * @throws {TokenError}
 */
export async function exchange<Result>(
  { environment, fetch: customFetch, giveUpAt, issuer, secrets, signal }: Session,
  { isRepeatable, label, read, send }: Exchange<Result>,
): Promise<Result> {
  for (let retries = 0; ; retries += 1) {
    let response: Response | undefined;
    let credentials = "";
    // What came before can have ended after all, for nobody.
    signal.throwIfAborted();
    try {
      response = await send(async (url, { method, headers, body = null, redirect }) => {
        // Such as `Basic am9iOnNlY3JldA==`: the base64 alone, with or without its padding.
        credentials = headers.authorization?.replace(/^Basic |=+$/g, "") ?? "";
        const init = { method, headers, body, redirect, signal };
        const answer = await (customFetch ? customFetch(url, init) : fetch(url, init));
        // A custom `fetch` may ignore the signal: release the body that nobody will read.
        if (signal.aborted) await answer.body?.cancel();
        return answer;
      });
      return await read(response);
    } catch (failure) {
      if (failure instanceof TokenError) throw failure;
      const { error, isPassing } = await readFailure({
        label,
        issuer,
        failure,
        hasOwnFetch: customFetch !== undefined,
        response,
        secrets: [...secrets, credentials],
        dateMs: environment.date(),
      });
      // Else the connection stays open until the unread body is collected as garbage.
      response?.body?.cancel().catch(() => {});
      const delayMs = error.retryAfterMs ?? environment.random() * baseDelayMs * 2 ** retries;
      const isInTime = environment.now() + delayMs < giveUpAt;
      if (!isPassing || !isRepeatable || retries === retryLimit || !isInTime) throw error;
      await sleep(environment, delayMs, [signal]);
    }
  }
}
