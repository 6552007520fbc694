import { apiError, readBody } from "./answer.js";
import type { Environment } from "./environment.js";
import { ApiError, ConnectionError, LokeError, TimeoutError } from "./errors.js";
import type { LokeEvent } from "./events.js";
import type { Operation } from "./operation.js";
import { isToken, type Settings } from "./options.js";
import { retryDelayMs, retryReason } from "./retry.js";
import { withoutSecrets } from "./secrets.js";
import { send, type Target } from "./transport.js";
import { sleep, timeIsUp, within } from "./within.js";

/** Everything about one call, or about one page of a walk. */
export interface Call {
  readonly id: string;
  /** How messages name the call: with the path as the document writes it, which holds no value. */
  readonly label: string;
  readonly operation: Operation;
  readonly target: Target;
  readonly settings: Settings;
  readonly environment: Environment;
  /** Which page of a walk this is, from 1. */
  readonly page?: number;
  /** What ends a walk, or one page of it. */
  readonly signals?: readonly AbortSignal[];
  /** When the walk must be over, on the environment's clock. */
  readonly deadlineAt?: number;
  /** Called once an attempt when the headers of a success have arrived, before its body is read. */
  readonly onHeaders?: (response: Response, url: string) => void;
}

/** What a call ends with. The body of the response has been read. */
export interface Answer {
  readonly data: unknown;
  readonly response: Response;
  /** Requests sent until it came. */
  readonly attempts: number;
}

/** Makes a call: one attempt after the other, until one succeeds or none is left. */
export async function perform(call: Call): Promise<Answer> {
  const { environment, id, label, operation, page, settings, target } = call;
  const { retry, timeoutMs } = settings;
  const accessToken = "authorization" in settings.headers ? undefined : settings.accessToken;
  const { method, path } = operation;
  const event = { operation: id, method, path, attempt: 0, ...(page && { page }) };
  const signals = [settings.signal, ...(call.signals ?? [])].filter((one) => one !== undefined);
  const deadlineAt = call.deadlineAt ?? environment.now() + settings.deadlineMs;
  let retries = 0;
  let refresh = false;
  let hasRefreshed = false;
  let headers: Record<string, string> = {};
  let refusal: Response | undefined;

  /** One request. Its token, headers and body are one attempt: each can fail it, and is asked for again. */
  async function attempt(signal: AbortSignal): Promise<Answer> {
    headers = { accept: "application/json", ...settings.headers };
    refusal = undefined;
    if (accessToken) headers.authorization = `Bearer ${await askToken(accessToken)}`;
    signal.throwIfAborted();
    event.attempt += 1;
    const sentAt = environment.now();
    emit(settings, { type: "request", ...event });
    try {
      const onResponse = (response: Response) => {
        emit(settings, {
          type: "response",
          ...event,
          status: response.status,
          durationMs: environment.now() - sentAt,
        });
        if (response.ok === false) {
          refusal = response;
          checkDrift(response);
        }
      };
      const delivery = send(operation, target, settings, headers, signal, onResponse);
      const { response, errorBody, url } = await delivery;
      signal.throwIfAborted();
      if (!response.ok) throw refused(response, errorBody);
      call.onHeaders?.(response, url);
      const { returns } = operation;
      const onData = (data: unknown) => checkDrift(response, data);
      const data = readBody(label, facts(), response, await response.text(), returns, onData);
      return { data, response, attempts: event.attempt };
    } catch (cause) {
      if (cause instanceof LokeError) throw cause;
      if (refusal) throw refused(refusal);
      const failure = withoutSecrets(cause, secretsOf(target, headers));
      const code = codeOf(failure);
      throw new ConnectionError(`${label} failed on the network${code ? ` (${code})` : ""}`, {
        ...facts(),
        code,
        cause: failure,
      });
    }
  }

  async function askToken(provider: NonNullable<Settings["accessToken"]>) {
    let cause: unknown;
    try {
      const given = typeof provider === "function" ? await provider({ refresh }) : provider;
      if (isToken(given)) return given;
    } catch (failure) {
      cause = failure;
    }
    throw new LokeError(`${label} got no token from accessToken`, { ...facts(), cause });
  }

  /** Compares an answer with the document, if that is asked for. What fails in there changes nothing. */
  function checkDrift(response: Response, data?: unknown) {
    try {
      for (const finding of settings.drift?.(id, response, data) ?? [])
        emit(settings, { type: "drift", page, ...finding });
    } catch {}
  }

  const facts = () => ({ operation: id, attempts: event.attempt });

  /** The error for a status outside 2xx. Without a body, it broke off or stalled: the status is what counts. */
  const refused = (response: Response, body?: unknown) =>
    apiError(label, facts(), response, body, secretsOf(target, headers), environment.now());

  for (;;) {
    const leftMs = deadlineAt - environment.now();
    if (leftMs <= 0) throw timeoutError(call, event.attempt, "deadline");
    let failure: unknown;
    try {
      return await within(environment, Math.min(timeoutMs, leftMs), signals, attempt);
    } catch (error) {
      const scope = leftMs < timeoutMs ? "deadline" : "attempt";
      failure = error;
      if (error === timeIsUp) {
        failure = refusal ? refused(refusal) : timeoutError(call, event.attempt, scope);
      }
    }
    // The reason of an abort is not ours to repeat, also where it is an error of ours.
    const isAborted = signals.some((signal) => signal.aborted);
    if (isAborted || !(failure instanceof LokeError)) throw failure;

    const status = failure instanceof ApiError ? failure.status : undefined;
    let reason = retryReason(method, failure);
    let delayMs = retryDelayMs(retries, failure, retry, environment.random());
    refresh = status === 401 && typeof accessToken === "function" && !hasRefreshed;
    if (refresh) {
      hasRefreshed = true;
      reason = "token";
      delayMs = 0;
    } else {
      retries += 1;
    }
    if (!reason || delayMs === undefined) throw failure;
    if (environment.now() + delayMs >= deadlineAt) {
      throw timeoutError(call, event.attempt, "deadline", failure);
    }
    emit(settings, { type: "retry", ...event, reason, ...(status && { status }), delayMs });
    await sleep(environment, delayMs, signals);
  }
}

/** Tells the listener. What it throws changes nothing: a logger that fails must not fail the call. */
export function emit(settings: Settings, event: LokeEvent): void {
  try {
    const outcome: unknown = settings.onEvent?.(event);
    if (outcome instanceof Promise) outcome.catch(() => {});
  } catch {}
}

/** The error for an attempt, or for a call or walk, whose time is up. */
export function timeoutError(
  { id, label, settings }: Pick<Call, "id" | "label" | "settings">,
  attempts: number,
  scope: TimeoutError["scope"],
  cause?: unknown,
): TimeoutError {
  const limit = scope === "attempt" ? "timeoutMs" : "deadlineMs";
  const message = `${label} took longer than ${limit}, ${settings[limit]} ms`;
  return new TimeoutError(message, { operation: id, attempts, scope, cause });
}

/** The innermost code of a failure, such as `ECONNREFUSED`. */
function codeOf(failure: unknown): string | undefined {
  const { cause, code } = Object(failure);
  return (cause && codeOf(cause)) ?? (typeof code === "string" ? code : undefined);
}

/** What no error may name: the token and the query values, with or without the plus of a phone number. */
function secretsOf(target: Target, { authorization = "" }: Record<string, string>): string[] {
  const values =
    target instanceof URL
      ? [...target.searchParams.values()]
      : Object.values(target.query).flat().map(String);
  return [...authorization.split(" "), ...values, ...values.map((value) => value.replace("+", ""))];
}
