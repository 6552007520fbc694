import { onAbort } from "../with-timeout.js";
import type { Flight, Limits } from "./limits.js";
import type { PacedCall, WaitReason } from "./pace.js";

/** The order of those who wait, and in each lane first come, first served. */
const lanes = ["repeated", "next page", "first request"] as const;
export type Lane = (typeof lanes)[number];

/** A request that is let go, and what held it up. */
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
   * Resolves when a request may be sent, or with nothing when its deadline has come. Rejects with the reason of the first
   * signal that aborts.
   */
  enter(place: Place): Promise<Turn | undefined>;
  /** Lets go whoever may go now: to be called when a request has ended. */
  advance(environment: PacedCall["environment"]): void;
}

/** How long a waiter trusts that others wake it, in milliseconds. Doubles each time. */
const firstLookMs = 1_000;
const longestLookMs = 30_000;

/** Lets the requests to an origin go, as its limits allow. */
export function createQueue(limits: Limits): Queue {
  const waiting = lanes.map(() => new Set<Waiter>());
  // After a hold another goes first, if one waits: a call that the server always throttles must not keep all from progress.
  const afterHold = [...waiting.slice(1), ...waiting.slice(0, 1)];
  let alarm: { readonly atMs: number; readonly cancel: () => void } | undefined;

  /** Lets go whoever may go now, and sets the alarm for the next. */
  function advance(environment: PacedCall["environment"]): void {
    setAlarm(environment, letGo(environment));
  }

  /** Lets go whoever may go now. Returns when the next may, if nothing happens before. */
  function letGo(environment: PacedCall["environment"]): number {
    for (;;) {
      const lane = (limits.isStalled ? afterHold : waiting).find(({ size }) => size > 0);
      const [waiter] = lane ?? [];
      if (!lane || !waiter) return Number.POSITIVE_INFINITY;
      const nowMs = environment.now();
      const { retry, timeoutMs } = waiter.call.options;
      const obstacle = limits.obstacleAt(nowMs, retry.limit);
      if (obstacle) return nowMs + obstacle.delayMs;
      lane.delete(waiter);
      // A timer that fires late gets the time again: an attempt takes twice its limit at most.
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
   * Waits to be woken. Each waiter has a timer of its own besides: in a worker, the request of the caller that would wake
   * it can end before, its timers and what it has in flight included.
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
