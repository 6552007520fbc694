import { createHash } from "node:crypto";
import type { LokeEvent } from "../index.js";
import { CliError } from "./cli-error.js";
import { connect, type Operation } from "./connect.js";
import { createEncoder, type Encoder, type EncoderOptions, encodeOne } from "./encoder.js";
import { explain } from "./explain.js";
import { type Selection, selectFields } from "./fields.js";
import type { Format } from "./flags.js";
import { hasColors, type Io, red } from "./io.js";
import type { CommandLine } from "./parse-command-line.js";
import { createProgress, type Progress } from "./progress.js";
import { readBody } from "./read-body.js";
import { ReaderGone, type Sink, streamSink } from "./sink.js";
import { watchSignals } from "./stop.js";

/** The context of a run of a command. */
interface Run {
  readonly line: CommandLine;
  /** The selected fields of each row. */
  readonly selection: Selection;
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Runs a command. Resolves with its exit code. */
export async function execute(line: CommandLine, io: Io): Promise<number> {
  const { env, stderr } = io;
  const { isQuiet, isVerbose } = line;
  const { signal, stopWatching } = watchSignals(io);
  const progress = createProgress(stderr, stderr.isTTY === true && !isQuiet && !isVerbose);
  let sink: Sink | undefined;
  try {
    const run = { line, selection: await selectionOf(line), io, signal, progress };
    const { operation, values } = await prepare(run);
    const format = line.format ?? (await defaultFormat(run));
    const options = encoderOptions(run);
    sink = await openSink(run, format, values);
    let missing = 0;
    let rows: number;
    if (line.each && values) {
      const { writeEach } = await import("./write-each.js");
      const encoder = await createEncoder(format, options);
      const { command, limit } = line;
      const each = { argument: line.each, values };
      const eachRun = { each, command, limit, operation, sink, encoder, signal, progress };
      ({ rows, missing } = await writeEach(eachRun));
    } else if (line.command.isList) {
      const encoder = await createEncoder(format, options);
      rows = await writeList({ ...run, operation, sink, encoder });
    } else {
      rows = await writeOne({ ...run, operation, sink, format, options });
    }
    await sink.finish(rows);
    progress.stop();
    if (missing > 0) {
      const text = `Values of --each that were not found: ${missing} of ${values?.length}.`;
      stderr.write(`${red(text, hasColors(stderr, env))}\n`);
    }
    if (line.output !== undefined && stderr.isTTY && !isQuiet)
      stderr.write(`${rows.toLocaleString("en")} row${rows === 1 ? "" : "s"} in ${line.output}\n`);
    return missing > 0 ? 1 : 0;
  } catch (error) {
    const keptRows = (await sink?.abandon()) ?? 0;
    progress.stop();
    if (error instanceof ReaderGone) return 0;
    const { output, command } = line;
    const { exitCode, text } = explain(error, { command: command.name, output, keptRows });
    stderr.write(`${red(text, hasColors(stderr, env))}\n`);
    if (isVerbose) stderr.write(stackOf(error));
    return exitCode;
  } finally {
    stopWatching();
  }
}

/** Returns the selected fields of each row. With `--each`, they begin with the value that the row belongs to. */
async function selectionOf({ command, each, fields }: CommandLine): Promise<Selection> {
  if (!each) return selectFields(command, fields);
  const { withValue } = await import("./write-each.js");
  const others = fields?.filter((field) => field !== each.name);
  return selectFields(withValue(command, each), others && [each.name, ...others]);
}

/** Checks everything before a file is opened or a request is sent. */
async function prepare({ io, line, progress, signal }: Run): Promise<{
  operation: Operation;
  /** The values of `--each`. */
  values: readonly string[] | undefined;
}> {
  const body = line.body === undefined ? undefined : await readBody(line.body, io.stdin, signal);
  const onEvent = (event: LokeEvent) => {
    progress.onEvent(event);
    if (line.isVerbose) io.stderr.write(`${JSON.stringify(event)}\n`);
  };
  const { command, each } = line;
  const values = each && (await readValues(each, io, signal));
  const operation = await connect(line, { env: io.env, body, onEvent, values });
  // Creating a list checks its arguments and sends no request.
  const all = each ? (values ?? []).map((value) => ({ [each.name]: value })) : [{}];
  if (command.isList) for (const args of all) operation.list({}, args);
  return { operation, values };
}

async function readValues(
  each: NonNullable<CommandLine["each"]>,
  { stdin }: Io,
  signal: AbortSignal,
): Promise<string[]> {
  const { readEach } = await import("./read-each.js");
  return readEach(each, stdin, signal);
}

async function defaultFormat({ io, line }: Run): Promise<Format> {
  if (!line.command.isList && !line.each) return "json";
  return line.output === undefined && io.stdout().isTTY ? "table" : "ndjson";
}

function encoderOptions({ io, line, selection }: Run): EncoderOptions {
  const stdout = line.output === undefined ? io.stdout() : undefined;
  const isTerminal = stdout?.isTTY === true;
  const columns = Number(io.env.COLUMNS);
  const wanted = Number.isInteger(columns) && columns > 0 ? columns : undefined;
  return {
    selection,
    isSpreadsheet: line.isSpreadsheet,
    isTerminal,
    // Some terminals report 0 columns.
    width: stdout && (isTerminal ? stdout.columns || wanted || 80 : wanted),
    isColored: stdout !== undefined && hasColors(stdout, io.env),
  };
}

async function openSink(
  run: Run,
  format: Format,
  values: readonly string[] | undefined,
): Promise<Sink> {
  const { io, line, progress, selection, signal } = run;
  if (line.output === undefined) {
    return streamSink(io.stdout(), signal, () => progress.clear());
  }
  const { openOutputFile } = await import("./output-file.js");
  const onNote = (note: string) => {
    if (!line.isQuiet) io.stderr.write(`${note}\n`);
  };
  const { isResume, output } = line;
  return openOutputFile({
    path: output,
    key: keyOf(line, { format, selection, values }),
    isResume,
    onNote,
  });
}

/** Identifies the content of a file by a hash, since arguments can be e-mail addresses and phone numbers. */
function keyOf(
  line: CommandLine,
  {
    format,
    selection,
    values,
  }: { format: Format; selection: Selection; values: readonly string[] | undefined },
): string {
  const { args, baseUrl, command, each, fields, isSpreadsheet, limit, mock } = line;
  const columns = selection.columns.map(({ path }) => path);
  // Without --each nothing is added, so that a place saved by an earlier version stays valid.
  const eachParts = each ? [each.name, values] : [];
  const parts = [command.id, Object.entries(args).sort(), format, fields, columns, ...eachParts];
  const text = JSON.stringify([...parts, isSpreadsheet, limit, baseUrl, mock]);
  return createHash("sha256").update(text).digest("hex");
}

interface Rows extends Run {
  readonly operation: Operation;
  readonly sink: Sink;
  readonly encoder: Encoder;
}

/** Writes a list, page by page. Resolves with the number of rows. */
async function writeList({
  encoder,
  line,
  operation,
  progress,
  signal,
  sink,
}: Rows): Promise<number> {
  const { limit = Number.POSITIVE_INFINITY } = line;
  let { rows } = sink;
  let hasMore = false;
  if (sink.isFinished) return rows;
  progress.onRows(rows);
  // Written with the first page: if that fails, a file with only a header would look like an empty list.
  let beginning = sink.place === undefined ? encoder.begin() : "";
  const write = async (text: string) => {
    await sink.write(beginning + text);
    beginning = "";
  };
  // No page is prefetched that --limit may leave out.
  const prefetch = line.limit === undefined ? {} : { prefetch: 0 };
  const from = sink.place === undefined ? {} : { from: sink.place };
  const list = listFrom({ signal, ...from, ...prefetch });
  if (rows < limit) {
    for await (const { items, next } of list.pages()) {
      const shown = items.slice(0, limit - rows);
      await write(encoder.rows(shown, rows));
      rows += shown.length;
      progress.onRows(rows);
      if (next !== undefined) sink.save(rows, next);
      hasMore = shown.length < items.length || next !== undefined;
      if (rows >= limit) break;
    }
  }
  await write(encoder.end(rows, hasMore));
  return rows;

  /** The arguments were checked before without a place, so it is the place that is refused. */
  function listFrom(options: Parameters<Operation["list"]>[0]) {
    try {
      return operation.list(options);
    } catch (cause) {
      if (!(cause instanceof TypeError) || options.from === undefined) throw cause;
      const message = `The saved place of ${line.output} is refused. Without --resume the run begins again.`;
      throw new CliError(message, { isResumable: false, cause });
    }
  }
}

interface One extends Run {
  readonly operation: Operation;
  readonly sink: Sink;
  readonly format: Format;
  readonly options: EncoderOptions;
}

/** Writes the result of an operation that returns no list. */
async function writeOne({ format, line, operation, options, signal, sink }: One): Promise<number> {
  const value = await operation.call({ signal });
  if (value === undefined) return 0;
  const rows = line.command.hasRows && Array.isArray(value) ? value : [value];
  if (format === "json") {
    const { selection } = options;
    const all = rows === value ? { ...selection, pick: () => rows.map(selection.pick) } : selection;
    await sink.write(encodeOne(value, { ...options, selection: all }));
  } else if (format === "table" && rows !== value) {
    const { tableOfOne } = await import("./table.js");
    await sink.write(tableOfOne(value, options));
  } else {
    const encoder = await createEncoder(format, options);
    await sink.write(encoder.begin() + encoder.rows(rows, 0) + encoder.end(rows.length, false));
  }
  return rows.length;
}

/** Returns the stack of an error without its message, which may contain private data. */
function stackOf(error: unknown): string {
  const { stack = "" } = Object(error);
  const lines = String(stack)
    .split("\n")
    .filter((one) => /^\s+at /.test(one));
  return lines.length > 0 ? `${lines.join("\n")}\n` : "";
}
