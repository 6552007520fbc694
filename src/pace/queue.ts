import { onAbort } from "../with-timeout.js";
import type { Flight, Limits } from "./limits.js";
import type { PacedCall, WaitReason } from "./pace.js";

/** The order in which waiting requests are sent. Within a lane, the oldest is first. */
const lanes = ["repeated", "next page", "first request"] as const;
export type Lane = (typeof lanes)[number];

/** A request that may be sent, and why it had to wait. */
export interface Turn {
  readonly flight: Flight;
  readonly waited?: { readonly reason: WaitReason; readonly durationMs: number };
}

export interface Place {
  readonly lane: Lane;
  readonly call: PacedCall;
  readonly signals: readonly AbortSignal[];
  readonly deadlineAt: number;
}

interface Waiter {
  readonly call: PacedCall;
  flight?: Flight;
  wake(): void;
}

export interface Queue {
  /**
   * Resolves when a request may be sent, or with `undefined` at its deadline. Rejects with the reason of the first signal
   * that aborts.
   */
  enter(place: Place): Promise<Turn | undefined>;
  /** Sends the waiting requests that may be sent now. Call it when a request has ended. */
  advance(environment: PacedCall["environment"]): void;
}

/** After how long a waiter checks by itself whether it may go on, in milliseconds. Doubles each time. */
const firstLookMs = 1_000;
const longestLookMs = 30_000;

/** Queues the requests to an origin until its limits allow them. */
export function createQueue(limits: Limits): Queue {
  const waiting = lanes.map(() => new Set<Waiter>());
  // After a hold, another call goes first: one that the server always throttles must not block all others.
  const afterHold = [...waiting.slice(1), ...waiting.slice(0, 1)];
  let alarm: { readonly atMs: number; readonly cancel: () => void } | undefined;

  /** Releases the requests that may be sent now, and sets the alarm for the next. */
  function advance(environment: PacedCall["environment"]): void {
    setAlarm(environment, release(environment));
  }

  /** Releases the requests that may be sent now. Returns when the next one may be, if nothing else happens. */
  function release(environment: PacedCall["environment"]): number {
    for (;;) {
      const lane = (limits.isStalled ? afterHold : waiting).find(({ size }) => size > 0);
      const [waiter] = lane ?? [];
      if (!lane || !waiter) return Number.POSITIVE_INFINITY;
      const nowMs = environment.now();
      const { retry, timeoutMs } = waiter.call.options;
      const obstacle = limits.obstacleAt(nowMs, retry.limit);
      if (obstacle) return nowMs + obstacle.delayMs;
      lane.delete(waiter);
      // An attempt whose timer fires late gets that time again, so it takes at most twice its limit.
      waiter.flight = limits.send(nowMs, nowMs + 2 * timeoutMs + 1_000);
      waiter.wake();
    }
  }

  function setAlarm(environment: PacedCall["environment"], atMs: number): void {
    if (alarm && Math.abs(alarm.atMs - atMs) < 1) return;
    alarm?.cancel();
    alarm = undefined;
    if (atMs === Number.POSITIVE_INFINITY) return;
    const cancel = environment.timer(
      () => {
        alarm = undefined;
        advance(environment);
      },
      Math.max(0, atMs - environment.now()),
    );
    alarm = { atMs, cancel };
  }

  async function enter({ call, deadlineAt, lane, signals }: Place): Promise<Turn | undefined> {
    const { environment } = call;
    const startMs = environment.now();
    const waiter: Waiter = { call, wake() {} };
    const own = waiting[lanes.indexOf(lane)] as Set<Waiter>;
    own.add(waiter);
    advance(environment);
    if (waiter.flight) return { flight: waiter.flight };
    const obstacle = limits.obstacleAt(environment.now(), call.options.retry.limit);
    try {
      await wait(waiter, deadlineAt, signals);
    } catch (error) {
      if (waiter.flight) limits.drop(waiter.flight);
      throw error;
    } finally {
      own.delete(waiter);
      advance(environment);
    }
    if (!waiter.flight) return undefined;
    const wasThrottled = limits.throttledAtMs >= startMs;
    const reason = wasThrottled ? "throttled" : (obstacle?.reason ?? "concurrency");
    const waited = { reason, durationMs: environment.now() - startMs };
    return { flight: waiter.flight, waited };
  }

  /**
   * Waits to be woken. Each waiter also has a timer of its own: a worker stops the timers and requests of an invocation
   * that has ended, and that invocation may have been the one to wake this waiter.
   */
  async function wait(
    waiter: Waiter,
    deadlineAt: number,
    signals: readonly AbortSignal[],
  ): Promise<void> {
    const { environment } = waiter.call;
    let cancelTimer = () => {};
    let stopListening: (() => void)[] = [];
    let lookMs = firstLookMs;
    try {
      await new Promise<void>((resolve, reject) => {
        waiter.wake = resolve;
        for (const { aborted, reason } of signals) if (aborted) return reject(reason);
        stopListening = signals.map((one) => onAbort(one, () => reject(one.reason)));
        const look = () => {
          if (waiter.flight || environment.now() >= deadlineAt) return resolve();
          limits.dropLost(environment.now());
          advance(environment);
          lookMs = Math.min(longestLookMs, lookMs * 2);
          setTimer();
        };
        const setTimer = () => {
          const leftMs = deadlineAt - environment.now();
          cancelTimer = environment.timer(look, Math.max(0, Math.min(lookMs, leftMs)));
        };
        setTimer();
      });
    } finally {
      cancelTimer();
      for (const stop of stopListening) stop();
    }
  }

  return { enter, advance };
}
