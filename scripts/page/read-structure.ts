import { keys } from "./facts.js";
import * as form from "./read-lines.js";
import { type Complain, type Cursor, createCursor, type Line, quote } from "./read-lines.js";
import { type Example, readJson } from "./read-response.js";
import { headerOf, readTable, type Table } from "./read-table.js";

/** The page taken apart into its sections, before a row of a table is read. */
export interface Structure {
  readonly beta: Line | undefined;
  readonly heading: Line | undefined;
  readonly introduction: readonly Line[];
  /** Set if the introduction may be other lines. */
  readonly isIntroductionUnread: boolean;
  readonly operations: readonly OperationPart[];
  readonly hasModels: boolean;
  readonly models: readonly ModelPart[];
  /** What follows the last model. */
  readonly end: readonly Line[];
}

export interface OperationPart {
  readonly title: Line | undefined;
  readonly description: readonly Line[];
  readonly request: Line;
  /** Set if its title and description may be other lines. */
  readonly isTitleUnread: boolean;
  /** Set if a section is there twice. */
  readonly isUnread: boolean;
  readonly parameters?: Table;
  readonly requestBody?: ResponsePart;
  /** Absent without the section's heading. */
  readonly responses?: readonly ResponsePart[];
}

export interface ResponsePart {
  readonly line: Line;
  readonly example?: Example;
  readonly isExampleUnread?: boolean;
}

export interface ModelPart {
  readonly name: Line;
  /** Set if its table may be that of another. */
  readonly isUnread: boolean;
  readonly description: readonly Line[];
  readonly table: Table;
}

/** Takes the page apart, and notes what is out of place. */
export function readStructure(lines: readonly Line[], complain: Complain): Structure {
  const start = lines.findIndex(({ text }) => form.startsBeta(text));
  for (const line of lines.slice(0, Math.max(start, 0)).filter(isContent)) {
    complain(line, `${quote(line.text)} stands before the line that begins the page, "BETA: …".`);
  }
  const cursor = createCursor(lines.slice(Math.max(start, 0)));
  const beta = start === -1 ? undefined : cursor.next();
  const doubts = createDoubts(complain);
  const [heading, ...prose] = readProse(cursor, doubts.complain);
  const first = partFirst(prose, doubts.complain);
  const isIntroductionUnread = first.title.length === 0 || doubts.isAny();
  const operations = readOperations(first.title, cursor, doubts);
  const hasModels = cursor.next() !== undefined;
  const { models, end } = readModels(cursor, complain);
  const { introduction } = first;
  return {
    beta,
    heading,
    introduction,
    isIntroductionUnread,
    operations,
    hasModels,
    models,
    end,
  };
}

/** Remembers whether there was a problem since it was last asked. */
function createDoubts(complain: Complain) {
  let isAny = false;
  return {
    complain: (...problem: Parameters<Complain>) => {
      isAny = true;
      complain(...problem);
    },
    isAny: () => isAny,
    take() {
      const was = isAny;
      isAny = false;
      return was;
    },
  };
}

/** Whether a line has its place in the page by its form alone. */
function isStructure(text: string): boolean {
  return (
    form.requestOf(text) !== undefined ||
    form.isSection(text) ||
    form.startsResponse(text) ||
    form.isData(text) ||
    headerOf(text) !== undefined
  );
}

/** Whether a line is from a page itself, and not from a list of what is on it. */
function isContent({ text }: Line): boolean {
  return form.startsResponse(text) || headerOf(text) !== undefined;
}

/** Takes the lines of text up to a request, or to Models. */
function readProse(cursor: Cursor, complain: Complain): Line[] {
  const prose: Line[] = [];
  for (let line = cursor.peek(); line; line = cursor.peek()) {
    if (form.requestOf(line.text) || line.text === "Models") break;
    if (form.startsBeta(line.text)) complain(line, "A second page begins here.");
    if (form.startsJson(line.text)) {
      complain(line, "This JSON belongs to no response and no request body.");
      readJson(cursor);
      continue;
    }
    if (isStructure(line.text)) {
      complain(line, `${quote(line.text)} is out of place: a title, a request or Models was due.`);
    } else {
      prose.push(line);
    }
    cursor.next();
  }
  return prose;
}

/** Which line is the title of the first operation: sentences that introduce the page can stand before it. */
function partFirst(
  prose: readonly Line[],
  complain: Complain,
): { introduction: readonly Line[]; title: readonly Line[] } {
  const fitting = (lines: readonly Line[]) => lines.filter(({ text }) => form.isTitle(text));
  // The last line is the description, unless no other can be the title.
  const before = fitting(prose.slice(0, -1));
  const titles = before.length > 0 ? before : fitting(prose.slice(-1));
  const [title, other] = titles;
  if (title && other) {
    const readings = titles.map(({ text }) => quote(text)).join(" or ");
    complain(
      other,
      `The title of the first operation can be ${readings}: put a full stop after those that are sentences.`,
    );
  }
  const start = title ? prose.indexOf(title) : prose.length;
  return { introduction: prose.slice(0, start), title: prose.slice(start) };
}

function readOperations(
  firstProse: readonly Line[],
  cursor: Cursor,
  doubts: ReturnType<typeof createDoubts>,
): OperationPart[] {
  const { complain } = doubts;
  const operations: OperationPart[] = [];
  for (let prose = firstProse; ; prose = readProse(cursor, complain)) {
    const [title, ...description] = prose;
    const request = cursor.peek();
    if (!request || request.text === "Models") {
      if (title)
        complain(title, `${quote(title.text)} belongs to no operation: no request follows.`);
      return operations;
    }
    if (!title) complain(request, "The operation has no title.");
    else if (!form.isTitle(title.text)) {
      complain(title, `The title of an operation was due here, and not ${quote(title.text)}.`);
    }
    cursor.next();
    const isTitleUnread = doubts.take();
    const sections = readSections(form.requestOf(request.text) ?? "", cursor, complain);
    operations.push({ title, description, request, isTitleUnread, ...sections });
    doubts.take();
  }
}

type Sections = Pick<OperationPart, "isUnread" | "parameters" | "requestBody" | "responses">;

function readSections(request: string, cursor: Cursor, complain: Complain): Sections {
  const sections: { -readonly [Name in keyof Sections]: Sections[Name] } = { isUnread: false };
  const once = (line: Line, name: keyof Sections) => {
    if (sections[name] === undefined) return;
    complain(line, `The operation has ${line.text} twice.`, request);
    sections.isUnread = true;
  };
  for (let line = cursor.peek(); line; line = cursor.peek()) {
    const { text } = line;
    if (form.requestOf(text) || text === "Models") break;
    cursor.next();
    if (text === "Parameters") {
      once(line, "parameters");
      const unread = keys.parameter(request, "");
      sections.parameters = readTable(line, "parameters", cursor, about(unread, complain));
    } else if (text === "Request Body") {
      once(line, "requestBody");
      const body = readBody(line, cursor, about(keys.requestBody(request), complain));
      if (body) sections.requestBody = body;
    } else if (text === "Responses") {
      sections.responses = readResponses(request, cursor, complain);
      break;
    } else {
      const due = form.sectionNames.join(", ");
      complain(line, `${quote(text)} is out of place: ${due} was due.`, request);
    }
  }
  return sections;
}

/** Notes problems that can be about one thing only. */
function about(unread: string, complain: Complain): Complain {
  return (line, message) => complain(line, message, unread);
}

function readBody(
  heading: Line,
  cursor: Cursor,
  complain: Complain,
): OperationPart["requestBody"] | undefined {
  const line = cursor.peek();
  if (!line || isStructure(line.text)) {
    complain(heading, "The request body names no model.");
    return undefined;
  }
  cursor.next();
  return { line, ...readExample(cursor, complain) };
}

function readResponses(request: string, cursor: Cursor, complain: Complain): ResponsePart[] {
  const responses: ResponsePart[] = [];
  for (let line = cursor.peek(); line && form.startsResponse(line.text); line = cursor.peek()) {
    cursor.next();
    const unread = keys.response(request, line.text.slice(0, 3));
    responses.push({ line, ...readExample(cursor, about(unread, complain)) });
  }
  return responses;
}

function readExample(cursor: Cursor, complain: Complain): Omit<ResponsePart, "line"> {
  if (!form.startsJson(cursor.peek()?.text ?? "")) return {};
  const example = readJson(cursor);
  if ("value" in example) return { example };
  complain(example, example.message);
  return { isExampleUnread: true };
}

function readModels(cursor: Cursor, complain: Complain): Pick<Structure, "models" | "end"> {
  const models: ModelPart[] = [];
  const doubts = createDoubts(about(keys.models, complain));
  while (true) {
    const before = cursor.takeWhile(
      ({ text }) => headerOf(text) === undefined && !form.startsNavigation(text),
    );
    for (const line of before.filter(({ text }) => isStructure(text))) {
      complain(line, `${quote(line.text)} is out of place among the models.`);
    }
    const header = cursor.peek();
    if (!header || form.startsNavigation(header.text)) {
      for (const line of cursor.takeWhile(() => true).filter(isContent)) {
        complain(line, `${quote(line.text)} stands after the end of the page.`);
      }
      return { models, end: before };
    }
    const [name, ...description] = before;
    if (!name || !form.isModelName(name.text)) {
      doubts.complain(name ?? header, "The name of a model was due before the table.");
    }
    for (const line of description.filter(({ text }) => form.isModelName(text))) {
      doubts.complain(
        line,
        `Whose table is this: that of ${name?.text}, or that of ${line.text}? Put a full stop after a description.`,
      );
    }
    const isUnread = doubts.take();
    const unread = name && !isUnread ? keys.field(name.text, "") : keys.models;
    const table = readTable(name ?? header, "fields", cursor, about(unread, complain));
    if (name) models.push({ name, description, isUnread, table });
  }
}
