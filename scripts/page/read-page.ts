import {
  type BodyFacts,
  type Facts,
  type FieldFacts,
  keys,
  type ModelFacts,
  type OperationFacts,
  type ParameterFacts,
  type Reading,
  type ResponseFacts,
  type Words,
} from "./facts.js";
import { requestOf, valuesOf } from "./line-forms.js";
import { type Line, splitLines } from "./lines.js";
import { pageSizes, pagingHeaders } from "./paging.js";
import { type Problem, quote } from "./problem.js";
import { isText, isType, primitives, type Row, readRow, unknownType } from "./read-row.js";
import type { Table } from "./read-table.js";
import { readResponseLine } from "./response-line.js";
import { type OperationPart, type ResponsePart, readStructure } from "./structure.js";
import type { TableKind } from "./table.js";
import { whatIsMissing } from "./what-is-missing.js";

/** A page that was read, or all that keeps it from being read. */
export type PageResult =
  | { readonly reading: Reading; readonly problems?: never }
  | { readonly reading?: never; readonly problems: readonly Problem[] };

/** Reads the vendor's page from its text. Nothing is guessed: what reads in no way, or in two, is a problem. */
export function readPage(text: string): PageResult {
  const lines = splitLines(text);
  const problems: Problem[] = [];
  const structure = readStructure(lines, problems);
  const missing = whatIsMissing(text, lines, structure);
  if (missing) return { problems: missing.isCut ? [missing, ...inOrder(problems)] : [missing] };

  const reader = createReader(new Set(structure.models.map(({ name }) => name.text)), problems);
  const { beta, heading, introduction, end } = structure;
  const first = heading ?? beta;
  if (first) reader.note(keys.page, first);
  reader.say(keys.page, beta ? [beta, ...introduction] : introduction);
  reader.say(keys.end, end);
  const facts: Facts = {
    beta: beta !== undefined,
    heading: heading?.text ?? "",
    operations: structure.operations.map((part) => readOperation(part, reader)),
    models: structure.models.map(({ name, description, table }): ModelFacts => {
      const key = keys.model(name.text);
      reader.note(key, name, `The model ${name.text}`);
      if (primitives.includes(name.text)) reader.complain(name, "A model has the name of a type.");
      reader.say(key, description);
      const rows = readRows(table, "fields", reader, (field) => keys.field(name.text, field));
      return { name: name.text, fields: rows.map(toField) };
    }),
  };
  if (problems.length > 0) return { problems: inOrder(problems) };
  return { reading: { facts, lines: reader.lines, words: reader.words } };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((one, other) => one.line - other.line);
}

interface Reader {
  readonly models: ReadonlySet<string>;
  readonly lines: Map<string, number>;
  readonly words: Map<string, Words>;
  /** Notes where a thing is; complains if there was one of that key. */
  note(key: string, line: Line, name?: string): void;
  say(key: string, lines: readonly Pick<Line, "number" | "text">[]): void;
  complain(line: Line, message: string): void;
}

function createReader(models: ReadonlySet<string>, problems: Problem[]): Reader {
  const lines = new Map<string, number>();
  const words = new Map<string, Words>();
  const complain = ({ number }: Line, message: string) => problems.push({ line: number, message });
  return {
    models,
    lines,
    words,
    complain,
    note(key, line, name = quote(line.text)) {
      const earlier = lines.get(key);
      if (earlier !== undefined)
        complain(line, `${name} is here again; it is on line ${earlier} too.`);
      lines.set(key, line.number);
    },
    say(key, said) {
      const text = said.map((line) => line.text).join(" ");
      if (said[0] && text !== "") words.set(key, { text, line: said[0].number });
    },
  };
}

function readOperation(part: OperationPart, reader: Reader): OperationFacts {
  const request = requestOf(part.request.text) ?? "";
  const key = keys.operation(request);
  reader.note(key, part.request, `The operation ${request}`);
  reader.say(key, part.description);
  if (part.description[0]) reader.lines.set(keys.paging(request), part.description[0].number);
  if (!part.parameters && request.includes("{")) {
    reader.complain(part.request, "The operation has no Parameters, which its path needs.");
  }
  if (!part.responses?.length) reader.complain(part.request, "The operation has no Responses.");
  const said = part.description.map(({ text }) => text).join(" ");
  const pageSize = theOne(pageSizes(said), "page size", part, reader);
  const pagingHeader = theOne(pagingHeaders(said), "paging header", part, reader);
  const requestBody = part.requestBody && readBody(part.requestBody, request, reader);
  const rows = part.parameters
    ? readRows(part.parameters, "parameters", reader, (name) => keys.parameter(request, name))
    : [];
  return {
    request,
    title: part.title?.text ?? "",
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(pagingHeader === undefined ? {} : { pagingHeader }),
    parameters: rows.map(toParameter),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: (part.responses ?? []).flatMap((response) =>
      readResponse(response, request, reader),
    ),
  };
}

function theOne<Value>(
  found: readonly Value[],
  name: string,
  { description, request }: OperationPart,
  reader: Reader,
): Value | undefined {
  if (found.length > 1) {
    reader.complain(description[0] ?? request, `The ${name} reads as ${found.join(" and as ")}.`);
  }
  return found[0];
}

function readBody(
  { line, example }: NonNullable<OperationPart["requestBody"]>,
  request: string,
  reader: Reader,
): BodyFacts {
  const key = keys.requestBody(request);
  reader.note(key, line);
  if (example) reader.lines.set(`${key} example`, example.line);
  if (!isType(line.text, reader.models)) {
    reader.complain(line, `The request body ${unknownType(line.text)}.`);
  }
  return { type: line.text, ...(example ? { example: example.value } : {}) };
}

function readResponse(
  { line, example }: ResponsePart,
  request: string,
  reader: Reader,
): ResponseFacts[] {
  const read = readResponseLine(line.text, reader.models);
  if (!read) {
    reader.complain(
      line,
      `${quote(line.text)} does not read as "200: OK response.Model", nor in exactly one way as "404: code: Words."`,
    );
    return [];
  }
  const { status, code, words, type } = read;
  const key = keys.response(request, status);
  reader.note(key, line, `The response ${status}`);
  reader.say(key, [{ ...line, text: words }]);
  if (example) reader.lines.set(`${key} example`, example.line);
  if (type && !isType(type, reader.models)) {
    reader.complain(line, `The response ${status} ${unknownType(type)}.`);
  }
  return [
    {
      status,
      ...(code ? { code } : {}),
      ...(type ? { type } : {}),
      ...(example ? { example: example.value } : {}),
    },
  ];
}

function readRows(
  { rendition, rows }: Table,
  kind: TableKind,
  reader: Reader,
  keyOf: (name: string) => string,
): Row[] {
  const read: Row[] = [];
  // Of a row that cannot be read nobody knows whether it takes values.
  let isAboveUnread = false;
  for (const line of rows) {
    const values = valuesOf(line.text);
    if (values) {
      const above = read.at(-1);
      if (isAboveUnread) continue;
      if (above && !above.values && isText(above.type)) read.splice(-1, 1, { ...above, values });
      else reader.complain(line, "These values belong to no row: none above it takes values.");
      continue;
    }
    const result = readRow(line.text, rendition, kind, reader.models);
    isAboveUnread = "problem" in result;
    if ("problem" in result) {
      reader.complain(line, `The row ${quote(line.text)} ${result.problem}.`);
      continue;
    }
    const { name, description } = result.row;
    reader.note(keyOf(name), line, `The row of ${name}`);
    reader.say(keyOf(name), [{ number: line.number, text: description }]);
    read.push(result.row);
  }
  return read;
}

function toParameter({ name, type, in: place = "", values }: Row): ParameterFacts {
  return { name, type, in: place, ...(values ? { values } : {}) };
}

function toField({ name, type, optional, values }: Row): FieldFacts {
  return { name, type, optional, ...(values ? { values } : {}) };
}
