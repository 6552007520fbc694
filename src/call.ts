import type { Environment } from "./environment.js";
import { ApiError, LokeError, TimeoutError } from "./errors.js";
import { emit } from "./events.js";
import type { Operation } from "./operation.js";
import type { ResolvedOptions } from "./options.js";
import { type Attempt, eventFields, sendRequest, type Target } from "./request.js";
import { callFields, toApiError } from "./response.js";
import { retryDelayMs, retryReason } from "./retry.js";
import { sleep, timedOut, withTimeout } from "./with-timeout.js";

/** One call, or the request of one page of a list. */
export interface Call {
  readonly id: string;
  /** Names the call in messages, with the path as the document writes it. It holds no value. */
  readonly description: string;
  readonly operation: Operation;
  readonly target: Target;
  readonly options: ResolvedOptions;
  readonly environment: Environment;
  /** The number of the page, from 1. Absent for a single call. */
  readonly page?: number;
  /** Signals that end the call, besides the option `signal`. */
  readonly signals?: readonly AbortSignal[];
  /** When the whole list must have been read, on the environment's clock. */
  readonly deadlineAt?: number;
  /** Called in each attempt when the headers of a success have arrived, before the body is read. */
  readonly onHeaders?: (response: Response, url: string) => void;
}

export interface CallResult {
  readonly data: unknown;
  /** Its body has been read. */
  readonly response: Response;
  /** Requests sent, failed ones included. */
  readonly attempts: number;
}

/**
 * Makes attempts until one succeeds or no retry is left.
 *
 * @throws {LokeError} of the last attempt, or the reason of a signal that aborted.
 */
export async function performCall(call: Call): Promise<CallResult> {
  const { environment, operation, options } = call;
  const { accessToken, retry, timeoutMs } = options;
  const signals = [options.signal, ...(call.signals ?? [])].filter((one) => one !== undefined);
  const deadlineAt = call.deadlineAt ?? environment.now() + options.deadlineMs;
  let attempts = 0;
  let retries = 0;
  let refused: string | undefined;
  let hasRefreshed = false;

  for (;;) {
    const attempt: Attempt = { call, number: attempts + 1, refused };
    const endAttempt =
      options.pace && (await options.pace({ call, attempts, signals, deadlineAt }));
    const leftMs = deadlineAt - environment.now();
    let error: unknown;
    let isFree: boolean | undefined;
    try {
      if (leftMs <= 0) throw timeoutError(call, { attempts, scope: "deadline" });
      const limits = { environment, timeoutMs: Math.min(timeoutMs, leftMs), signals };
      return await withTimeout(limits, (signal) => sendRequest(attempt, signal));
    } catch (reason) {
      error = reason;
    } finally {
      isFree = endAttempt?.(error);
    }
    if (attempt.isSent) attempts = attempt.number;
    if (error === timedOut) {
      const scope = leftMs < timeoutMs ? "deadline" : "attempt";
      // An error body that does not end: the status is what counts.
      error = attempt.failed
        ? toApiError(attempt, attempt.failed)
        : timeoutError(call, { attempts, scope, isWaitingForToken: !attempt.isSent });
    }
    // The reason of an abort is rethrown as it is, even if it is a `LokeError`.
    const isAborted = signals.some((signal) => signal.aborted);
    if (isAborted || !(error instanceof LokeError)) throw error;

    const status = error instanceof ApiError ? error.status : undefined;
    let reason = retryReason(operation.method, error);
    let delayMs = retryDelayMs({ error, retries, retry, random: environment.random() });
    refused = undefined;
    if (status === 401 && typeof accessToken === "function" && attempt.token && !hasRefreshed) {
      hasRefreshed = true;
      refused = attempt.token;
      reason = "token";
      delayMs = 0;
    } else if (isFree) {
      // The pace holds it back.
      delayMs = 0;
    } else {
      retries += 1;
    }
    if (!reason || delayMs === undefined) throw error;
    if (environment.now() + delayMs >= deadlineAt) {
      throw timeoutError(call, { attempts, scope: "deadline", cause: error });
    }
    const event = { ...eventFields(attempt), attempt: attempts };
    emit(options, { type: "retry", ...event, reason, ...(status && { status }), delayMs });
    await sleep(environment, delayMs, signals);
  }
}

/** Returns the error for an attempt that took longer than `timeoutMs`, or a call that took longer than `deadlineMs`. */
export function timeoutError(
  call: Call,
  {
    isWaitingForToken,
    ...fields
  }: {
    attempts: number;
    scope: TimeoutError["scope"];
    cause?: unknown;
    isWaitingForToken?: boolean;
  },
): TimeoutError {
  const { description, options } = call;
  const limit = fields.scope === "attempt" ? "timeoutMs" : "deadlineMs";
  const blame = isWaitingForToken ? ", and nothing was sent: accessToken gave no token" : "";
  const message = `${description} took longer than ${limit}, ${options[limit]} ms${blame}`;
  return new TimeoutError(message, { ...callFields(call), ...fields });
}
