import { escapeKey } from "../lib/pointer.js";
import { createDraftParts, type DraftParts } from "./draft-parts.js";
import type { Facts, OperationFacts, Reading } from "./facts.js";
import type { DocumentReading } from "./read-document.js";
import { block, worded } from "./yaml-block.js";

/** What the page has and the document does not, as YAML to paste: each block says where it goes. */
export function draft(page: Reading, document: DocumentReading): string {
  const write = createDraftParts(page, document);
  const operations = draftOperations(page, document, write);
  const blocks = [
    ...draftTag(page.facts, document),
    ...operations,
    ...draftModels(page, document, write),
  ];
  if (blocks.length === 0) return "# The page has nothing that the document has not.\n";
  return blocks.join("\n");
}

/** The heading of a page is the tag of its operations. */
function draftTag(
  { heading, operations }: Facts,
  { root, tags: known }: DocumentReading,
): string[] {
  if (operations.every(({ request }) => known.has(request))) return [];
  const tags = root.at("tags");
  const isKnown = tags.entries().some(([, tag]) => tag.at("name").value === heading);
  if (heading === "" || isKnown) return [];
  const tag = { name: heading, description: worded(heading) };
  return [
    tags.value === undefined
      ? block(["at the top level of the document"], 0, { tags: [tag] })
      : block(["in tags, at its end"], 2, [tag]),
  ];
}

function draftOperations(page: Reading, document: DocumentReading, write: DraftParts): string[] {
  const known = new Map(document.facts.operations.map((one) => [one.request, one]));
  const paths = new Map<string, OperationFacts[]>();
  const blocks: string[] = [];
  for (const operation of page.facts.operations) {
    const [, path = ""] = operation.request.split(" ");
    const ours = known.get(operation.request);
    if (ours) blocks.push(...draftParts(operation, ours, write));
    else paths.set(path, [...(paths.get(path) ?? []), operation]);
  }
  const isPath = (path: string) => document.root.at("paths", path).value !== undefined;
  for (const [path, operations] of paths) {
    const methods = operations.map((one) => [one.request.split(" ")[0], write.operation(one)]);
    const notes = operations.flatMap((operation) => exceptions(operation, write));
    blocks.push(
      isPath(path)
        ? block([`in paths.${path}, at its end`, ...notes], 4, Object.fromEntries(methods))
        : block(["under paths:, at its end", ...notes], 2, { [path]: Object.fromEntries(methods) }),
    );
  }
  return blocks;
}

/** What lint will ask for that the page does not state. */
function exceptions(operation: OperationFacts, write: DraftParts): string[] {
  const { request, responses } = operation;
  const [method = "", path = ""] = request.split(" ");
  const pointer = `#/paths/${escapeKey(path)}/${method}`;
  const isArray = responses.some(({ status, type }) => status === "200" && type?.endsWith("[]"));
  const entry = (rule: string, at: string) =>
    `add to .redocly.lint-ignore.yaml, with the reason, under ${rule}: "${at}"`;
  return [
    ...(responses.some(({ status }) => status.startsWith("4"))
      ? []
      : [entry("operation-4xx-response", `${pointer}/responses`)]),
    ...(method === "get" && isArray && write.paging(operation) === undefined
      ? [`the page does not speak of paging, which lint asks for in a list (${pointer})`]
      : []),
  ];
}

function draftParts(page: OperationFacts, document: OperationFacts, write: DraftParts): string[] {
  const [method, path] = page.request.split(" ");
  const place = `paths.${path}.${method}`;
  const blocks: string[] = [];
  if (page.parameters.length > 0 && document.parameters.length === 0) {
    const parameters = page.parameters.map((one) => write.parameter(page.request, one));
    blocks.push(block([`in ${place}`], 6, { parameters }));
  } else {
    for (const [fact, after] of added(page.parameters, document.parameters, "name")) {
      const where = `in ${place}.parameters, ${after}`;
      blocks.push(block([where], 8, [write.parameter(page.request, fact)]));
    }
  }
  if (page.requestBody && !document.requestBody) {
    const requestBody = write.requestBody(page.requestBody);
    blocks.push(block([`in ${place}`], 6, { requestBody }));
  }
  for (const [fact, after] of added(page.responses, document.responses, "status")) {
    const response = { [fact.status]: write.response(page, fact) };
    blocks.push(block([`in ${place}.responses, ${after}`], 8, response));
  }
  return blocks;
}

function draftModels(page: Reading, document: DocumentReading, write: DraftParts): string[] {
  const { models, operations } = page.facts;
  const blocks: string[] = [];
  for (const model of models) {
    const ours = document.facts.models.find(({ name }) => name === model.name);
    const place = `components.schemas.${model.name}`;
    for (const [field, after] of ours ? added(model.fields, ours.fields, "name") : []) {
      const notes = field.optional ? [] : [`and add ${field.name} to ${place}.required`];
      const property = { [field.name]: write.field(model.name, field) };
      blocks.push(block([`in ${place}.properties, ${after}`, ...notes], 8, property));
    }
  }
  const types = [
    ...operations.flatMap(({ responses, requestBody }) => [...responses, requestBody]),
    ...models.flatMap(({ fields }) => fields),
  ].map((fact) => fact?.type?.replace(/(\[\])+$/, ""));
  for (const [model, after] of added(models, document.facts.models, "name")) {
    const pointer = `#/components/schemas/${model.name}`;
    const notes = types.includes(model.name)
      ? []
      : [
          `add to .redocly.lint-ignore.yaml, with the reason, under no-unused-components: "${pointer}"`,
        ];
    const schemas = { [model.name]: write.model(model) };
    blocks.push(block([`in components.schemas, ${after}`, ...notes], 4, schemas));
  }
  return blocks;
}

/** What only the page has, each with its place: after the one before it on the page. */
function added<Name extends string, Fact extends { readonly [Key in Name]: string }>(
  page: readonly Fact[],
  document: readonly Fact[],
  name: Name,
): [fact: Fact, after: string][] {
  return page.flatMap((fact, index): [Fact, string][] => {
    if (document.some((one) => one[name] === fact[name])) return [];
    const before = page[index - 1];
    return [[fact, before ? `after "${before[name]}"` : "at its start"]];
  });
}
