import { refuseAt } from "../lib/cli-error.js";
import type { Document, Schema } from "./document.js";
import { asNumber, hasType, isAmong, typesOf, valuesOf, words } from "./json-types.js";
import { withoutAnnotations } from "./schema-keywords.js";
import {
  alternativesOf,
  fieldOf,
  modelName,
  modelOf,
  type Node,
  nodesOf,
  type Part,
  type Placed,
  partsOf,
  schemasUnder,
  unionKeyword,
} from "./schema-parts.js";

/** Refuses what contradicts itself in a schema, and in all that it consists of. */
export type CheckContradictions = (...schemas: readonly Placed[]) => void;

/**
 * Returns a check that refuses what contradicts itself. The types are made of each schema as it is written and do not
 * notice: they would allow what the checks refuse, or nothing at all.
 *
 * Several schemas are one value that must match all of them. A reference to a model is not followed: each model is
 * checked once, by itself.
 *
 * @throws {CliError} naming the place, what can never be, and what to write instead.
 */
export function createContradictionCheck(document: Document): CheckContradictions {
  const within: string[] = [];

  return check;

  function check(...schemas: readonly Placed[]): void {
    const place = schemas.at(-1)?.pointer ?? "";
    const key = schemas.map(({ pointer }) => pointer).join(" ");
    if (within.includes(key)) {
      refuseAt(
        place,
        "puts models together that hold themselves; write out what there can be, as one.",
      );
    }
    within.push(key);
    checkOne(schemas, place);
    within.pop();
  }

  function checkOne(schemas: readonly Placed[], place: string): void {
    const parts = schemas.flatMap((schema) => partsOf(document, schema));
    // What is beside a union has been checked together with it.
    const whole = schemas.filter(({ isBeside }) => !isBeside);
    const nodes = whole.flatMap((schema) => nodesOf(document, schema));
    checkNodes(document, nodes, parts);
    if (schemas.length === 1 && schemas[0] && modelOf(schemas[0]) !== undefined) return;
    const [union, another] = parts.filter(({ schema }) => schema.oneOf ?? schema.anyOf);
    if (another) {
      refuseAt(
        place,
        "puts more than one oneOf or anyOf together; write out what there can be, as one.",
      );
    }
    const inner = union ? eachAlternative(document, parts, union) : childrenOf(parts);
    for (const one of inner) check(...one);
  }
}

/** Each alternative of a union, together with all that is written beside it. */
function eachAlternative(document: Document, parts: readonly Part[], union: Part): Placed[][] {
  const { anyOf: _, oneOf: __, ...beside } = union.schema;
  const others = parts
    .map((part) => (part === union ? { ...union, schema: beside } : part))
    .filter((part) => partsOf(document, part).length > 0);
  return (alternativesOf(union) ?? []).map((alternative) => {
    const schemas = [...others, alternative];
    const all = schemas.flatMap((one) => partsOf(document, one));
    if (typesOf(document, all).length > 0) return schemas;
    return refuseAt(
      alternative.pointer,
      "can have no value beside what is true of all alternatives; leave it out, or say its type there.",
    );
  });
}

/** The schemas of each field, of the items and of the values of a map. A field that several parts declare is one. */
function childrenOf(parts: readonly Part[]): Placed[][] {
  const names = new Set(parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
  const fields = [...names].map((name) => parts.flatMap((part) => fieldOf(part, name) ?? []));
  const items = parts.flatMap((part) => schemasUnder(part, "items"));
  const maps = parts
    .flatMap((part) => schemasUnder(part, "additionalProperties"))
    .filter(({ schema }) => typeof schema === "object")
    .map((one) => [one]);
  return [...[...fields, items].filter(({ length }) => length > 0).map(withoutRepeats), ...maps];
}

/** Without a model that is there already. */
function withoutRepeats(schemas: readonly Placed[]): Placed[] {
  const models = schemas.map(modelOf);
  return schemas.filter((_, index) => {
    return models[index] === undefined || models.indexOf(models[index]) === index;
  });
}

function checkNodes(document: Document, nodes: readonly Node[], parts: Part[]): void {
  for (const node of nodes) {
    checkNames(node);
    checkValues(node);
    checkAlternatives(document, node);
    checkRequired(document, node);
  }
  checkTypes(document, parts);
  checkMaps(document, parts);
}

const inWords = (values: readonly unknown[]) => values.map((one) => JSON.stringify(one)).join(", ");

/** openapi-typescript calls what its tables of keywords have under the name of a field. Two of these do not throw. */
function checkNames({ pointer, schema: { properties = {} } }: Node): void {
  const isUnreadable = (name: string) =>
    name !== "__proto__" && name in Object.prototype && !/^(constructor|toString)$/.test(name);
  const unreadable = Object.keys(properties).find(isUnreadable);
  if (unreadable === undefined) return;
  refuseAt(
    pointer,
    `has a field "${unreadable}", which openapi-typescript cannot read. Leave it out of the document.`,
  );
}

function checkValues({ pointer, schema }: Node): void {
  const { enum: values, type } = schema;
  if (values?.length === 0) refuseAt(pointer, "has an enum of no value; list its values.");
  if ("const" in schema && schema.const === null && type !== "null") {
    refuseAt(pointer, 'has the const null, which makes no type; write type: "null" instead.');
  }
  if (!values || !Array.isArray(type)) return;
  const never = type.filter((one) => !values.some((value) => hasType([one], value)));
  if (never.length === 0) return;
  const what = never.join(" or ");
  refuseAt(
    pointer,
    `allows the type ${what}, of which its enum has no value: add ${what === "null" ? "null" : "one"} to enum, ` +
      `or leave ${what} out of type.`,
  );
}

function checkAlternatives(document: Document, node: Node): void {
  const { pointer, schema } = node;
  const keyword = unionKeyword(node);
  const alternatives = alternativesOf(node);
  if (!alternatives) return;
  if (alternatives.length === 0) refuseAt(pointer, `has an empty ${keyword}; leave it out.`);
  const possible = alternatives.flatMap((one) => typesOf(document, partsOf(document, one)));
  const never = [schema.type ?? []].flat().filter((one) => !hasCommon(possible, one));
  if (never.length > 0) {
    const what = never.join(" or ");
    refuseAt(
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
    refuseAt(
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
    refuseAt(place, `can have no value: it is ${[...new Set(all)].join(", and ")}. Say one type.`);
  }
  for (const { pointer, schema } of parts) {
    const values = valuesOf(schema) ?? [];
    const never = values.filter((value) => !hasType(types, value));
    if (never.length === 0) continue;
    const keyword = schema.enum ? "enum" : "const";
    refuseAt(
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
    refuseAt(
      place,
      `can have no value: ${where} list none in common. List its values in one place.`,
    );
  }
}

function fieldParts(document: Document, parts: readonly Part[], name: string): Part[] {
  const declared = parts.flatMap((part) => fieldOf(part, name) ?? []);
  return declared.flatMap((field) => partsOf(document, field));
}

/** To TypeScript the values of a map are those of all fields, also of the ones beside it. */
function checkMaps(document: Document, parts: readonly Part[]): void {
  const names = new Set(parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
  for (const part of parts) {
    const { pointer } = part;
    const [values] = schemasUnder(part, "additionalProperties");
    if (typeof values?.schema !== "object") continue;
    const allowed = partsOf(document, values);
    const isLimited = allowed.some((part) =>
      Object.keys(withoutAnnotations(part.schema)).some((keyword) => keyword !== "type"),
    );
    const types = typesOf(document, allowed).map(asNumber);
    for (const name of names) {
      const own = typesOf(document, fieldParts(document, parts, name)).map(asNumber);
      const isAllowed = own.every((type) => types.includes(type));
      if (isAllowed && (!isLimited || allowed.length === 0)) continue;
      refuseAt(
        pointer,
        `has additionalProperties with a schema beside the field "${name}", which the types would take for one of ` +
          "these values: make it additionalProperties: true, or put the map in a field of its own.",
      );
    }
  }
}
