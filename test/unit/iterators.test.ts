import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { describe, expect, onTestFinished, test } from "vitest";
import { createClient } from "../../src/index.js";
import { observeFetch, page } from "./observed-fetch.js";

type Iterator = AsyncGenerator<unknown, void, undefined>;

/** Three pages of two rows, the third of which fails if `fails`. */
function list(fails: boolean) {
  const last = () =>
    fails ? new Response("", { status: 404 }) : page([{ id: "3a" }, { id: "3b" }]);
  const { fetch } = observeFetch(
    page([{ id: "1a" }, { id: "1b" }], "?after=2"),
    page([{ id: "2a" }, { id: "2b" }], "?after=3"),
    last,
  );
  return createClient({ fetch, prefetch: 0 }).listCustomers({ organizationId: "o" });
}

/** Yields the same as the list does, by a generator of the language. */
async function* model(fails: boolean, size: number): Iterator {
  const rows = fails ? ["1a", "1b", "2a", "2b"] : ["1a", "1b", "2a", "2b", "3a", "3b"];
  for (let index = 0; index < rows.length; index += size) {
    yield rows.slice(index, index + size).join();
  }
  if (fails) throw new Error("NotFoundError");
}

/** What an iterator gives, in words: an ID or several, the end, or the name of an error. */
function describeOutcome(outcome: PromiseSettledResult<IteratorResult<unknown, void>>): string {
  if (outcome.status === "rejected") {
    const { message, name } = outcome.reason as Error;
    return `throws ${name === "Error" ? message : name}`;
  }
  const { done, value } = outcome.value;
  if (done) return `done ${value}`;
  if (typeof value === "string") return value;
  const { id, items = [{ id }] } = value as { id: string; items?: { id: string }[] };
  return items.map((item) => item.id).join();
}

type Step = (iterator: Iterator) => Promise<IteratorResult<unknown, void>>;
const next: Step = (iterator) => iterator.next();
const stop: Step = (iterator) => iterator.return(undefined);
const fail: Step = (iterator) => iterator.throw(new Error("of the reader"));

/** Steps that are taken at once, one group after another. */
const programs: Record<string, readonly (readonly Step[])[]> = {
  "one after another, beyond the end": Array.from({ length: 8 }, () => [next]),
  "five at once": [[next, next, next, next, next]],
  "nine at once, and one more": [Array.from({ length: 9 }, () => next), [next]],
  "return before the first": [[stop], [next]],
  "return in the middle": [[next], [stop], [next], [stop]],
  "throw before the first": [[fail], [next]],
  "throw in the middle": [[next], [fail], [next], [fail]],
  "return after the end": [Array.from({ length: 9 }, () => next), [stop]],
};

async function run(iterator: Iterator, groups: readonly (readonly Step[])[]): Promise<string[][]> {
  const outcomes: string[][] = [];
  for (const group of groups) {
    const settled = await Promise.allSettled(group.map((step) => step(iterator)));
    outcomes.push(settled.map(describeOutcome));
  }
  return outcomes;
}

for (const [name, groups] of Object.entries(programs)) {
  for (const fails of [false, true]) {
    describe(`${name}${fails ? ", of a list whose third page fails" : ""}`, () => {
      test("items give what a generator gives", async () => {
        const items = list(fails)[Symbol.asyncIterator]();
        expect(await run(items, groups)).toEqual(await run(model(fails, 1), groups));
      });

      test("pages give what a generator gives", async () => {
        expect(await run(list(fails).pages(), groups)).toEqual(await run(model(fails, 2), groups));
      });
    });
  }
}

test("an iterator is its own iterator, and can be disposed of", async () => {
  for (const iterator of [list(false)[Symbol.asyncIterator](), list(false).pages()]) {
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator);
    await iterator.next();
    await iterator[Symbol.asyncDispose]();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  }
});

test("an async listener that rejects does not end the process, whatever its promise is", async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  const reject = runInNewContext("() => Promise.reject(new Error('of the listener'))");
  const { fetch } = observeFetch(page([]));
  const loke = createClient({ fetch, onEvent: reject });
  await loke.listCustomers({ organizationId: "o" }).page();
  await new Promise((resolve) => setImmediate(resolve));
  expect(rejections).toEqual([]);
});

test("lists, errors and the mock work under node --frozen-intrinsics", async () => {
  const folder = await mkdtemp(join(tmpdir(), "loke-frozen-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const source = fileURLToPath(new URL("../../src/", import.meta.url));
  await build({
    stdin: {
      resolveDir: source,
      contents: `
        import { createClient } from "./index.ts";
        import { createMockApi } from "./testing.ts";
        const api = createMockApi({ customers: 5, pageSize: 2, faults: ["reset"] });
        const loke = createClient({ accessToken: "good", fetch: api, retry: { baseDelayMs: 1 } });
        const { organizationId } = api;
        let rows = 0;
        for await (const _ of loke.listCustomers({ organizationId })) rows += 1;
        let pages = 0;
        for await (const _ of loke.listCustomers({ organizationId }).pages()) pages += 1;
        const refused = Object.assign(new Error("a@b.test"), { name: "X", code: "ECONNRESET" });
        const failing = createClient({ fetch: () => Promise.reject(refused), retry: false });
        const error = await failing.listCustomers({ organizationId }).page().catch((one) => one);
        console.log(JSON.stringify([rows, pages, error.name, error.cause.name, error.walk]));`,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile: join(folder, "program.mjs"),
  });
  const args = ["--frozen-intrinsics", join(folder, "program.mjs")];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const walk = { pages: 0, items: 0 };
  expect(JSON.parse(stdout)).toEqual([5, 3, "ConnectionError", "X", walk]);
});
