import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import document from "../../../generated/openapi.json" with { type: "json" };
import { type DriftFinding, watchDrift } from "../../../src/drift.js";

// The document's examples, changed at random, against ajv at run time: the schemas of the document closed by the few
// lines below, and its errors grouped by the few lines below those. Nothing of what is generated is in it.

const runs = 5_000;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * The schema with every object in it closed, and every integer to what JSON.parse does not round. The document has no
 * composition; closed-schema.test.ts is about that.
 */
function closed(schema: object): object {
  const safe = { maximum: Number.MAX_SAFE_INTEGER, minimum: Number.MIN_SAFE_INTEGER };
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (value?.type === "integer") return { ...value, ...safe };
    return key !== "properties" && value?.properties
      ? { ...value, additionalProperties: false }
      : value;
  });
}

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, verbose: true });
ajv.addSchema({ $id: "https://api.test/openapi", components: closed(document.components) });

function expectedFindings(model: string, items: readonly Json[]) {
  const validate = ajv.getSchema(`https://api.test/openapi#/components/schemas/${model}`);
  const findings = new Map<
    string,
    { kind: string; path: string; count: number; firstItem: number; actual: Set<string> }
  >();
  items.forEach((item, firstItem) => {
    if (validate?.(item)) return;
    for (const { instancePath, keyword, params, data } of validate?.errors ?? []) {
      const kinds: Record<string, string> = {
        type: "wrong-type",
        required: "missing-field",
        additionalProperties: "unknown-field",
        maximum: "unknown-value",
        minimum: "unknown-value",
      };
      const kind = kinds[keyword] ?? keyword;
      const extra = params.additionalProperty;
      const isName =
        typeof extra === "string" && /^[a-z_$][a-z\d_$-]*$/i.test(extra) && extra.length <= 64;
      const name = extra === undefined ? params.missingProperty : isName ? extra : "*";
      const path = [
        model,
        ...instancePath.split("/").slice(1),
        ...(name === undefined ? [] : [name]),
      ].join(".");
      const came = extra === undefined ? data : (data as Record<string, unknown>)[extra];
      const isMissing = keyword === "required";
      const actual = isMissing
        ? "absent"
        : kind === "unknown-value"
          ? "not a safe integer"
          : came === null
            ? "null"
            : Array.isArray(came)
              ? "array"
              : typeof came;
      const finding = findings.get(kind + path) ?? {
        kind,
        path,
        count: 0,
        firstItem,
        actual: new Set(),
      };
      finding.count += 1;
      finding.actual.add(actual);
      findings.set(kind + path, finding);
    }
  });
  return [...findings.values()]
    .map(({ actual, ...one }) => ({ ...one, actual: [...actual].join(" or ") }))
    .sort(byPath);
}

function byPath(
  one: { kind: string; path: string },
  other: { kind: string; path: string },
): number {
  return `${one.path} ${one.kind}` < `${other.path} ${other.kind}` ? -1 : 1;
}

const values: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, 1, -1.5, 1e21, "", "MALE", "12", [], {}, [{}], { id: "x" }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

const names = fc.oneof(
  fc.constantFrom("tier", "id", "statistics", "totalSpend", "name", "firstName"),
  fc.constantFrom("__proto__", "constructor", "toString", "a.b", "a/b", "a~b", "", "x".repeat(70)),
  fc.string(),
);

/** One change of an object: a field is set, taken away or put under another name, there or in an object within. */
const changes = fc.record({
  what: fc.constantFrom("set", "remove", "rename", "replace"),
  isWithin: fc.boolean(),
  at: fc.nat(20),
  name: names,
  value: values,
});

type Change = typeof changes extends fc.Arbitrary<infer One> ? One : never;

function changed(item: Json, { what, isWithin, at, name, value }: Change): Json {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return value;
  const entries = Object.entries(item);
  const index = at % (entries.length || 1);
  const [key = name, current = null] = entries[index] ?? [];
  const within = entries.findIndex(([, one]) => typeof one === "object" && one !== null);
  if (isWithin && within >= 0) {
    const inner = entries[within];
    if (inner) inner[1] = changed(inner[1], { what, isWithin: false, at, name, value });
  } else if (what === "set") entries.push([name, value]);
  else if (what === "remove") entries.splice(index, 1);
  else if (what === "rename") entries[index] = [name, current];
  else entries[index] = [key, value];
  // Not by assignment: "__proto__" is a name like any other in JSON.
  return Object.fromEntries(entries);
}

const operations = [
  ["getCustomer", "Customer", document.components.schemas.Customer] as const,
  ["listCustomers", "Customer", document.components.schemas.Customer] as const,
  ["listMemberships", "CustomerListTiny", document.components.schemas.CustomerListTiny] as const,
];

const customer = document.paths["/organizations/{organizationId}/customers/{customerId}"].get
  .responses[200].content["application/json"].example as Json;
const list = { id: "01FCCGYZA9JPQ97HBSTKW0KT7P", name: "Loyal Customers" };

describe("the findings of changed examples", () => {
  test(`are what ajv finds at run time, ${runs.toLocaleString("en")} times`, () => {
    const response = Response.json(null);
    let drifted = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...operations),
        fc.array(fc.array(changes, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        ([operation, model], items) => {
          const example = model === "Customer" ? customer : list;
          const changedItems = items.map((all) => all.reduce(changed, example));
          const isList = operation !== "getCustomer";
          const data = isList ? changedItems : changedItems[0];
          const text = JSON.stringify(data);
          const drift = watchDrift();
          drift(operation, response, data);
          const expected = expectedFindings(
            model,
            isList ? changedItems : changedItems.slice(0, 1),
          );
          const found = drift
            .findings()
            .map(({ kind, path, count, actual, firstItem }: DriftFinding) => ({
              kind,
              path,
              count,
              firstItem: isList ? firstItem : 0,
              actual,
            }));
          expect(found.sort(byPath)).toEqual(expected);
          expect(JSON.stringify(data)).toBe(text);
          drifted += expected.length > 0 ? 1 : 0;
          for (const { kind } of expected) kinds.add(kind);
        },
      ),
      { numRuns: runs },
    );
    // Else it would have compared nothing with nothing.
    expect(drifted).toBeGreaterThan(runs / 2);
    expect([...kinds].sort()).toEqual([
      "missing-field",
      "unknown-field",
      "unknown-value",
      "wrong-type",
    ]);
  }, 120_000);
});
