import { expectTypeOf, test } from "vitest";
import {
  type DriftOptions,
  type DriftFinding as Finding,
  type DriftKind as Kind,
  type Drift as Watcher,
  watchDrift,
} from "../../src/drift.js";
import {
  type Customer,
  createClient,
  type Drift,
  type DriftEvent,
  type DriftFinding,
  type DriftKind,
  type LokeEvent,
  type OperationId,
} from "../../src/index.js";

test("watchDrift gives what the option drift takes, and nobody else does", () => {
  expectTypeOf(watchDrift).returns.toEqualTypeOf<Drift>();
  createClient({ drift: watchDrift() });
  createClient({ drift: undefined });
  // @ts-expect-error - not what watchDrift gives
  createClient({ drift: true });
  // @ts-expect-error - the options go to watchDrift
  createClient({ drift: { sample: 1 } });
  // @ts-expect-error - drift is an option of the client, not of a call
  createClient().getCustomer({ organizationId: "o", customerId: "c" }, { drift: watchDrift() });
});

test("watchDrift has these options, all of them optional", () => {
  expectTypeOf<keyof DriftOptions>().toEqualTypeOf<"onDrift" | "sample" | "showValues">();
  watchDrift();
  watchDrift({});
  watchDrift({ onDrift: undefined, sample: undefined, showValues: undefined });
  watchDrift({ onDrift: (finding) => expectTypeOf(finding).toEqualTypeOf<DriftFinding>() });
  watchDrift({ onDrift: async () => {}, sample: 25, showValues: true });
  // @ts-expect-error - no number
  watchDrift({ sample: "25" });
  // @ts-expect-error - misspelt
  watchDrift({ ondrift: () => {} });
});

test("a finding has these fields", () => {
  expectTypeOf<DriftFinding>().toEqualTypeOf<{
    readonly operation: string;
    readonly kind: DriftKind;
    readonly path: string;
    readonly expected: string;
    readonly actual: string;
    readonly count: number;
    readonly firstItem: number | undefined;
    readonly document: string;
  }>();
  expectTypeOf<DriftKind>().toEqualTypeOf<
    | "unknown-field"
    | "missing-field"
    | "wrong-type"
    | "unknown-value"
    | "undocumented-status"
    | "unexpected-content-type"
  >();
  expectTypeOf<OperationId>().toExtend<DriftFinding["operation"]>();
  // @ts-expect-error - read-only
  ({}) as DriftFinding satisfies { count: 0 };
});

test("both entries have the same types", () => {
  expectTypeOf<Watcher>().toEqualTypeOf<Drift>();
  expectTypeOf<Finding>().toEqualTypeOf<DriftFinding>();
  expectTypeOf<Kind>().toEqualTypeOf<DriftKind>();
});

test("a drift event is a finding", () => {
  const event = {} as LokeEvent;
  if (event.type === "drift") {
    expectTypeOf(event).toEqualTypeOf<DriftEvent>();
    expectTypeOf(event).toExtend<DriftFinding>();
    // @ts-expect-error - of an attempt
    event.attempt;
  }
});

test("an unknown field is reached without a cast, as unknown", () => {
  const customer = {} as Customer;
  const tier = "tier" in customer ? customer.tier : undefined;
  expectTypeOf(tier).toEqualTypeOf<unknown>();
  const visits =
    customer.statistics && "visits" in customer.statistics ? customer.statistics.visits : undefined;
  expectTypeOf(visits).toEqualTypeOf<unknown>();
  // @ts-expect-error - the document has no such field
  customer.tier;
});

test("a value of an enum is a string by assignment, and can then be compared with a new one", () => {
  const state = "open" as "open" | "closed";
  const word: string = state;
  expectTypeOf(word === "frozen").toEqualTypeOf<boolean>();
  // @ts-expect-error - the document has no such value
  state === "frozen";
});
