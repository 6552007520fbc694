import { refuse } from "../lib/cli-error.js";
import { escapeKey } from "../lib/pointer.js";
import { type Close, closer } from "./closed-schema.js";
import { createContradictionCheck } from "./contradictions.js";
import {
  type Document,
  isSuccess,
  jsonTypeOf,
  mediaTypeOf,
  type PlacedBody,
  type PlacedResponse,
  type Schema,
} from "./document.js";
import { operationTable } from "./operation-table.js";
import { modelOf, type Placed, partsOf, schemasUnder } from "./schema-parts.js";
import { subjectAt } from "./subject-at.js";

/** What the document says of an answer. */
export interface DocumentedAnswer {
  mediaTypes: string[];
  /** What findings call the data: its model, or the operation. */
  name?: string;
  /** Set if the data is a list: `validate` checks each item of it. */
  isList?: true;
  /** The name of the function that checks the data. */
  validate?: string;
}

export interface DocumentedAnswers {
  /** Where the document lists the answers of an operation, as a JSON pointer. */
  pointer: string;
  /** By status, `2XX` or `default`. */
  answers: Record<string, DocumentedAnswer>;
}

export interface Answers {
  /** By `operationId`. */
  readonly operations: Readonly<Record<string, DocumentedAnswers>>;
  /** The closed schemas, by name. */
  readonly schemas: ReadonlyMap<string, Schema>;
  /** The functions that check answers: the names of their schemas. */
  readonly validators: Readonly<Record<string, string>>;
  /** What the document says and is left out: `Customer.tags: uniqueItems is not checked`. */
  readonly notices: readonly string[];
}

/** Reads what the document says of the answers of each operation, and closes the schemas of the successful ones. */
export function documentedAnswers(document: Document): Answers {
  const schemas = new Map<string, Schema>();
  const validators: Record<string, string> = {};
  const notices = new Set<string>();
  const check = createContradictionCheck(document);
  const close = closer(document, closeModel, (pointer, keyword) => {
    notices.add(`${subjectAt(document, pointer)}: ${keyword} is not checked`);
  });

  function closeModel(name: string): void {
    if (schemas.has(name)) return;
    // Known before it is closed: a model can refer to itself.
    schemas.set(name, {});
    const schema = document.components?.schemas?.[name] ?? {};
    schemas.set(name, close({ schema, pointer: `/components/schemas/${name}` }));
  }

  /**
   * Names the function that checks data: `isCustomer` for a model. What is no model gets a schema and a function of its
   * own, `is_getThing_200`. No model has an underscore in its name, so the two never meet.
   */
  function validatorOf(data: Placed, ownName: string): string {
    const model = modelOf(data);
    const name = model ?? ownName;
    if (model === undefined) schemas.set(name, close(data));
    else closeModel(model);
    const validator = model === undefined ? `is_${name}` : `is${name}`;
    validators[validator] = name;
    return validator;
  }

  function answer(operationId: string, response: PlacedResponse): DocumentedAnswer {
    const { content = {}, pointer, status } = response;
    checkContent(response);
    const type = jsonTypeOf(content) ?? "";
    const schema = content[type]?.schema as Schema | undefined;
    const mediaTypes = Object.keys(content).map(mediaTypeOf);
    if (!isSuccess(response) || schema === undefined) return { mediaTypes };
    const data = { schema, pointer: `${pointer}/content/${escapeKey(type)}/schema` };
    const items = listItems(document, close, data);
    const name = modelOf(items ?? data) ?? operationId;
    const validate = validatorOf(items ?? data, `${operationId}_${status}`);
    return { mediaTypes, name, ...(items && { isList: true as const }), validate };
  }

  // What is sent, and what comes with an error, has no check, but must make types that hold all the same.
  function checkContent({ content = {}, pointer }: PlacedBody | PlacedResponse): void {
    checkMediaTypes(content, `${pointer}/content`);
    for (const [type, { schema }] of Object.entries(content)) {
      const isJson = /[/+]json$/.test(mediaTypeOf(type));
      const place = `${pointer}/content/${escapeKey(type)}/schema`;
      if (isJson && schema) check({ schema: schema as Schema, pointer: place });
    }
  }

  const table = operationTable(document, (notice) => notices.add(notice));
  const operations = table.map(({ operationId, placed }) => {
    const { body, pointer, responses } = placed;
    if (body) checkContent(body);
    const answers = responses.map((one) => [one.status, answer(operationId, one)]);
    const documented = { pointer: `${pointer}/responses`, answers: Object.fromEntries(answers) };
    return [operationId, documented];
  });
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    check({ schema, pointer: `/components/schemas/${name}` });
  }
  return { operations: Object.fromEntries(operations), schemas, validators, notices: [...notices] };
}

function checkMediaTypes(content: object, pointer: string): void {
  const types = Object.keys(content);
  const plain = types.map(mediaTypeOf);
  const again = types.find((_, index) => plain.indexOf(plain[index] ?? "") !== index);
  if (again === undefined) return;
  refuse(
    `${pointer}/${escapeKey(again)}`,
    `"${again}" is declared beside another ${mediaTypeOf(again)}; the client cannot tell them apart. Leave one of ` +
      "them out.",
  );
}

/** The items of a list of which nothing else is checked. */
function listItems(document: Document, close: Close, data: Placed): Placed | undefined {
  const [part, another] = partsOf(document, data);
  if (part?.schema.items === undefined || another) return undefined;
  const { $comment: _, items: __, type, ...rest } = close(part);
  return type === "array" && Object.keys(rest).length === 0
    ? schemasUnder(part, "items")[0]
    : undefined;
}
