import { expectTypeOf, test } from "vitest";
import { createClient, type LokeEvent, type Pace, type WaitEvent } from "../../src/index.js";
import { adaptivePace, type PaceOptions, type PaceWait, type WaitReason } from "../../src/pace.js";

test("adaptivePace gives what the option pace takes, and nobody else does", () => {
  expectTypeOf(adaptivePace).returns.toEqualTypeOf<Pace>();
  createClient({ pace: adaptivePace() });
  createClient({ pace: undefined });
  // @ts-expect-error - not what adaptivePace gives
  createClient({ pace: true });
  // @ts-expect-error - the options go to adaptivePace
  createClient({ pace: { maxConcurrent: 1 } });
  // @ts-expect-error - pace is an option of the client, not of a call
  createClient().getCustomer({ organizationId: "o", customerId: "c" }, { pace: adaptivePace() });
});

test("adaptivePace has these options, all of them optional", () => {
  expectTypeOf<keyof PaceOptions>().toEqualTypeOf<"maxConcurrent" | "maxPerSecond" | "onWait">();
  adaptivePace({});
  adaptivePace({ maxConcurrent: undefined, maxPerSecond: undefined, onWait: undefined });
  adaptivePace({ onWait: (wait) => expectTypeOf(wait).toEqualTypeOf<PaceWait>() });
  // @ts-expect-error - no number
  adaptivePace({ maxPerSecond: "40" });
});

test("a wait says why and how long", () => {
  expectTypeOf<WaitReason>().toEqualTypeOf<"throttled" | "rate" | "concurrency">();
  expectTypeOf<Extract<LokeEvent, { type: "wait" }>>().toEqualTypeOf<WaitEvent>();
  expectTypeOf<WaitEvent["durationMs"]>().toEqualTypeOf<number>();
});
