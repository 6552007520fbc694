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
      // Not the real one: a timer of a busy machine would be late.
      now: () => 0,
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

/** Work with a limit of 50 ms, and so many signals that end it. */
function setUp(signals = 1) {
  const timers = handTimer();
  const controllers = Array.from({ length: signals }, () => new AbortController());
  const { environment, pending } = timers;
  let given: AbortSignal | undefined;
  return {
    ...timers,
    controllers,
    given: () => given,
    run<T>(work: () => Promise<T>): Promise<T> {
      const limits = { environment, timeoutMs: 50, signals: controllers.map((one) => one.signal) };
      return withTimeout(limits, (signal) => {
        given = signal;
        return work();
      });
    },
    expectNothingLeft() {
      expect(pending()).toEqual([]);
      expect(listeners(...controllers)).toEqual(controllers.map(() => 0));
    },
  };
}

describe("withTimeout", () => {
  test("gives what the work gives, and leaves no timer and no listener", async () => {
    const { controllers, expectNothingLeft, pending, run } = setUp(2);
    const work = run(async () => "done");
    expect(pending()).toEqual([50]);
    expect(listeners(...controllers)).toEqual([1, 1]);
    expect(await work).toBe("done");
    expectNothingLeft();
  });

  test("fails with what the work fails with, and leaves no timer and no listener", async () => {
    const { expectNothingLeft, run } = setUp();
    for (const failure of [new Error("x"), undefined, 0]) {
      expect(await failureOf(() => run(() => Promise.reject(failure)))).toBe(failure);
      expectNothingLeft();
    }
  });

  test("fails when time is up, even if the work does not heed its signal", async () => {
    const { expectNothingLeft, fire, given, run } = setUp();
    const work = run(never);
    expect(given()?.aborted).toBe(false);
    fire();
    expect(given()?.aborted).toBe(true);
    expect(given()?.reason).toBe(timedOut);
    expect(await failureOf(() => work)).toBe(timedOut);
    expectNothingLeft();
  });

  test("fails with the reason of whichever signal aborts first", async () => {
    for (const reason of [new Error("x"), "left", 0, null, { a: 1 }]) {
      for (const first of [0, 1]) {
        const { controllers, expectNothingLeft, given, run } = setUp(2);
        const work = run(never);
        controllers[first]?.abort(reason);
        controllers[1 - first]?.abort("too late");
        expect(await failureOf(() => work)).toBe(reason);
        expect(given()?.reason).toBe(reason);
        expectNothingLeft();
      }
    }
  });

  test("does not begin if a signal has aborted before", async () => {
    const { controllers, expectNothingLeft, given, run } = setUp(2);
    controllers[1]?.abort("left");
    expect(await failureOf(() => run(async () => {}))).toBe("left");
    expect(given()).toBeUndefined();
    expectNothingLeft();
  });

  test("leaves the work's signal alone when the work is done", async () => {
    const { controllers, given, run } = setUp();
    await run(async () => {});
    controllers[0]?.abort();
    expect(given()?.aborted).toBe(false);
  });

  test("leaves no rejection unhandled: of work that fails late, or of an abort after it", async () => {
    const unhandled = watchRejections();
    const { controllers, fire, run } = setUp();
    const late = run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Error("late");
    });
    fire();
    expect(await failureOf(() => late)).toBe(timedOut);
    await run(async () => {});
    controllers[0]?.abort(new Error("after"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).toEqual([]);
  });

  test("has its time by the real clock too", async () => {
    const limits = { environment: realEnvironment, timeoutMs: 5, signals: [] };
    expect(await failureOf(() => withTimeout(limits, never))).toBe(timedOut);
  });

  test("has all the time there is with no limit, or one beyond what timers know", async () => {
    for (const timeoutMs of [Number.POSITIVE_INFINITY, 2 ** 31, 1e12]) {
      const limits = { environment: realEnvironment, timeoutMs, signals: [] };
      const work = () => new Promise((resolve) => setTimeout(resolve, 10, "done"));
      expect(await withTimeout(limits, work)).toBe("done");
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
