import type { Reference, Schema } from "../generate/document.js";
import { modelName } from "../generate/schema-parts.js";
import { escapeMarkdown, slug, sourceMark } from "./markdown.js";

type AnySchema = Schema | Reference | boolean;

/** Keywords that are shown in words, or as the fields below. Every other keyword is shown as it is written. */
const shownOtherwise = new Set([
  "$ref",
  "additionalProperties",
  "allOf",
  "anyOf",
  "const",
  "deprecated",
  "description",
  "enum",
  "example",
  "examples",
  "format",
  "items",
  "oneOf",
  "properties",
  "readOnly",
  "required",
  "title",
  "type",
  "writeOnly",
  "x-source",
]);

/** Names the type of a schema: ``array of [`Customer`](models.md#customer)``. */
export function typeOf(schema: AnySchema): string {
  if (typeof schema === "boolean") return schema ? "anything" : "nothing";
  const { $ref, allOf, anyOf, oneOf, enum: values, items, type, format }: Schema = Object(schema);
  const name = modelName($ref);
  if (name !== undefined) return `[\`${name}\`](models.md#${slug(name)})`;
  if ("const" in schema) return code(schema.const);
  if (values) return values.map(code).join(" or ");
  const alternatives = oneOf ?? anyOf;
  if (alternatives) return alternatives.map(typeOf).join(" or ");
  if (allOf) return allOf.map(typeOf).join(" and ");
  const types = [type ?? []].flat();
  if (items !== undefined) {
    return `array of ${typeOf(items)}${types.includes("null") ? " or null" : ""}`;
  }
  const words = types.join(" or ") || "anything";
  return format === undefined ? words : `${words} (${code(format)})`;
}

/** Describes a parameter, a header or a field in one list item, and the fields that it has in items below it. */
export function item(
  name: string,
  schema: AnySchema,
  { facts = [], description, source }: ItemOptions = {},
): string {
  const notes = [typeOf(schema), ...facts, ...notesOf(schema)].join(", ");
  const parts = [
    description ?? Object(schema).description,
    sourceOf(source) ?? sourceOf(schema),
    fields(schema),
  ];
  const inside = parts.filter(Boolean).map((each) => indent(String(each)));
  return [`- **${code(name)}** ${notes}`, ...inside].join("\n\n");
}

/** Lists the fields of a schema, and of those that it is put together of, as far as they are not a model's. */
export function fields(schema: AnySchema): string {
  if (typeof schema === "boolean") return "";
  const {
    additionalProperties,
    allOf = [],
    anyOf = [],
    oneOf = [],
    ...own
  }: Schema = Object(schema);
  const { items = true, properties = {}, required = [] } = own;
  const others = typeof additionalProperties === "object" ? [additionalProperties] : [];
  return [
    ...Object.entries(properties).map(([name, property]) =>
      item(name, property, { facts: required.includes(name) ? ["required"] : [] }),
    ),
    ...others.map((other) => item("*", other, { facts: ["any other field"] })),
    ...[...allOf, ...oneOf, ...anyOf, items].map((part) => fields(part)),
  ]
    .filter(Boolean)
    .join("\n\n");
}

interface ItemOptions {
  /** What is to be said of it besides its type: where it stands, whether it is required. */
  readonly facts?: readonly string[];
  /** Stands for the schema's own. */
  readonly description?: string | undefined;
  /** What holds the `x-source`, if it is not the schema. */
  readonly source?: unknown;
}

/** Returns where a part of the document is from, if that is not the vendor's page. */
export function sourceOf(part: unknown): string | undefined {
  const source: unknown = Object(part)["x-source"];
  if (typeof source !== "string") return undefined;
  return `*${sourceMark}* ${withLinks(source)}`;
}

/** Text with its addresses as links, on one line. */
function withLinks(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/https:\/\/[^\s)]+/g, (address) => `<${address}>`);
}

/** Puts a text of any length into a list item. */
function indent(text: string): string {
  return text.trim().replaceAll(/^(?=.)/gm, "  ");
}

/** The flags of a schema in words, and its constraints as they are written: ``minLength: `1` ``. */
function notesOf(schema: AnySchema): string[] {
  if (typeof schema === "boolean") return [];
  const {
    additionalProperties,
    deprecated,
    items = true,
    readOnly,
    writeOnly,
  }: Schema = Object(schema);
  const constraints = Object.entries(schema).filter(([keyword]) => !shownOtherwise.has(keyword));
  return [
    ...(readOnly === true ? ["read-only"] : []),
    ...(writeOnly === true ? ["write-only"] : []),
    ...(deprecated === true ? ["deprecated"] : []),
    ...(additionalProperties === false ? ["no other fields"] : []),
    ...constraints.map(([keyword, value]) => `${escapeMarkdown(keyword)}: ${code(value)}`),
    ...notesOf(items).map((note) => `each ${note}`),
  ];
}

/** JSON as code, whatever marks it holds. */
function code(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const marks = "`".repeat(longest + 1);
  const space = longest > 0 || text.trim() !== text || text === "" ? " " : "";
  return `${marks}${space}${text.replaceAll("\n", " ")}${space}${marks}`;
}
