import { CliError } from "../lib/cli-error.js";
import type { Close } from "./closed-schema.js";
import type { Document, Schema } from "./document.js";
import { valuesOf as listedValues, typesOf } from "./json-types.js";
import { modelOf, type Part, type Placed, partsOf } from "./schema-parts.js";

/** One of the schemas of a `oneOf` or `anyOf`, together with all that is written beside these. */
interface Alternative {
  readonly schemas: readonly Placed[];
  readonly parts: readonly Part[];
  readonly types: readonly string[];
  readonly model: string | undefined;
}

/**
 * Closes a `oneOf` or `anyOf` so that a value that matches none is told what is wrong with it, and not what is wrong
 * with each alternative: the one is looked for that the value must have been meant to be, by its type, or by a field
 * whose values tell objects apart. Where neither does, it is only known that no alternative matches.
 *
 * A value may match several alternatives, also of a `oneOf`: to TypeScript both are the same union.
 *
 * @param parts - what the value must match, the union among them
 */
export function closedUnion(
  document: Document,
  parts: readonly Part[],
  union: Part,
  close: Close,
): Schema {
  const { anyOf, oneOf, ...beside } = union.schema;
  const keyword = oneOf ? "oneOf" : "anyOf";
  const rest = parts.map((part) => (part === union ? { ...union, schema: beside } : part));
  const others = rest.filter((part) => partsOf(document, part).length > 0);
  const alternatives = (oneOf ?? anyOf ?? []).map((schema, index): Alternative => {
    const one = { schema, pointer: `${union.pointer}/${keyword}/${index}` };
    const schemas = [...others, one];
    const all = schemas.flatMap((each) => partsOf(document, each));
    const types = typesOf(document, all);
    if (types.length === 0) {
      throw new CliError(
        `${one.pointer} can have no value beside what is true of all alternatives; leave it out, or say its type there.`,
        { pointer: one.pointer },
      );
    }
    return { schemas, parts: all, types, model: modelOf(one) };
  });

  const groups = groupsByType(alternatives);
  const [only] = groups;
  if (groups.length === 1 && only) return choose(only.candidates);
  const conditions = groups
    .map(({ types, candidates }) => when({ type: types }, choose(candidates)))
    .filter(({ then }) => Object.keys(then).some((key) => !/^(\$comment|title|type)$/.test(key)));
  return {
    type: groups.flatMap(({ types }) => types),
    ...(conditions.length > 0 ? { allOf: conditions } : {}),
  };

  function choose(candidates: readonly Alternative[]): Schema {
    const [candidate] = candidates;
    if (candidates.length === 1 && candidate) return close(...candidate.schemas);
    return byField(candidates) ?? opaque(candidates);
  }

  /** Only whether one matches is asked for: `not` keeps to itself what is wrong with each. */
  function opaque(candidates: readonly Alternative[]): Schema {
    const names = candidates.map(({ model, types }) => model ?? types.join(" or "));
    const closed = candidates.map(({ schemas }) => close(...schemas));
    return {
      $comment: union.pointer,
      title: `one of ${[...new Set(names)].join(", ")}`,
      not: { not: { anyOf: closed } },
    };
  }

  function byField(candidates: readonly Alternative[]): Schema | undefined {
    const names = candidates.flatMap((one) => one.parts.flatMap((part) => part.schema.required));
    const field = names.find(
      (name) => name !== undefined && areDisjoint(candidates.map((one) => valuesOf(one, name))),
    );
    if (field === undefined) return undefined;
    const values = (one: Alternative) => valuesOf(one, field) ?? [];
    const $comment = `${union.pointer}/${keyword}`;
    const all = candidates.flatMap(values);
    const known = {
      $comment,
      title: [...new Set(all.map((one) => typeof one))].join(" or "),
      enum: all,
    };
    return {
      $comment,
      type: "object",
      required: [field],
      properties: { [field]: known },
      allOf: candidates.map((one) => {
        const isThisOne = { enum: values(one) };
        const condition = { type: "object", required: [field], properties: { [field]: isThisOne } };
        return when(condition, close(...one.schemas));
      }),
    };
  }

  /** The values that a field of an alternative can have, if it lists them. */
  function valuesOf({ parts }: Alternative, field: string): unknown[] | undefined {
    if (!parts.some(({ schema }) => schema.required?.includes(field))) return undefined;
    for (const { schema, pointer } of parts) {
      const property = schema.properties?.[field];
      if (property === undefined) continue;
      for (const part of partsOf(document, { schema: property, pointer })) {
        const values = listedValues(part.schema);
        if (values) return values;
      }
    }
    return undefined;
  }
}

function when(condition: Schema, schema: Schema) {
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and nothing awaits a schema.
  return { if: condition, then: schema };
}

/** The alternatives for each type that a value can have; types with the same alternatives are one group. */
function groupsByType(alternatives: readonly Alternative[]) {
  const isNumber = alternatives.some(({ types }) => types.includes("number"));
  const typesIn = ({ types }: Alternative) =>
    types.map((type) => (type === "integer" && isNumber ? "number" : type));
  const groups = new Map<string, { types: string[]; candidates: Alternative[] }>();
  for (const type of new Set(alternatives.flatMap(typesIn))) {
    const candidates = alternatives.filter((one) => typesIn(one).includes(type));
    const key = candidates.map((one) => alternatives.indexOf(one)).join();
    const group = groups.get(key) ?? { types: [], candidates };
    group.types.push(type);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function areDisjoint(lists: readonly (unknown[] | undefined)[]): boolean {
  const values = lists.flat();
  return lists.every((list) => list !== undefined) && new Set(values).size === values.length;
}
