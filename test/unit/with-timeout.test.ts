import { getEventListeners } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { realEnvironment } from "../../src/environment.js";
import { sleep, timedOut, withTimeout } from "../../src/with-timeout.js";
import { failureOf } from "./observed-fetch.js";

const never = () => new Promise<never>(() => {});

/** Time that passes when the test says so. */
function handTimer() {
  const timers = new Map<() => void, number>();
  return {
    environment: {
      ...realEnvironment,
      timer(callback: () => void, delayMs: number) {
        timers.set(callback, delayMs);
        return () => void timers.delete(callback);
      },
    },
    pending: () => [...timers.values()],
    fire: () => {
      for (const callback of timers.keys()) callback();
    },
  };
}

function listeners(...controllers: AbortController[]): number[] {
  return controllers.map(({ signal }) => getEventListeners(signal, "abort").length);
}

function watchRejections(): unknown[] {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  return unhandled;
}

describe("withTimeout", () => {
  test("gives what the work gives, and leaves no timer and no listener", async () => {
    const { environment, pending } = handTimer();
    const one = new AbortController();
    const other = new AbortController();
    const work = withTimeout(
      { environment, timeoutMs: 50, signals: [one.signal, other.signal] },
      async () => "done",
    );
    expect(pending()).toEqual([50]);
    expect(listeners(one, other)).toEqual([1, 1]);
    expect(await work).toBe("done");
    expect(pending()).toEqual([]);
    expect(listeners(one, other)).toEqual([0, 0]);
  });

  test("fails with what the work fails with, and leaves no timer and no listener", async () => {
    const { environment, pending } = handTimer();
    const one = new AbortController();
    for (const failure of [new Error("x"), undefined, 0]) {
      const work = withTimeout({ environment, timeoutMs: 50, signals: [one.signal] }, () =>
        Promise.reject(failure),
      );
      expect(await failureOf(() => work)).toBe(failure);
      expect(pending()).toEqual([]);
      expect(listeners(one)).toEqual([0]);
    }
  });

  test("fails when time is up, even if the work does not heed its signal", async () => {
    const { environment, pending, fire } = handTimer();
    const one = new AbortController();
    let given: AbortSignal | undefined;
    const work = withTimeout({ environment, timeoutMs: 50, signals: [one.signal] }, (signal) => {
      given = signal;
      return never();
    });
    expect(given?.aborted).toBe(false);
    fire();
    expect(given?.aborted).toBe(true);
    expect(given?.reason).toBe(timedOut);
    expect(await failureOf(() => work)).toBe(timedOut);
    expect(pending()).toEqual([]);
    expect(listeners(one)).toEqual([0]);
  });

  test("fails with the reason of whichever signal aborts first", async () => {
    for (const reason of [new Error("x"), "left", 0, null, { a: 1 }]) {
      for (const first of [0, 1]) {
        const { environment, pending } = handTimer();
        const controllers = [new AbortController(), new AbortController()];
        const signals = controllers.map(({ signal }) => signal);
        let given: AbortSignal | undefined;
        const work = withTimeout({ environment, timeoutMs: 50, signals: signals }, (signal) => {
          given = signal;
          return never();
        });
        controllers[first]?.abort(reason);
        controllers[1 - first]?.abort("too late");
        expect(await failureOf(() => work)).toBe(reason);
        expect(given?.reason).toBe(reason);
        expect(pending()).toEqual([]);
        expect(listeners(...controllers)).toEqual([0, 0]);
      }
    }
  });

  test("does not begin if a signal has aborted before", async () => {
    const { environment, pending } = handTimer();
    const one = new AbortController();
    let isBegun = false;
    const work = withTimeout(
      { environment, timeoutMs: 50, signals: [one.signal, AbortSignal.abort("left")] },
      async () => {
        isBegun = true;
      },
    );
    expect(await failureOf(() => work)).toBe("left");
    expect(isBegun).toBe(false);
    expect(pending()).toEqual([]);
    expect(listeners(one)).toEqual([0]);
  });

  test("leaves the work's signal alone when the work is done", async () => {
    const { environment } = handTimer();
    const one = new AbortController();
    let given: AbortSignal | undefined;
    await withTimeout({ environment, timeoutMs: 50, signals: [one.signal] }, async (signal) => {
      given = signal;
    });
    one.abort();
    expect(given?.aborted).toBe(false);
  });

  test("leaves no rejection unhandled: of work that fails late, or of an abort after it", async () => {
    const unhandled = watchRejections();
    const { environment, fire } = handTimer();
    const one = new AbortController();
    const late = withTimeout({ environment, timeoutMs: 50, signals: [one.signal] }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Error("late");
    });
    fire();
    expect(await failureOf(() => late)).toBe(timedOut);
    await withTimeout({ environment, timeoutMs: 50, signals: [one.signal] }, async () => {});
    one.abort(new Error("after"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).toEqual([]);
  });

  test("has its time by the real clock too", async () => {
    expect(
      await failureOf(() =>
        withTimeout({ environment: realEnvironment, timeoutMs: 5, signals: [] }, never),
      ),
    ).toBe(timedOut);
  });

  test("has all the time there is with no limit, or one beyond what timers know", async () => {
    for (const limitMs of [Number.POSITIVE_INFINITY, 2 ** 31, 1e12]) {
      const done = withTimeout(
        { environment: realEnvironment, timeoutMs: limitMs, signals: [] },
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 10));
          return "done";
        },
      );
      expect(await done).toBe("done");
    }
  });
});

describe("sleep", () => {
  test("is over when its time is, and leaves nothing behind", async () => {
    const { environment, pending, fire } = handTimer();
    const one = new AbortController();
    const slept = sleep(environment, 50, [one.signal]);
    expect(pending()).toEqual([50]);
    fire();
    expect(await slept).toBeUndefined();
    expect(pending()).toEqual([]);
    expect(listeners(one)).toEqual([0]);
  });

  test("ends with the reason of an abort, during it or before", async () => {
    const { environment, pending } = handTimer();
    const one = new AbortController();
    const slept = sleep(environment, 50, [one.signal]);
    one.abort("left");
    expect(await failureOf(() => slept)).toBe("left");
    expect(await failureOf(() => sleep(environment, 50, [one.signal]))).toBe("left");
    expect(pending()).toEqual([]);
    expect(listeners(one)).toEqual([0]);
  });
});

describe("a timer that fires late, since the program blocked the event loop", () => {
  /** Work of 300 ms that is never done, on a clock that jumps. */
  function held() {
    let nowMs = 0;
    const { environment, fire, pending } = handTimer();
    const limits = {
      environment: { ...environment, now: () => nowMs },
      timeoutMs: 300,
      signals: [],
    };
    const work = failureOf(() => withTimeout(limits, never));
    let isOver = false;
    work.then(() => {
      isOver = true;
    });
    async function fireAt(ms: number) {
      nowMs = ms;
      fire();
      await new Promise((resolve) => setImmediate(resolve));
      return isOver ? "over" : pending();
    }
    return fireAt;
  }

  test("gets that time again, so that what has arrived is read first", async () => {
    const fireAt = held();
    expect(await fireAt(400)).toEqual([100]);
    expect(await fireAt(500)).toBe("over");
  });

  test("gets it as often as it is held up, and never more than the limit in all", async () => {
    const fireAt = held();
    expect(await fireAt(400)).toEqual([100]);
    expect(await fireAt(650)).toEqual([150]);
    expect(await fireAt(5_000)).toEqual([50]);
    expect(await fireAt(9_000)).toBe("over");
  });

  test("is on time if it is late by less than the clock's own error", async () => {
    expect(await held()(309)).toBe("over");
  });
});
