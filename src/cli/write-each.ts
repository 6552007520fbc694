import { NotFoundError } from "../index.js";
import { CliError } from "./cli-error.js";
import type { Argument, Command } from "./commands.js";
import type { Operation } from "./connect.js";
import type { Encoder } from "./encoder.js";
import type { Progress } from "./progress.js";
import type { Sink } from "./sink.js";

/** The values for which a command runs, in the order of its output. */
export interface Each {
  readonly argument: Argument;
  readonly values: readonly string[];
}

/** How many values are processed at once. Their rows wait in memory until those of earlier values have been written. */
const mostAtOnce = 32;

/** Returns a command whose rows begin with the value that they belong to. */
export function withValue(command: Command, { name }: Argument): Command {
  const own = command.columns.map(({ path, ...column }) => ({
    ...column,
    path: path.length > 0 ? path : ["value"],
  }));
  const others = own.filter(({ path }) => path.join() !== name);
  return { ...command, columns: [{ path: [name], isRequired: true }, ...others] };
}

interface EachRun {
  readonly each: Each;
  readonly command: Command;
  readonly limit: number | undefined;
  readonly operation: Operation;
  readonly sink: Sink;
  readonly encoder: Encoder;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface EachOutcome {
  readonly rows: number;
  /** How many values were not found. */
  readonly missing: number;
}

/** Runs an operation for each value, several at once, and writes the rows in the order of the values. */
export async function writeEach(run: EachRun): Promise<EachOutcome> {
  const { each, encoder, limit = Number.POSITIVE_INFINITY, progress, sink } = run;
  const { values } = each;
  let { rows } = sink;
  let { index, missing } = parsePlace(sink.place);
  if (sink.isFinished) return { rows, missing };
  progress.onRows(rows);
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const started: Promise<readonly unknown[] | undefined>[] = [];
  const start = (at: number) => {
    const found = rowsOf(run, values[at] ?? "", signal);
    // A failure is reported when its value is next.
    found.catch(() => {});
    started.push(found);
  };
  let beginning = sink.place === undefined ? encoder.begin() : "";
  let hasMore = false;
  try {
    for (let next = index; index < values.length && rows < limit; index += 1) {
      while (next < values.length && next < index + mostAtOnce) start(next++);
      const found = await started.shift();
      if (!found) missing += 1;
      const shown = (found ?? []).slice(0, limit - rows);
      hasMore = shown.length < (found ?? []).length || index + 1 < values.length;
      await sink.write(beginning + encoder.rows(shown, rows));
      beginning = "";
      rows += shown.length;
      progress.onRows(rows);
      if (index + 1 < values.length) sink.save(rows, placeOf({ index: index + 1, missing }));
    }
  } finally {
    stop.abort();
  }
  await sink.write(beginning + encoder.end(rows, hasMore));
  return { rows, missing };
}

/** Returns the rows of one value, each with the value in it; `undefined` if it was not found. */
async function rowsOf(
  { command, each, operation }: EachRun,
  value: string,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  const { name } = each.argument;
  const args = { [name]: value };
  const found: unknown[] = [];
  try {
    if (command.isList) {
      for await (const { items } of operation.list({ signal }, args).pages()) found.push(...items);
    } else {
      const result = await operation.call({ signal }, args);
      if (command.hasRows && Array.isArray(result)) found.push(...result);
      else if (result !== undefined) found.push(result);
    }
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
  return found.map((row) => {
    const isObject = typeof row === "object" && row !== null && !Array.isArray(row);
    return { ...args, ...(isObject ? row : { value: row }), ...args };
  });
}

interface EachPlace {
  /** The index of the next value. */
  readonly index: number;
  readonly missing: number;
}

function placeOf({ index, missing }: EachPlace): string {
  return `each ${index} ${missing}`;
}

function parsePlace(place: string | undefined): EachPlace {
  if (place === undefined) return { index: 0, missing: 0 };
  const [, index, missing] = /^each (\d+) (\d+)$/.exec(place) ?? [];
  if (index === undefined || missing === undefined) {
    throw new CliError("The saved place is damaged. Without --resume the run begins again.", {
      isResumable: false,
    });
  }
  return { index: Number(index), missing: Number(missing) };
}
