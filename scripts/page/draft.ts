import { Document, isMap, isScalar, isSeq, type Pair, type Scalar, visit } from "yaml";
import type { Json, JsonMap } from "../lib/json.js";
import { escapeKey } from "../lib/pointer.js";
import { entriesOf, type OpenDocument, ownOf, thingAt } from "./document.js";
import { type Facts, keys, type ModelFacts, type OperationFacts, type Reading } from "./facts.js";
import { isArray, pageToDocument } from "./page-to-document.js";

/** What the page has and the document does not, as YAML to paste: each block says where it goes. */
export function draft(page: Reading, ours: OpenDocument): string {
  const made = pageToDocument(page.facts, ours, describe(page, ours));
  const blocks = [
    ...draftTag(page.facts, ours),
    ...draftOperations(page.facts, ours, made),
    ...draftModels(page.facts, ours, made),
  ];
  if (blocks.length === 0) return "# The page has nothing that the document has not.\n";
  return blocks.join("\n");
}

/**
 * The description of a thing is still to be written. A parameter has that of another operation's, if the page has the same
 * words for both.
 */
function describe({ facts, words }: Reading, ours: OpenDocument): (key: string) => JsonMap {
  const known = new Map<string, string>();
  const all = facts.operations.flatMap(({ parameters, request }) =>
    parameters.map(({ in: place, name }) => {
      const key = keys.parameter(request, name);
      return { key, like: `${place} ${name} ${words.get(key)?.text}`, isSaid: words.has(key) };
    }),
  );
  for (const { isSaid, key, like } of all) {
    const others = all.filter((one) => one.key !== key && one.like === like);
    const [text] = others.flatMap((one) => thingAt(ours, one.key)?.description || []);
    if (isSaid && typeof text === "string") known.set(key, text.trim());
  }
  return (key) => ({ description: known.get(key) ?? worded(words.get(key)?.text) });
}

/** The heading of a page is the tag of its operations. */
function draftTag({ heading, operations }: Facts, ours: OpenDocument): string[] {
  if (operations.every(({ request }) => ours.operations.has(request))) return [];
  const { tags } = ours.view.tree;
  const isKnown = Array.isArray(tags) && tags.some((tag) => ownOf(tag, "name") === heading);
  if (heading === "" || isKnown) return [];
  const tag = { name: heading, description: worded(heading) };
  return [
    tags === undefined
      ? block(["at the top level of the document"], 0, { tags: [tag] })
      : block(["in tags, at its end"], 2, [tag]),
  ];
}

function draftOperations({ operations }: Facts, ours: OpenDocument, made: JsonMap): string[] {
  const blocks: string[] = [];
  const paths = new Map<string, OperationFacts[]>();
  for (const operation of operations) {
    const { method, node, path } = partsOf(operation.request, made);
    const known = ours.operations.get(operation.request);
    if (known) blocks.push(...draftParts(`paths.${path}.${method}`, operation, known.node, node));
    else paths.set(path, [...(paths.get(path) ?? []), operation]);
  }
  for (const [path, added] of paths) {
    const parts = added.map(({ request }) => partsOf(request, made));
    const methods = Object.fromEntries(parts.map(({ method, node }) => [method, node]));
    const notes = added.flatMap((operation) => lintNotes(operation, made));
    blocks.push(
      ownOf(ours.view.document.paths as Json | undefined, path) === undefined
        ? block(["under paths:, at its end", ...notes], 2, { [path]: methods })
        : block([`in paths.${path}, at its end`, ...notes], 4, methods),
    );
  }
  return blocks;
}

function partsOf(request: string, made: JsonMap) {
  const [method = "", path = ""] = request.split(" ");
  return { method, path, node: ownOf(ownOf(made.paths, path), method) as JsonMap };
}

/** What lint will ask for that the page does not state. */
function lintNotes(operation: OperationFacts, made: JsonMap): string[] {
  const { method, node, path } = partsOf(operation.request, made);
  const pointer = `#/paths/${escapeKey(path)}/${method}`;
  const isError = ({ status }: { status: string }) => status.startsWith("4");
  const needsPaging = isArray(operation) && node["x-paging"] === undefined;
  return [
    ...(operation.responses.some(isError)
      ? []
      : [exception("operation-4xx-response", `${pointer}/responses`)]),
    ...(needsPaging
      ? [`the page does not speak of paging, which lint asks for in a list (${pointer})`]
      : []),
  ];
}

function exception(rule: string, pointer: string): string {
  return `add to .redocly.lint-ignore.yaml, with the reason, under ${rule}: "${pointer}"`;
}

/** What is new in an operation that the document has. */
function draftParts(place: string, fact: OperationFacts, ours: JsonMap, made: JsonMap): string[] {
  const parameters = Array.isArray(made.parameters) ? made.parameters : [];
  const isFirst = parameters.length > 0 && entriesOf(ours.parameters).length === 0;
  const names = fact.parameters.map(({ name }) => name);
  const statuses = fact.responses.map(({ status }) => status);
  const { requestBody } = made;
  const isBody = requestBody !== undefined && ours.requestBody === undefined;
  return [
    ...(isFirst
      ? [block([`in ${place}`], 6, { parameters })]
      : added(names, ours.parameters, (name, after) =>
          block([`in ${place}.parameters, ${after}`], 8, [parameters[names.indexOf(name)]]),
        )),
    ...(isBody ? [block([`in ${place}`], 6, { requestBody })] : []),
    ...added(statuses, ours.responses, (status, after) =>
      block([`in ${place}.responses, ${after}`], 8, { [status]: ownOf(made.responses, status) }),
    ),
  ];
}

function draftModels({ models, operations }: Facts, ours: OpenDocument, made: JsonMap): string[] {
  const schemas = ownOf(made.components, "schemas");
  const fieldsIn = ({ fields, name: model }: ModelFacts, known: Json) => {
    const place = `components.schemas.${model}`;
    const names = fields.map(({ name }) => name);
    return added(names, ownOf(known, "properties"), (field, after) => {
      const isOptional = fields.find(({ name }) => name === field)?.optional;
      const notes = isOptional ? [] : [`and add ${field} to ${place}.required`];
      const node = ownOf(ownOf(ownOf(schemas, model), "properties"), field);
      return block([`in ${place}.properties, ${after}`, ...notes], 8, { [field]: node });
    });
  };
  const types = [
    ...operations.flatMap(({ responses, requestBody }) => [...responses, requestBody]),
    ...models.flatMap(({ fields }) => fields),
  ].map((fact) => fact?.type?.replace(/(\[\])+$/, ""));
  const names = models.map(({ name }) => name);
  return [
    ...models.flatMap((model) => {
      const known = ownOf(ours.models, model.name);
      return known === undefined ? [] : fieldsIn(model, known);
    }),
    ...added(names, ours.models, (name, after) => {
      const unused = exception("no-unused-components", `#/components/schemas/${name}`);
      const notes = types.includes(name) ? [] : [unused];
      const node = { [name]: ownOf(schemas, name) };
      return block([`in components.schemas, ${after}`, ...notes], 4, node);
    }),
  ];
}

/** A block for each name that only the page has, with its place: after the one before it on the page. */
function added(
  names: readonly string[],
  ours: Json | undefined,
  blockOf: (name: string, after: string) => string,
): string[] {
  return names.flatMap((name, index) => {
    if (ownOf(ours, name) !== undefined) return [];
    const before = names[index - 1];
    return [blockOf(name, before === undefined ? "at its start" : `after "${before}"`)];
  });
}

/** Stands before words of the page where a description is due. No text of a page has it. */
const mark = "\0";

/** A description that is still to be written, with the page's words above it. */
function worded(words = "no words"): string {
  return mark + words;
}

/** YAML to paste at an indentation, with comments above it that say where. */
function block(comments: readonly string[], indentation: number, value: unknown): string {
  const document = new Document(value, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, { Pair: (_, pair) => style(pair) });
  const indent = " ".repeat(indentation);
  const yaml = document.toString({ lineWidth: 100 - indentation, flowCollectionPadding: false });
  const lines = yaml.trimEnd().split("\n");
  return [
    ...comments.map((comment) => `# ${comment}\n`),
    ...lines.map((line) => (line === "" ? "\n" : `${indent}${line}\n`)),
  ].join("");
}

function style(pair: Pair): void {
  const { key, value } = pair as Pair<Scalar, unknown>;
  if (isScalar(value) && typeof value.value === "string" && value.value.startsWith(mark)) {
    key.commentBefore = ` The page: ${value.value.slice(mark.length)}`;
    value.value = "";
  }
  const isLong = isScalar(value) && `${value.value}`.length > 80;
  if (isLong && key.value === "description") value.type = "BLOCK_FOLDED";
  const isShort = ["tags", "enum", "required"].includes(`${key.value}`);
  if (isSeq(value) && isShort && value.items.every(isScalar)) value.flow = true;
  if (key.value === "x-paging" && isMap(value) && !value.has("pageSize")) {
    key.commentBefore = " The page states no page size.";
  }
}
