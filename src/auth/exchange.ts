import type { Environment } from "../environment.js";
import { sleep } from "../with-timeout.js";
import { readFailure } from "./failure.js";
import type { ResolvedOptions } from "./options.js";
import { TokenError } from "./token-error.js";

/** What the requests for one token have in common. */
export interface Session {
  readonly environment: Environment;
  readonly fetch: ResolvedOptions["fetch"];
  readonly issuer: string;
  /** Aborts when no caller waits any more. */
  readonly signal: AbortSignal;
  /** When it aborts at the latest, on the environment's clock. */
  readonly giveUpAt: number;
  /** Texts that no error may contain. */
  readonly secrets: readonly string[];
}

/** One request: how to send it, and how to read its response. */
export interface Exchange<Result> {
  /** Names it in messages. */
  readonly label: string;
  /** Whether the issuer may receive it twice. */
  readonly isRepeatable: boolean;
  send(fetch: SessionFetch): Promise<Response>;
  read(response: Response): Promise<Result>;
}

/** Sends the requests of a session. This is the `fetch` that oauth4webapi calls. */
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
 * Sends one request to the issuer and retries temporary failures. The client does not retry a call that gets no token, so
 * the retries are here: a list that takes an hour to read must not fail because the issuer restarts. They are few, since
 * calls are waiting.
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
    // The caller may have stopped waiting during the previous attempt.
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
      // Without it, the connection stays open until the unread body is garbage-collected.
      response?.body?.cancel().catch(() => {});
      const delayMs = error.retryAfterMs ?? environment.random() * baseDelayMs * 2 ** retries;
      const isInTime = environment.now() + delayMs < giveUpAt;
      if (!isPassing || !isRepeatable || retries === retryLimit || !isInTime) throw error;
      await sleep(environment, delayMs, [signal]);
    }
  }
}
