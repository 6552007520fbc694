import {
  type BodyFacts,
  type Facts,
  keys,
  type ModelFacts,
  type OperationFacts,
  type Reading,
  type ResponseFacts,
  type Words,
} from "./facts.js";
import {
  type Complain,
  type Line,
  type Problem,
  quote,
  requestOf,
  splitLines,
} from "./read-lines.js";
import { readResponseLine } from "./read-response.js";
import { isType, primitives, unknownType } from "./read-row.js";
import {
  type ModelPart,
  type OperationPart,
  type ResponsePart,
  readStructure,
  type Structure,
} from "./read-structure.js";
import { readRows, toField, toParameter } from "./read-table.js";

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

export interface Reader {
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

/** What keeps a text from being the vendor's page, or all of it. */
interface Missing extends Problem {
  /** Whether the rest is there. Of another text nothing else is worth saying: every line would be a problem. */
  readonly isCut: boolean;
}

/** Why a text is not the vendor's page, or not all of it. */
function whatIsMissing(
  text: string,
  lines: readonly Line[],
  { operations, hasModels, models }: Structure,
): Missing | undefined {
  if (lines.length === 0) return another("The text is empty.");
  if (/[^\P{Cc}\s]/u.test(text)) {
    return another("This is no text: it has control characters.");
  }
  if (/^\s*<[!?a-z]/i.test(text) || (operations.length === 0 && /<\/[a-z]\w*>/i.test(text))) {
    return another("This is HTML. Save the text that the browser shows, not the page's source.");
  }
  if (operations.length === 0) {
    return another(
      "This is not the vendor's page: it has no operation, such as a line `get /organizations/{organizationId}/…`.",
    );
  }
  const line = lines.at(-1)?.number ?? 1;
  const last = operations.at(-1);
  if (last?.responses === undefined) {
    return cutOff(line, `the operation on line ${last?.request.number} has no Responses`);
  }
  if (!hasModels) return cutOff(line, "there is no heading Models after the operations");
  if (models.length === 0) return cutOff(line, "there is no table under Models");
  return undefined;
}

function another(message: string): Missing {
  return { line: 1, message, isCut: false };
}

function cutOff(line: number, missing: string): Missing {
  return { line, message: `The text is cut off: ${missing}.`, isCut: true };
}

/** The page sizes that a description states, each once: "paged by 1000 results". */
function pageSizes(description: string): number[] {
  const stated = [...description.matchAll(/\bpaged by (\d[\d,]*) results?\b/gi)];
  return [...new Set(stated.map(([, size = ""]) => Number(size.replaceAll(",", ""))))];
}

/** The response headers that a description of paging names, each once: `X-Next-Page`. */
function pagingHeaders(description: string): string[] {
  if (!/page/i.test(description)) return [];
  return [...new Set(description.match(/\bX-[A-Za-z]+(?:-[A-Za-z]+)*\b/g))];
}
