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
import { type Complain, type Problem, quote } from "./problem.js";
import { isText, isType, primitives, type Row, readRow, unknownType } from "./read-row.js";
import type { Table } from "./read-table.js";
import { readResponseLine } from "./response-line.js";
import {
  type ModelPart,
  type OperationPart,
  type ResponsePart,
  readStructure,
} from "./structure.js";
import type { TableKind } from "./table.js";
import { whatIsMissing } from "./what-is-missing.js";

/** A page that was read, or all that keeps it from being read, with what could be read of it. */
export type PageResult =
  | { readonly reading: Reading; readonly problems?: never; readonly unread?: never }
  | {
      readonly reading?: Reading;
      readonly problems: readonly Problem[];
      /** Keys of what could not be read, or their beginnings: it is in the reading in no part. */
      readonly unread: readonly string[];
    };

/** Reads the vendor's page from its text. Nothing is guessed: what reads in no way, or in two, is a problem. */
export function readPage(text: string): PageResult {
  const lines = splitLines(text);
  const problems: Problem[] = [];
  const unread: string[] = [];
  const complain: Complain = (line, message, key = "") => {
    problems.push({ line: "number" in line ? line.number : line.line, message });
    unread.push(key);
  };
  const structure = readStructure(lines, complain);
  const missing = whatIsMissing(text, lines, structure);
  if (missing) {
    return { problems: missing.isCut ? [missing, ...inOrder(problems)] : [missing], unread: [""] };
  }

  const reader = createReader(new Set(structure.models.map(({ name }) => name.text)), complain);
  const { beta, heading, introduction, isIntroductionUnread, end } = structure;
  const first = heading ?? beta;
  if (first) reader.note(keys.page, first, keys.page);
  if (!isIntroductionUnread) reader.say(keys.page, beta ? [beta, ...introduction] : introduction);
  reader.say(keys.end, end);
  const operations = structure.operations.map(
    (part) => [part, readOperation(part, reader)] as const,
  );
  const models = structure.models.map((part) => [part, readModel(part, reader)] as const);
  const facts: Facts = {
    beta: beta !== undefined,
    heading: heading?.text ?? "",
    operations: operations
      .filter(([part, { request }]) => !part.isUnread && !reader.isTwice(keys.operation(request)))
      .map(([, operation]) => operation),
    models: models
      .filter(([part, { name }]) => !part.isUnread && !isUnreadModel(name, reader))
      .map(([, model]) => model),
  };
  const reading = { facts, lines: reader.lines, words: reader.words };
  return problems.length > 0 ? { reading, problems: inOrder(problems), unread } : { reading };
}

function isUnreadModel(name: string, reader: Reader): boolean {
  return primitives.includes(name) || reader.isTwice(keys.model(name));
}

function readModel({ name, description, table }: ModelPart, reader: Reader): ModelFacts {
  const key = keys.model(name.text);
  reader.note(key, name, keys.models, `The model ${name.text}`);
  if (primitives.includes(name.text))
    reader.complain(name, "A model has the name of a type.", keys.models);
  reader.say(key, description);
  const rows = readRows(table, "fields", reader, (field) => keys.field(name.text, field));
  return { name: name.text, fields: rows.map(toField) };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((one, other) => one.line - other.line);
}

interface Reader {
  readonly models: ReadonlySet<string>;
  readonly lines: Map<string, number>;
  readonly words: Map<string, Words>;
  /** Notes where a thing is; complains if there was one of that key: one of the two can be any of its kind, `others`. */
  note(key: string, line: Line, others: string, name?: string): void;
  say(key: string, lines: readonly Pick<Line, "number" | "text">[]): void;
  readonly complain: Complain;
  /** Whether two things have a key: which of them is right is not known. */
  isTwice(key: string): boolean;
}

function createReader(models: ReadonlySet<string>, complain: Complain): Reader {
  const lines = new Map<string, number>();
  const words = new Map<string, Words>();
  const twice = new Set<string>();
  return {
    models,
    lines,
    words,
    complain,
    isTwice: (key) => twice.has(key),
    note(key, line, others, name = quote(line.text)) {
      const earlier = lines.get(key);
      if (earlier !== undefined) {
        complain(line, `${name} is here again; it is on line ${earlier} too.`, others);
        twice.add(key);
      }
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
  reader.note(key, part.request, "", `The operation ${request}`);
  const description = part.isTitleUnread ? [] : part.description;
  reader.say(key, description);
  if (part.description[0]) reader.lines.set(keys.paging(request), part.description[0].number);
  if (!part.parameters && request.includes("{")) {
    const unread = keys.parameter(request, "");
    reader.complain(part.request, "The operation has no Parameters, which its path needs.", unread);
  }
  if (!part.responses?.length) {
    const unread = keys.response(request, "");
    reader.complain(part.request, "The operation has no Responses.", unread);
  }
  const said = description.map(({ text }) => text).join(" ");
  const pageSize = theOne(pageSizes(said), "page size", part, reader);
  const pagingHeader = theOne(pagingHeaders(said), "paging header", part, reader);
  const requestBody = part.requestBody && readBody(part.requestBody, request, reader);
  const rows = part.parameters
    ? readRows(part.parameters, "parameters", reader, (name) => keys.parameter(request, name))
    : [];
  return {
    request,
    title: (!part.isTitleUnread && part.title?.text) || "",
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(pagingHeader === undefined ? {} : { pagingHeader }),
    parameters: rows.map(toParameter),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: (part.responses ?? [])
      .flatMap((response) => readResponse(response, request, reader))
      .filter(({ status }) => !reader.isTwice(keys.response(request, status))),
  };
}

function theOne<Value>(
  found: readonly Value[],
  name: string,
  { description, request }: OperationPart,
  reader: Reader,
): Value | undefined {
  if (found.length < 2) return found[0];
  const unread = keys.paging(requestOf(request.text) ?? "");
  const message = `The ${name} reads as ${found.join(" and as ")}.`;
  reader.complain(description[0] ?? request, message, unread);
  return undefined;
}

function readBody(
  { line, example, isExampleUnread }: ResponsePart,
  request: string,
  reader: Reader,
): BodyFacts | undefined {
  const key = keys.requestBody(request);
  reader.note(key, line, key);
  if (example) reader.lines.set(`${key} example`, example.line);
  if (!isType(line.text, reader.models)) {
    reader.complain(line, `The request body ${unknownType(line.text)}.`, key);
    return undefined;
  }
  if (isExampleUnread) return undefined;
  return { type: line.text, ...(example ? { example: example.value } : {}) };
}

function readResponse(
  { line, example, isExampleUnread }: ResponsePart,
  request: string,
  reader: Reader,
): ResponseFacts[] {
  const read = readResponseLine(line.text, reader.models);
  if (!read) {
    reader.complain(
      line,
      `${quote(line.text)} does not read as "200: OK response.Model", nor in exactly one way as "404: code: Words."`,
      keys.response(request, line.text.slice(0, 3)),
    );
    return [];
  }
  const { status, code, words, type } = read;
  const key = keys.response(request, status);
  reader.note(key, line, keys.response(request, ""), `The response ${status}`);
  reader.say(key, [{ ...line, text: words }]);
  if (example) reader.lines.set(`${key} example`, example.line);
  if (type && !isType(type, reader.models)) {
    reader.complain(line, `The response ${status} ${unknownType(type)}.`, key);
    return [];
  }
  if (isExampleUnread) return [];
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
  { rendition, rows, isUnread }: Table,
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
      else {
        const message = "These values belong to no row: none above it takes values.";
        reader.complain(line, message, keyOf(""));
        // It can be that the row above was not read as it is meant.
        read.pop();
        isAboveUnread = true;
      }
      continue;
    }
    const result = readRow(line.text, rendition, kind, reader.models);
    isAboveUnread = "problem" in result;
    if ("problem" in result) {
      reader.complain(line, `The row ${quote(line.text)} ${result.problem}.`, keyOf(""));
      continue;
    }
    const { name, description } = result.row;
    reader.note(keyOf(name), line, keyOf(""), `The row of ${name}`);
    reader.say(keyOf(name), [{ number: line.number, text: description }]);
    read.push(result.row);
  }
  if (isUnread) return [];
  return read.filter(({ name }) => !reader.isTwice(keyOf(name)));
}

function toParameter({ name, type, in: place = "", values }: Row): ParameterFacts {
  return { name, type, in: place, ...(values ? { values } : {}) };
}

function toField({ name, type, optional, values }: Row): FieldFacts {
  return { name, type, optional, ...(values ? { values } : {}) };
}
