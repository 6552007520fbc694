import { CliError } from "../lib/cli-error.js";
import { closedUnion } from "./closed-union.js";
import { checkContradictions } from "./contradictions.js";
import type { Document, Schema } from "./document.js";
import { typesOf, words } from "./json-types.js";
import { uncheckedLimits, withoutAnnotations } from "./schema-keywords.js";
import { fieldOf, modelOf, nodesOf, type Part, type Placed, partsOf } from "./schema-parts.js";

/** Closes what matches all of these schemas: it holds nothing that none of them declares. */
export type Close = (...schemas: readonly Placed[]) => Schema;

/**
 * Closes the schemas of a document: an answer that holds more than they declare does not match.
 *
 * An object is closed as a whole, since a closed member of an `allOf` would refuse the fields of the others. What the
 * document itself says of additional fields stays, and an object of which it declares no field is any object.
 *
 * Each schema carries its place as `$comment`, and where it has no `type` that says so, what it takes as `title`.
 *
 * @param onModel - told the name of each model that is referred to; the closed schemas refer to it by that name
 * @param onUnchecked - told of each limit that the closed schemas leave out, with its place in the document
 */
export function closer(
  document: Document,
  onModel: (name: string) => void,
  onUnchecked: (pointer: string, keyword: string) => void,
): Close {
  /** What is being closed: the places of the schemas that are one. */
  const within: string[] = [];

  const close: Close = (...schemas) => {
    const $comment = schemas.at(-1)?.pointer ?? "";
    const key = schemas.map(({ pointer }) => pointer).join(" ");
    if (within.includes(key)) {
      throw new CliError(
        `${$comment} puts models together that hold themselves; write out what there can be, as one.`,
        { pointer: $comment },
      );
    }
    within.push(key);
    const closed = closeAll(schemas, $comment);
    within.pop();
    return closed;
  };

  function closeAll(schemas: readonly Placed[], $comment: string): Schema {
    const parts = schemas.flatMap((schema) => partsOf(document, schema));
    // What is beside a union has been checked together with it.
    const whole = schemas.filter(({ isBeside }) => !isBeside);
    const nodes = whole.flatMap((schema) => nodesOf(document, schema));
    checkContradictions(document, nodes, parts);
    const types = typesOf(document, parts);
    const title = words(types);

    const name = schemas.length === 1 && schemas[0] ? modelOf(schemas[0]) : undefined;
    if (name !== undefined) {
      onModel(name);
      return { $comment, title, $ref: name };
    }
    const [union, another] = parts.filter(({ schema }) => schema.oneOf ?? schema.anyOf);
    if (another) {
      throw new CliError(
        `${$comment} puts more than one oneOf or anyOf together; write out what there can be, as one.`,
        { pointer: $comment },
      );
    }
    if (union) return { $comment, title, ...closedUnion(document, parts, union, close) };

    const members = parts.map(closeChildren);
    const isClosed = members.some(({ properties }) => properties) && !parts.some(isAnyObject);
    if (members.length < 2) {
      const [only = {}] = members;
      const closed = { ...(isClosed ? { additionalProperties: false } : {}), ...only, $comment };
      return only.type ? closed : { ...closed, title };
    }
    return {
      $comment,
      title,
      // The type once for all of them: an answer of another type is one finding, not one for each.
      ...(title === "anything" ? {} : { type: types }),
      allOf: members.map(withoutWhole).map(withOwnRequired),
      ...(isClosed ? { unevaluatedProperties: false } : {}),
    };
  }

  /**
   * The schema as it is, but for what is in it. A field that several parts declare is closed as one, by the first of
   * them: each would refuse what the others declare in it. So are items.
   */
  function closeChildren(part: Part, _: number, parts: readonly Part[]): Schema {
    const { schema, pointer } = part;
    const { additionalProperties, items, properties = {}, ...rest } = withoutAnnotations(schema);
    const closed: Schema = { $comment: pointer, ...rest };
    const inner = (childOf: (one: Part) => Placed | undefined): Schema | undefined => {
      const all = parts.flatMap((one) => childOf(one) ?? []);
      return all[0]?.pointer === childOf(part)?.pointer ? close(...withoutRepeats(all)) : undefined;
    };
    const names = Object.keys(properties);
    if (names.length > 0) {
      const fields = names.map((name) => [name, inner((one) => fieldOf(one, name))] as const);
      closed.properties = Object.fromEntries(
        fields.flatMap(([name, one]) => (one ? [[name, one]] : [])),
      );
    }
    if (typeof additionalProperties === "boolean") {
      closed.additionalProperties = additionalProperties;
    } else if (additionalProperties) {
      const child = { schema: additionalProperties, pointer: `${pointer}/additionalProperties` };
      closed.additionalProperties = close(child);
    }
    const closedItems = items === undefined ? undefined : inner(itemsOf);
    if (closedItems) closed.items = closedItems;
    for (const keyword of uncheckedLimits(closed, closedItems)) {
      delete closed[keyword];
      onUnchecked(pointer, keyword);
    }
    return closed;
  }

  return close;
}

function itemsOf({ schema: { items }, pointer }: Part): Placed | undefined {
  return items === undefined ? undefined : { schema: items, pointer: `${pointer}/items` };
}

/** Without a model that is there already. */
function withoutRepeats(schemas: readonly Placed[]): Placed[] {
  const models = schemas.map(modelOf);
  return schemas.filter((_, index) => {
    return models[index] === undefined || models.indexOf(models[index]) === index;
  });
}

/**
 * A member without what is said of the whole. One that takes no other fields than its own would refuse those of the
 * others, and the types let it have them.
 */
function withoutWhole({ type, additionalProperties, ...member }: Schema): Schema {
  return additionalProperties === undefined || additionalProperties === false
    ? member
    : { ...member, additionalProperties };
}

/** Requires a field where it is declared, which is where a finding looks for its type. */
function withOwnRequired({ required: _, ...member }: Schema, index: number, all: Schema[]): Schema {
  const names = all.flatMap((one) => one.required ?? []);
  const declaring = (name: string) =>
    all.findIndex(({ properties = {} }) => Object.hasOwn(properties, name));
  const required = [...new Set(names)].filter((name) => declaring(name) === index);
  return required.length > 0 ? { ...member, required } : member;
}

/** Whether to TypeScript it is `Record<string, unknown>`, which leaves open what it is put together with. */
function isAnyObject({ schema, isBeside }: Part): boolean {
  const { additionalProperties, properties = {}, type } = schema;
  return (
    !isBeside &&
    [type].flat().includes("object") &&
    additionalProperties === undefined &&
    Object.keys(properties).length === 0
  );
}
