import { emit } from "../events.js";
import {
  countFrom,
  type OptionRules,
  parseFunction,
  parseOptions,
  parsePositive,
} from "../parse-options.js";
import { createLimits, type Flight, type Limits } from "./limits.js";
import type { EndAttempt, Pace, PacedAttempt, PacedCall, WaitReason } from "./pace.js";
import { createQueue, type Queue } from "./queue.js";

/** The finished wait of one request. */
export interface PaceWait {
  /** The method that was called, such as `listMemberships`. */
  readonly operation: string;
  /** Where the request goes, such as `https://api.loke.global`. */
  readonly origin: string;
  readonly reason: WaitReason;
  /** In milliseconds. */
  readonly durationMs: number;
}

/** Options of `adaptivePace`. */
export interface PaceOptions {
  /** The most requests in flight to one origin. @default 100 */
  maxConcurrent?: number | undefined;
  /** The most requests a second to one origin, spaced evenly. @default Infinity */
  maxPerSecond?: number | undefined;
  /** Called when a request has waited. Its errors are ignored. */
  onWait?: ((wait: PaceWait) => void) | undefined;
}

/**
 * Returns a pace for the option `pace`: many calls share the rate that a server accepts, so that it throttles few of them
 * and no call fails for it.
 *
 * It begins with a few concurrent requests, and adds more as long as the server accepts them. A 429, or a 503 with
 * `Retry-After`, halves the concurrency and holds back every call until `Retry-After` has passed. From then on, requests
 * are spaced by the rate that the server has accepted, and that rate is raised slowly.
 *
 * - A wait is not an attempt, and does not count towards `timeoutMs`. It counts towards `deadlineMs`, and ends on abort. An
 *   event `wait` has its duration and reason.
 * - Requests are sent in the order of their calls, except that the next page of a list precedes the first request of a new call.
 * - A throttled request is repeated without counting as a retry, as long as the server accepts other requests meanwhile. If
 *   it accepts none, each call ends by its own `retry.limit`. A `Retry-After` above `retry.maxRetryAfterMs` fails its own
 *   call and holds back no other.
 *
 * Clients that share a pace share what it has learned, per origin. Separate processes adapt to each other through the
 * server's responses.
 *
 * @throws {TypeError} naming the option that is wrong.
 *
 * @example
 * import { createClient } from "loke-customers";
 * import { adaptivePace } from "loke-customers/pace";
 *
 * const loke = createClient({
 *   accessToken: process.env.LOKE_ACCESS_TOKEN,
 *   pace: adaptivePace({ maxConcurrent: 20 }),
 * });
 * const organizationId = process.env.LOKE_ORGANIZATION_ID ?? "";
 * const customers = await loke.listCustomers({ organizationId }).toArray({ limit: 50 });
 * const memberships = await Promise.all(
 *   customers.map(({ id }) =>
 *     loke.listMemberships({ organizationId, customerId: id }).toArray({ limit: 100 }),
 *   ),
 * );
 * console.log(memberships.flat().length);
 */
export function adaptivePace(options: PaceOptions = {}): Pace {
  const { onWait, ...most } = parseOptions<ResolvedPaceOptions>(options, {
    caller: "adaptivePace",
    scope: "pace",
    rules,
    base: { maxConcurrent: 100, maxPerSecond: Number.POSITIVE_INFINITY },
  });
  const origins = new Map<string, Origin>();
  /** How many requests the origin had accepted when a call began, or was throttled last. */
  const acceptedBefore = new WeakMap<PacedCall, number>();

  function originOf({ options: { baseUrl }, target }: PacedCall): Origin {
    const { origin: name } = target instanceof URL ? target : baseUrl;
    let origin = origins.get(name);
    if (!origin) {
      const limits = createLimits(most);
      origin = { name, limits, queue: createQueue(limits) };
      origins.set(name, origin);
    }
    return origin;
  }

  async function pace({
    attempts,
    call,
    deadlineAt,
    signals,
  }: PacedAttempt): Promise<EndAttempt | undefined> {
    const { environment, id: operation, operation: row, page } = call;
    const { limits, name, queue } = originOf(call);
    const isRepeated = acceptedBefore.has(call);
    if (!isRepeated) acceptedBefore.set(call, limits.accepted);
    const lane = isRepeated ? "repeated" : (page ?? 1) > 1 ? "next page" : "first request";
    const turn = await queue.enter({ lane, call, signals, deadlineAt });
    if (!turn) return undefined;
    const { flight, waited } = turn;
    if (waited) {
      const { method, path } = row;
      const event = { operation, method, path, attempt: attempts + 1, ...(page && { page }) };
      emit(call.options, { type: "wait", ...event, ...waited });
      emit({ onEvent: onWait }, { operation, origin: name, ...waited });
    }
    return (error) => {
      const isFree = endFlight(flight, error);
      queue.advance(environment);
      return isFree;
    };

    /** Returns whether the attempt is repeated without counting as a retry. */
    function endFlight(flight: Flight, error: unknown): boolean {
      const { limit, maxRetryAfterMs } = call.options.retry;
      const { retryAfterMs, status } = Object(error);
      const isThrottled = status === 429 || (status === 503 && retryAfterMs !== undefined);
      if (!isThrottled) {
        const isAccepted = error === undefined || (status < 500 && status !== 408);
        if (isAccepted) limits.accept(flight, environment.now());
        else limits.drop(flight);
        return false;
      }
      if ((retryAfterMs ?? 0) > maxRetryAfterMs) {
        limits.drop(flight);
        return false;
      }
      limits.throttle(flight, environment.now(), { retryAfterMs, random: environment.random() });
      const isOvertaken = limits.accepted > (acceptedBefore.get(call) ?? 0);
      acceptedBefore.set(call, limits.accepted);
      return isOvertaken && limit > 0 && limits.holdUntilMs < deadlineAt;
    }
  }

  return Object.assign(pace, { isPace: true as const });
}

interface Origin {
  readonly name: string;
  readonly limits: Limits;
  readonly queue: Queue;
}

interface ResolvedPaceOptions {
  readonly maxConcurrent: number;
  readonly maxPerSecond: number;
  readonly onWait?: (wait: PaceWait) => void;
}

const rules: OptionRules<ResolvedPaceOptions> = {
  maxConcurrent: ["pace", "a whole number from 1", countFrom(1)],
  maxPerSecond: ["pace", "a number above 0", parsePositive],
  onWait: ["pace", "a function", parseFunction],
};
