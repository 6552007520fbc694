import { describe, expect, test } from "vitest";
import {
  expectEqual,
  expectFailure,
  expectTrue,
  failureOf,
  runChecks,
} from "../../runtimes/suite/checks.js";
import type { Checks, World } from "../../runtimes/suite/world.js";

const world: World = {
  apiUrl: "http://127.0.0.1:1",
  strangerUrl: "http://127.0.0.1:2",
  issuerUrl: "http://127.0.0.1:3",
  refusedUrl: "http://127.0.0.1:4",
  hidesHeaders: false,
  forbidsEval: false,
};

async function results(checks: Checks, limitMs?: number) {
  return runChecks([checks], world, String, limitMs);
}

test("runs every check of every group in order, also after one that fails", async () => {
  const ran: string[] = [];
  const check = (name: string) => ({
    [name]: async (given: World) => {
      expect(given).toBe(world);
      ran.push(name);
      if (name === "b") throw new Error("b is wrong");
    },
  });
  const all = await runChecks([{ ...check("a"), ...check("b") }, check("c")], world, String);
  expect(ran).toEqual(["a", "b", "c"]);
  expect(all.map(({ name, ok }) => [name, ok])).toEqual([
    ["a", true],
    ["b", false],
    ["c", true],
  ]);
});

test("tells what failed and where, in a few lines", async () => {
  const [result] = await results({
    async fails() {
      throw new RangeError("too far");
    },
  });
  const lines = result?.detail.split("\n") ?? [];
  expect(lines[0]).toBe("RangeError: too far");
  expect(lines[1]).toContain("run-checks.test.ts");
  expect(lines.length).toBeLessThanOrEqual(4);
});

test.each([[undefined], [""], ["reason"], [null]])(
  "fails a check that throws %j",
  async (thrown) => {
    const check = () => Promise.reject(thrown);
    expect(await results({ check })).toEqual([
      { name: "check", ok: false, detail: `threw ${thrown}` },
    ]);
  },
);

test("fails a check that does not end, and goes on", async () => {
  const never = () => new Promise<void>(() => {});
  const all = await results({ never, async next() {} }, 10);
  expect(all.map(({ ok, detail }) => [ok, detail.split("\n")[0]])).toEqual([
    [false, "Error: it took over 10 ms"],
    [true, ""],
  ]);
});

describe("what checks expect with", () => {
  const fail = (facts: object) => Promise.reject(Object.assign(new RangeError("no"), facts));

  test("finds values that differ, and fields that are in another order", () => {
    expectEqual({ a: [1, null] }, { a: [1, null] });
    expect(() => expectEqual({ a: 1 }, { a: 2 }, "the page")).toThrow(
      'the page is {"a":1}, and should be {"a":2}',
    );
    expect(() => expectEqual([1], [1, 2])).toThrow("should be");
    expect(() => expectEqual(undefined, null)).toThrow("should be");
  });

  test("finds what is not so", () => {
    expectTrue(true, "it is");
    expect(() => expectTrue(false, "it is")).toThrow("not so: it is");
  });

  test("finds that nothing failed", async () => {
    expect(await failureOf(Promise.reject("why"))).toBe("why");
    await expect(failureOf(Promise.resolve(7))).rejects.toThrow("nothing failed, and 7 came");
  });

  test("finds an error of another class, also of one that is derived, and with other facts", async () => {
    const error = await expectFailure(fail({ code: 7 }), RangeError, { code: 7 } as object);
    expect(error.message).toBe("no");
    await expect(expectFailure(fail({}), TypeError)).rejects.toThrow("should with a TypeError");
    await expect(expectFailure(fail({}), Error)).rejects.toThrow("should with a Error");
    await expect(
      expectFailure(fail({ code: 8 }), RangeError, { code: 7 } as object),
    ).rejects.toThrow("RangeError.code is 8, and should be 7");
  });
});
