import { refuse } from "../lib/cli-error.js";
import type { Document, Parameter, PlacedOperation, Schema } from "./document.js";
import { typesOf } from "./json-types.js";
import { alternativesOf, type Placed, partsOf, schemasUnder } from "./schema-parts.js";

/**
 * Returns the parameters that become arguments: those of path and query.
 *
 * @param onNotice - called for each optional header parameter, which is left to the option `headers`
 * @throws {CliError} for what a call could not send, or not send as declared.
 */
export function argumentsOf(
  document: Document,
  placed: PlacedOperation,
  onNotice: (notice: string) => void,
): Parameter[] {
  const { parameters, place, pointer } = placed;
  const byName = new Map<string, Parameter>();
  for (const parameter of parameters) {
    if (parameter.in === "header") {
      checkHeader(placed, parameter, onNotice);
      continue;
    }
    const { name } = parameter;
    const twin = byName.get(name);
    if (twin) {
      refuse(
        pointer,
        `${place} has two parameters named "${name}", in ${twin.in} and in ${parameter.in}; ` +
          "arguments are one flat object, so one of them must be left out.",
      );
    }
    byName.set(name, parameter);
    checkName(placed, parameter);
    checkSerialisation(placed, parameter);
    const schema = { schema: (parameter.schema ?? true) as Schema | boolean, pointer };
    if (canBeSent(document, schema, parameter.in)) continue;
    const types = typesOf(document, partsOf(document, schema)).join(" or ");
    refuse(
      pointer,
      `The parameter "${name}" of ${place} can be ${types}; a call sends strings, numbers and booleans, and in a ` +
        "query also arrays of these. Say so in its schema. One that is null is left out: give it no type null.",
    );
  }
  return [...byName.values()];
}

/** OpenAPI ignores header parameters of these names: other parts of the document speak of them. */
const ignored = /^(accept|authorization|content-type)$/i;

function checkHeader(
  { place, pointer }: PlacedOperation,
  { name, required }: Parameter,
  onNotice: (notice: string) => void,
): void {
  if (ignored.test(name)) return;
  if (required) {
    refuse(
      pointer,
      `${place} requires the header parameter "${name}"; arguments of a call are those of path and query only. ` +
        "Declare it as optional: callers give it in the option `headers`.",
    );
  }
  onNotice(`The header parameter "${name}" of ${place} is no argument: it is left to \`headers\`.`);
}

function checkName({ place, pointer }: PlacedOperation, parameter: Parameter): void {
  const { in: where, name, required } = parameter;
  if (name === "__proto__" || (!required && name in Object.prototype)) {
    refuse(
      pointer,
      `${place} has the optional parameter "${name}". Each object inherits something of that name, so a call ` +
        "that leaves it out would not compile: leave it out of the document, or make it required.",
    );
  }
  if (where !== "path" && where !== "query") {
    refuse(
      pointer,
      `${place} has the ${where} parameter "${name}"; the client passes path and query only.`,
    );
  }
  // openapi-fetch writes names into the URL as they are, and reads a style off the ends of those in a path.
  const isOdd = where === "query" ? /[&=#+%\s\p{Cc}]|^$/u.test(name) : /^[.;]|\*$/.test(name);
  if (isOdd) {
    refuse(
      pointer,
      `The name of the ${where} parameter "${name}" of ${place} would be read as something else in a URL; ` +
        "a call cannot send it. Leave it out of the document.",
    );
  }
}

function checkSerialisation({ place, pointer }: PlacedOperation, parameter: Parameter): void {
  const isPath = parameter.in === "path";
  const style = isPath ? "simple" : "form";
  const isUnusual =
    (parameter.style ?? style) !== style ||
    parameter.explode === isPath ||
    parameter.allowReserved === true ||
    parameter.content !== undefined;
  if (!isUnusual) return;
  refuse(
    pointer,
    `The parameter "${parameter.name}" of ${place} is serialised in a way that the client does not know; ` +
      "leave out style, explode, allowReserved and content.",
  );
}

const scalars: readonly string[] = ["string", "number", "integer", "boolean"];

/** Whether each value that a schema allows has one form in a URL. */
function canBeSent(document: Document, placed: Placed, where: string): boolean {
  const types = typesOf(document, partsOf(document, placed));
  if (types.length === 0) return false;
  if (types.every((type) => scalars.includes(type))) return true;
  const hasArrays = where === "query" && types.includes("array");
  if (!hasArrays || !types.every((type) => type === "array" || scalars.includes(type)))
    return false;
  const items = itemsIn(document, placed);
  return items.length > 0 && items.every((one) => canBeSent(document, one, "items"));
}

/** The items of all arrays that a schema can be. */
function itemsIn(document: Document, placed: Placed): Placed[] {
  return partsOf(document, placed).flatMap((part) => [
    ...schemasUnder(part, "items"),
    ...(alternativesOf(part) ?? []).flatMap((one) => itemsIn(document, one)),
  ]);
}
