import { about, type Code } from "./code.js";
import { field, item, mapValue } from "./subject.js";
import type { Field, Shape, Surface } from "./surface.js";

/** Gives the name of a variable of a type, to pass where a value of that type is due. */
export type Give = (name: string, type: string) => string;

/**
 * Every value of a shape that is worth passing: the least first, then each optional field alone, each value of an
 * enum, each member of a union. Each differs from the least in one place.
 */
export function valuesOf(surface: Surface, give: Give) {
  function values(shape: Shape, name: string, subject: string, within: readonly string[]): Code[] {
    switch (shape.kind) {
      case "literal":
        return [shape.text];
      case "union":
        return shape.members.flatMap((member) => values(member, name, subject, within));
      case "array": {
        const one = item(subject);
        return values(shape.item, name, one, within).map((value) => ["[", about(one, value), "]"]);
      }
      case "model": {
        const model = surface.models.get(shape.name);
        // A model within itself: there is no end to writing it out.
        if (!model || within.includes(shape.name)) return [give(name, shape.text)];
        const written = values(model, name, shape.name, [...within, shape.name]);
        return [...written.map((one) => about(shape.name, one)), give(name, shape.text)];
      }
      case "object": {
        const fields = [...shape.fields].map(fieldOf(subject));
        if (!shape.rest) return objects(fields, within);
        const rest = values(shape.rest, "value", mapValue(subject), within);
        return [
          ...objects(fields, within),
          ...rest.map((one) => ["{ ...", least(objects(fields, within)), ", anyKey: ", one, " }"]),
        ];
      }
      case "intersection": {
        const parts = shape.members.map((member) => fieldsOf(member, subject, within));
        const names = parts.flatMap((part) => part?.map(([key]) => key) ?? []);
        // A field of several members has a type that is written nowhere.
        if (parts.includes(undefined) || new Set(names).size < names.length) {
          return [give(name, shape.text)];
        }
        return objects(
          parts.flatMap((part) => part ?? []),
          within,
        );
      }
      case "other":
        return [shape.text === "undefined" ? "undefined" : give(name, shape.text)];
    }
  }

  /** A field with its subject. */
  type Named = readonly [name: string, field: Field, subject: string];

  const fieldOf =
    (subject: string) =>
    ([name, one]: readonly [string, Field]): Named => [name, one, field(subject, name)];

  /** The fields that a member of an intersection brings, or undefined if it is not an object alone. */
  function fieldsOf(shape: Shape, subject: string, within: readonly string[]): Named[] | undefined {
    if (shape.kind === "object")
      return shape.rest ? undefined : [...shape.fields].map(fieldOf(subject));
    const model = shape.kind === "model" ? surface.models.get(shape.name) : undefined;
    if (model && shape.kind === "model" && !within.includes(shape.name)) {
      return fieldsOf(model, shape.name, [...within, shape.name]);
    }
    if (shape.kind !== "intersection") return undefined;
    const parts = shape.members.map((member) => fieldsOf(member, subject, within));
    return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }

  function objects(fields: readonly Named[], within: readonly string[]): Code[] {
    const all = fields.map(([name, one, subject]) => ({
      isOptional: one.isOptional,
      values: values(one.shape, name, subject, within).map((value) =>
        property(name, subject, value),
      ),
    }));
    const required = all.filter(({ isOptional }) => !isOptional).map((one) => least(one.values));
    const variants: Code[][] = [];
    for (const one of all) {
      if (one.isOptional) variants.push(...one.values.map((value) => [...required, value]));
      else {
        const others = required.filter((value) => value !== one.values[0]);
        variants.push(...one.values.slice(1).map((value) => [...others, value]));
      }
    }
    return [required, ...variants].map(object);
  }

  return { objects };
}

/** The first of several values; an enum of none has none. */
export function least(values: readonly Code[]): Code {
  return values[0] ?? "undefined as never";
}

function property(name: string, subject: string, value: Code): Code {
  if (value === name) return about(subject, name);
  return about(subject, isIdentifier(name) ? name : JSON.stringify(name), ": ", value);
}

function object(properties: readonly Code[]): Code {
  if (properties.length === 0) return "{}";
  return ["{ ", properties.map((one, index) => (index === 0 ? one : [", ", one])), " }"];
}

export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
