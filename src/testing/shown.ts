import { misfit, misfitOf } from "./fits.js";
import { type AnySchema, chosen, type Shape, shapeOf } from "./schema.js";

/**
 * Returns a sent value as a response shows it: without the fields that are not in its schema, and with those that the API
 * sets. Returns `undefined` for a value that does not fit.
 *
 * @param make - generates a value for a required field that was not sent
 */
export function shown(
  schema: AnySchema,
  value: unknown,
  make: (schema: AnySchema, name: string) => unknown,
): unknown {
  return misfit(schema, value, "") === undefined ? show(shapeOf(schema), value) : undefined;

  function show(shape: Shape, one: unknown): unknown {
    const [union] = shape.unions ?? [];
    const alternative = union?.find(
      (other) => misfitOf(chosen(shape, other), one, "") === undefined,
    );
    if (alternative !== undefined) return show(chosen(shape, alternative), one);
    if (Array.isArray(one)) return one.map((item) => show(shapeOf(shape.items ?? true), item));
    if (Object(one) !== one || shape.properties === undefined) return one;
    const { additionalProperties, properties, required = [] } = shape;
    const fields = Object.entries(one as object).flatMap(([name, inner]) => {
      const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return own === undefined ? [] : [[name, show(shapeOf(own), inner)]];
    });
    const sent = Object.fromEntries(fields);
    for (const name of required) {
      if (!Object.hasOwn(sent, name)) sent[name] = make(properties[name] ?? true, name);
    }
    return sent;
  }
}
