import { describe, expect, onTestFinished, test } from "vitest";
import { LokeError } from "../../src/index.js";
import { openSite, organizationId, read, type Site, target } from "./site.js";
import { type Fault, faults, peerFaults } from "./table.js";

for (const [subject, rows] of Object.entries<readonly Fault[]>(faults)) {
  describe(subject, () => {
    for (const row of rows) test(`${row.fault}: ${row.outcome}`, () => run(row));
  });
}

test("every fault that others were measured to have is in the table", () => {
  const beaten = Object.values<readonly Fault[]>(faults)
    .flat()
    .map(({ beats }) => beats);
  expect(peerFaults.filter((fault) => !beaten.includes(fault))).toEqual([]);
});

async function run(row: Fault): Promise<void> {
  const site = await openSite();
  onTestFinished(() => site.close());
  site.api.script(
    Object.fromEntries(
      Object.entries(row.given?.(site) ?? {}).map(([ask, turns]) => [
        target(/^\d+$/.test(ask) ? Number(ask) : ask),
        turns,
      ]),
    ),
  );
  const loke = site.client(row.options?.(site));
  const { rows, error } = await (row.reading?.(loke, site) ??
    read(loke.listCustomers({ organizationId })));
  await Promise.all([site.api.quiet(), site.stranger.quiet()]);

  expect({ rows, asked: site.asked() }).toEqual({ rows: row.rows ?? [], asked: row.requests });
  expectError(error, row.error);
  expectAuthorization(site, row);
  if (row.waits) expect(site.waits).toEqual(row.waits);
  for (const ask of row.hungUp ?? []) await (await site.api.seen(target(ask))).hungUp;
}

function expectError(error: unknown, expected: Fault["error"]): void {
  if (typeof expected !== "object" || expected instanceof Error) {
    expect(error).toBe(expected);
  } else {
    expect(error).toBeInstanceOf(LokeError);
    // Field by field: some are not enumerable, and matchers overlook those.
    const fields = Object.keys(expected).map((key) => [key, Reflect.get(error as object, key)]);
    expect(Object.fromEntries(fields)).toMatchObject(expected);
  }
}

function expectAuthorization({ api, stranger }: Site, row: Fault): void {
  for (const { headers } of api.requests) expect(headers).toHaveProperty("authorization");
  const elsewhere = stranger.requests.map((request) => request.target);
  expect(elsewhere).toEqual((row.elsewhere ?? []).map(target));
  for (const { headers } of stranger.requests) {
    expect("authorization" in headers).toBe(row.isTrusted ?? false);
  }
}
