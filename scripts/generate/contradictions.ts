import { CliError } from "../lib/cli-error.js";
import type { Document, Schema } from "./document.js";
import { asNumber, hasType, isAmong, typesOf, valuesOf, words } from "./json-types.js";
import { withoutAnnotations } from "./schema-keywords.js";
import { fieldOf, modelName, type Node, type Part, partsOf } from "./schema-parts.js";

// The types are made of each schema as it is written, and do not notice what contradicts itself: they would allow
// what the checks refuse, or nothing at all.

/** @throws {CliError} naming the place, what can never be, and what to write instead. */
export function checkContradictions(document: Document, nodes: readonly Node[], parts: Part[]) {
  for (const node of nodes) {
    checkNames(node);
    checkValues(node);
    checkAlternatives(document, node);
    checkRequired(document, node);
  }
  checkTypes(document, parts);
  checkFields(document, parts);
  checkMaps(document, parts);
}

function refuse(pointer: string, problem: string): never {
  throw new CliError(`${pointer} ${problem}`, { pointer });
}

const inWords = (values: readonly unknown[]) => values.map((one) => JSON.stringify(one)).join(", ");

/** openapi-typescript calls what its tables of keywords have under the name of a field. Two of these do not throw. */
function checkNames({ pointer, schema: { properties = {} } }: Node): void {
  const isUnreadable = (name: string) =>
    name !== "__proto__" && name in Object.prototype && !/^(constructor|toString)$/.test(name);
  const unreadable = Object.keys(properties).find(isUnreadable);
  if (unreadable === undefined) return;
  refuse(
    pointer,
    `has a field "${unreadable}", which openapi-typescript cannot read. Leave it out of the document.`,
  );
}

function checkValues({ pointer, schema }: Node): void {
  const { enum: values, type } = schema;
  if (values?.length === 0) refuse(pointer, "has an enum of no value; list its values.");
  if ("const" in schema && schema.const === null && type !== "null") {
    refuse(pointer, 'has the const null, which makes no type; write type: "null" instead.');
  }
  if (!values || !Array.isArray(type)) return;
  const never = type.filter((one) => !values.some((value) => hasType([one], value)));
  if (never.length === 0) return;
  const what = never.join(" or ");
  refuse(
    pointer,
    `allows the type ${what}, of which its enum has no value: add ${what === "null" ? "null" : "one"} to enum, ` +
      `or leave ${what} out of type.`,
  );
}

function checkAlternatives(document: Document, { pointer, schema }: Node): void {
  const { anyOf, oneOf, type } = schema;
  const keyword = oneOf ? "oneOf" : "anyOf";
  const alternatives = oneOf ?? anyOf;
  if (!alternatives) return;
  if (alternatives.length === 0) refuse(pointer, `has an empty ${keyword}; leave it out.`);
  const possible = alternatives.flatMap((alternative, index) =>
    typesOf(
      document,
      partsOf(document, { schema: alternative, pointer: `${pointer}/${keyword}/${index}` }),
    ),
  );
  const never = [type ?? []].flat().filter((one) => !hasCommon(possible, one));
  if (never.length > 0) {
    const what = never.join(" or ");
    refuse(
      pointer,
      `allows the type ${what}, which no alternative of its ${keyword} has: add an alternative for it, or leave ` +
        `${what} out of type.`,
    );
  }
}

function hasCommon(types: readonly string[], type: string): boolean {
  return isAmong(types, type) || types.some((one) => isAmong([type], one));
}

/** A type of a field says that it is required where the field is declared, and nowhere else. */
function checkRequired(document: Document, { pointer, schema }: Node): void {
  for (const name of schema.required ?? []) {
    if (declares(document, schema, name)) continue;
    refuse(
      pointer,
      `requires "${name}", which it does not declare: declare "${name}" in properties beside required` +
        `${schema.oneOf ? ", or require it in each alternative" : ""}, or take it out of required.`,
    );
  }
}

function declares(document: Document, schema: Schema | boolean | undefined, name: string): boolean {
  if (typeof schema !== "object") return false;
  const { $ref, allOf = [], oneOf } = schema;
  if (has(schema, name)) return true;
  const members = $ref === undefined ? allOf : [{ $ref }, ...allOf];
  const isInMember = members.some((member) => {
    if (typeof member !== "object") return false;
    if (member.$ref === undefined) return declares(document, member, name);
    const model = document.components?.schemas?.[modelName(member.$ref) ?? ""];
    return model !== undefined && has(model, name);
  });
  if (isInMember) return true;
  return (
    oneOf?.every((alternative) =>
      partsOf(document, { schema: alternative, pointer: "" }).some(
        (part) => part.schema.required?.includes(name) && has(part.schema, name),
      ),
    ) ?? false
  );
}

function has({ properties = {} }: Schema, name: string): boolean {
  return Object.hasOwn(properties, name);
}

function checkTypes(document: Document, parts: readonly Part[]): void {
  const place = parts.at(-1)?.pointer ?? "";
  const declared = parts.map((part) => {
    const { const: _, enum: __, ...schema } = part.schema;
    return { ...part, schema };
  });
  const types = typesOf(document, declared);
  if (types.length === 0) {
    const all = parts.map((part) => `${words(typesOf(document, [part]))} in ${part.pointer}`);
    refuse(place, `can have no value: it is ${[...new Set(all)].join(", and ")}. Say one type.`);
  }
  for (const { pointer, schema } of parts) {
    const values = valuesOf(schema) ?? [];
    const never = values.filter((value) => !hasType(types, value));
    if (never.length === 0) continue;
    const keyword = schema.enum ? "enum" : "const";
    refuse(
      pointer,
      `lists ${inWords(never)} in ${keyword}, and is of type ${words(types)}: take it out of ${keyword}, or add ` +
        "its type to type.",
    );
  }
  const lists = parts.flatMap((part) => valuesOf(part.schema) ?? []);
  const listing = parts.filter((part) => valuesOf(part.schema));
  const isPossible = (value: unknown) =>
    listing.every((part) => valuesOf(part.schema)?.includes(value));
  if (listing.length > 1 && !lists.some(isPossible)) {
    const where = listing.map(({ pointer }) => pointer).join(" and ");
    refuse(place, `can have no value: ${where} list none in common. List its values in one place.`);
  }
}

/** A field that several parts declare. */
function checkFields(document: Document, parts: readonly Part[]): void {
  const names = parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {}));
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  for (const name of repeated) checkTypes(document, fieldParts(document, parts, name));
}

function fieldParts(document: Document, parts: readonly Part[], name: string): Part[] {
  const declared = parts.flatMap((part) => fieldOf(part, name) ?? []);
  return declared.flatMap((field) => partsOf(document, field));
}

/** To TypeScript the values of a map are those of all fields, also of the ones beside it. */
function checkMaps(document: Document, parts: readonly Part[]): void {
  const names = new Set(parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
  for (const { pointer, schema } of parts) {
    const values = schema.additionalProperties;
    if (typeof values !== "object") continue;
    const allowed = partsOf(document, {
      schema: values,
      pointer: `${pointer}/additionalProperties`,
    });
    const isLimited = allowed.some((part) =>
      Object.keys(withoutAnnotations(part.schema)).some((keyword) => keyword !== "type"),
    );
    const types = typesOf(document, allowed).map(asNumber);
    for (const name of names) {
      const own = typesOf(document, fieldParts(document, parts, name)).map(asNumber);
      const isAllowed = own.every((type) => types.includes(type));
      if (isAllowed && (!isLimited || allowed.length === 0)) continue;
      refuse(
        pointer,
        `has additionalProperties with a schema beside the field "${name}", which the types would take for one of ` +
          "these values: make it additionalProperties: true, or put the map in a field of its own.",
      );
    }
  }
}
