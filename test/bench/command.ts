import { Writable } from "node:stream";
import type { Io } from "../../src/cli/io.js";
import { run } from "../../src/cli/run.js";
import { createClient } from "../../src/index.js";
import { accessToken, organizationId, rowsPerPage } from "./api.js";
import { Reader } from "./client.js";
import { heapUsed, holdThreePages, mebibytes } from "./heap.js";
import {
  atMost,
  type Bench,
  interleave,
  medianOf,
  note,
  type Result,
  ratio,
  spread,
  spreadText,
} from "./measure.js";

const limits = { ndjson: 1.35, csv: 1.6, heap: 2.5 };
const pages = 50;

/**
 * What the command adds to a walk of the client: rows as text, and the heap while 1,000,000 of them are written as CSV.
 *
 * Fair: the command runs in the process that is measured, with its arguments parsed and its client made anew each time, and
 * its standard output takes each text and drops it. The walk that it is compared with visits each row. The heap is taken after
 * garbage collection while the command waits for its output to take a page, so that it holds that page, its text and the page
 * that was asked for ahead.
 */
export async function command({ origin, isQuick }: Bench): Promise<Result[]> {
  const organization = organizationId({ pages, headersAfterMs: 0 });
  const loke = createClient({ baseUrl: origin, accessToken });
  const writing = (format: string) => async () => {
    let lines = 0;
    await list(origin, organization, format, (text) => {
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
    });
    const head = format === "csv" ? 1 : 0;
    if (lines !== pages * rowsPerPage + head) throw new Error(`${format} has ${lines} lines.`);
  };
  const costs = await interleave(
    {
      walk: async () => {
        const reader = new Reader();
        for await (const { items } of loke.listCustomers({ organizationId: organization }).pages())
          reader.visitAll(items);
        reader.mustHaveRead(pages * rowsPerPage);
      },
      ndjson: writing("ndjson"),
      csv: writing("csv"),
    },
    isQuick ? { rounds: 7, warmUps: 2 } : { rounds: 31, warmUps: 4 },
  );
  const rate = (of: keyof typeof costs) =>
    Math.round((pages * rowsPerPage) / (medianOf(costs[of], "wallMs") / 1_000)).toLocaleString(
      "en",
    );
  const speed = (["ndjson", "csv"] as const).flatMap((format) => {
    const wall = ratio(costs[format], costs.walk, "wallMs");
    return [
      atMost(
        `the command, a list as ${format} against the client's \`.pages()\``,
        limits[format],
        wall.median,
        `${spreadText(wall)}; ${rate(format)} rows a second against ${rate("walk")}`,
      ),
      note("the same, CPU", spreadText(ratio(costs[format], costs.walk, "cpuMs"))),
    ];
  });
  return [...speed, ...(await heapOfCsv(origin, isQuick))];
}

async function heapOfCsv(origin: string, isQuick: boolean): Promise<Result[]> {
  const count = isQuick ? 200 : 1_000;
  await holdThreePages(origin);
  const idle = await heapUsed();
  const threePages = (await holdThreePages(origin)) - idle;
  const heaps: number[] = [];
  let written = 0;
  const organization = organizationId({ pages: count, headersAfterMs: 0 });
  await list(origin, organization, "csv", async () => {
    written += 1;
    if (written % 100 === 50) heaps.push(await heapUsed());
  });
  const added = spread(heaps).median - idle;
  const times = added / threePages;
  return [
    atMost(
      `heap while the command writes ${count.toLocaleString("en")},000 customers as csv, against the heap of three pages`,
      limits.heap,
      times,
      `${times.toFixed(2)}; ${mebibytes(added)} against ${mebibytes(threePages)}, on top of an idle process (at one mark ${mebibytes(Math.max(...heaps) - idle)})`,
    ),
  ];
}

/** Runs `loke-customers list-customers`, and gives each text of its standard output to a function. */
async function list(
  origin: string,
  organization: string,
  format: string,
  onText: (text: string) => unknown,
): Promise<void> {
  const stdout = new Writable({
    decodeStrings: false,
    write(text, _, done) {
      Promise.resolve(onText(text)).then(() => done(), done);
    },
  });
  let errors = "";
  const stderr = new Writable({
    write(text, _, done) {
      errors += text;
      done();
    },
  });
  const io: Io = {
    argv: ["list-customers", "--base-url", origin, "--format", format],
    env: { LOKE_ACCESS_TOKEN: accessToken, LOKE_ORGANIZATION_ID: organization },
    stdin: process.stdin,
    stdout: () => stdout,
    print: () => {},
    width: undefined,
    stderr,
    onSignal: () => () => {},
    exit: () => {},
  };
  const code = await run(io);
  if (code !== 0) throw new Error(`The command ended with ${code}: ${errors}`);
}
