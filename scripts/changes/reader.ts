import { about, type Code, statement } from "./code.js";
import { field, item, mapValue, result } from "./subject.js";
import type { Field, Shape, Surface } from "./surface.js";
import { isIdentifier } from "./values.js";
import type { VariableNames } from "./variable-names.js";

/** Where reading has come to. */
interface Reading {
  readonly subject: string;
  /** Names of variables that are in use. */
  readonly taken: readonly string[];
  /** Models whose parts are being read: one within itself is read once. */
  readonly within: readonly string[];
}

/** Writes code that reads values, down to the last field. */
export function readerOf(surface: Surface, names: VariableNames) {
  /** Reads what an expression gives: as a whole, and into its parts. */
  function value(expression: Code, name: string, one: Field, reading: Reading): Code {
    const { subject, taken } = reading;
    const whole = about(subject, checks(expression, names.of(name, taken), one, subject));
    const isSure = !one.isOptional && !canBeNothing(one.shape);
    // A variable that is always something is read as it is; all else is given a name first.
    if (isSure && typeof expression === "string" && isIdentifier(expression)) {
      return [whole, about(subject, parts(expression, one.shape, reading))];
    }
    const variable = names.of(name, taken);
    const inside = parts(variable, one.shape, { ...reading, taken: [...taken, variable] });
    if (inside.length === 0) return whole;
    const named = statement(subject, [`const ${variable} = (`, expression, ")!;"]);
    return [whole, about(subject, "{\n", named, inside, "}\n")];
  }

  /** Whether a value can be null or undefined. */
  function canBeNothing(shape: Shape, within: readonly string[] = []): boolean {
    if (shape.kind === "union") return shape.members.some((one) => canBeNothing(one, within));
    if (shape.kind !== "model") return shape.text === "null" || shape.text === "undefined";
    const model = within.includes(shape.name) ? undefined : surface.models.get(shape.name);
    return model !== undefined && canBeNothing(model, [...within, shape.name]);
  }

  /** Takes a value for what its type says, and compares it with each value it can have. */
  function checks(expression: Code, variable: string, one: Field, subject: string): Code[] {
    const { isOptional, shape } = one;
    const typed = (about: string, text: string) => [
      "{\n",
      statement(about, [
        `const ${variable}: ${isOptional ? `${text} | undefined` : text} = `,
        expression,
        ";",
      ]),
      "}\n",
    ];
    const compared = (about: string, what: Shape) =>
      comparisons(what).map((other) => statement(about, [expression, ` === ${other};`]));
    const model = shape.kind === "model" ? surface.models.get(shape.name) : undefined;
    // The name of a model says what it is now; what it was is in the fields, if it has any, or else is written out.
    if (shape.kind !== "model" || !model || /^(object|intersection)$/.test(model.kind)) {
      return [typed(subject, shape.text), compared(subject, shape)];
    }
    return [
      typed(subject, shape.text),
      about(shape.name, typed(shape.name, model.text), compared(shape.name, model)),
    ];
  }

  /** What code compares a value with: each value it can have, or another where it can have any. */
  function comparisons(shape: Shape, within: readonly string[] = []): string[] {
    if (shape.kind === "literal") return [shape.text];
    if (shape.kind === "union") return shape.members.flatMap((one) => comparisons(one, within));
    if (shape.kind === "model" && !within.includes(shape.name)) {
      const model = surface.models.get(shape.name);
      return model ? comparisons(model, [...within, shape.name]) : [];
    }
    if (shape.text === "string") return ['"any other text"'];
    return shape.text === "number" ? ["42"] : [];
  }

  /** Reads the parts of a variable's value. */
  function parts(variable: string, shape: Shape, reading: Reading): Code[] {
    const { subject, taken, within } = reading;
    switch (shape.kind) {
      case "object": {
        const fields = [...shape.fields].map(([name, one]) =>
          value(access(variable, name), name, one, { ...reading, subject: field(subject, name) }),
        );
        if (!shape.rest) return fields;
        // Who reads a map has to expect that a key is not there: `noUncheckedIndexedAccess`.
        const rest = { isOptional: true, shape: shape.rest };
        const ofMap = { ...reading, subject: mapValue(subject) };
        return [...fields, value(`${variable}["anyKey"]`, "value", rest, ofMap)];
      }
      case "array": {
        const one = names.of(nameOf(shape.item, "item"), taken);
        const inside = { ...reading, subject: item(subject), taken: [...taken, one] };
        return [
          statement(subject, `for (const ${one} of ${variable}) {`),
          value(one, "value", { isOptional: false, shape: shape.item }, inside),
          "}\n",
        ];
      }
      case "model": {
        const model = surface.models.get(shape.name);
        if (!model || within.includes(shape.name)) return [];
        const ofModel = { subject: shape.name, taken, within: [...within, shape.name] };
        const inside = parts(variable, model, ofModel);
        return inside.length === 0 ? [] : [about(shape.name, inside)];
      }
      case "intersection":
        return shape.members.flatMap((member) => parts(variable, member, reading));
      case "union":
        return members(variable, shape.members, reading);
      default:
        return [];
    }
  }

  /** Reads those members of a union that can be told from the others. */
  function members(variable: string, shapes: readonly Shape[], reading: Reading): Code[] {
    const present = shapes.filter(({ text }) => text !== "null" && text !== "undefined");
    const [only] = present;
    if (only && present.length === 1) return parts(variable, only, reading);
    return present.flatMap((member) => {
      const inside = parts(variable, member, reading);
      const test = testFor(variable, member, present);
      if (inside.length === 0 || !test) return [];
      return [statement(reading.subject, `if (${test}) {`), inside, "}\n"];
    });
  }

  /** Tells a member from the others: an array, the only object, or an object by a field with a value of its own. */
  function testFor(variable: string, member: Shape, all: readonly Shape[]): string | undefined {
    const isArray = `globalThis.Array.isArray(${variable})`;
    if (member.kind === "array") return isArray;
    if (!isObject(member)) return undefined;
    const objects = all.filter((one) => isObject(one));
    const isAnObject = `typeof ${variable} === "object" && !${isArray}`;
    if (objects.length === 1) return isAnObject;
    const before = objects.length === all.length ? "" : `${isAnObject} && `;
    for (const [name, mark] of marksOf(member)) {
      const marks = objects.map((one) => marksOf(one).get(name));
      if (!marks.includes(undefined) && new Set(marks).size === objects.length) {
        return `${before}${access(variable, name)} === ${mark}`;
      }
    }
    return undefined;
  }

  /** Whether a shape is an object, and no array, in any case. */
  function isObject(shape: Shape, within: readonly string[] = []): boolean {
    if (shape.kind === "model" && !within.includes(shape.name)) {
      const model = surface.models.get(shape.name);
      return model !== undefined && isObject(model, [...within, shape.name]);
    }
    if (shape.kind === "intersection") return shape.members.every((one) => isObject(one, within));
    return shape.kind === "object";
  }

  /** The fields that always have one and the same value. */
  function marksOf(shape: Shape): Map<string, string> {
    const target = shape.kind === "model" ? surface.models.get(shape.name) : shape;
    if (target?.kind === "intersection") {
      return new Map(target.members.flatMap((one) => [...marksOf(one)]));
    }
    const fields = target?.kind === "object" ? [...target.fields] : [];
    return new Map(
      fields
        .filter(([, one]) => one.shape.kind === "literal" && !one.isOptional)
        .map(([name, one]) => [name, one.shape.text]),
    );
  }

  /** Makes a call for its data, and for its data beside the response. */
  function call(id: string, args: Code, data: Shape): Code {
    const one = { isOptional: false, shape: data };
    const reading = { subject: result(id), taken: [], within: [] };
    return [
      value(["await loke.", id, "(", args, ")"], nameOf(data, "answer"), one, reading),
      "{\n",
      statement(id, ["const { data, response } = await loke.", id, ".withResponse(", args, ");"]),
      statement(result(id), `const value: ${data.text} = data;`),
      statement(id, "const { status }: globalThis.Response = response;"),
      "}\n",
    ];
  }

  /** Reads a list in every way there is. */
  function list(id: string, args: Code, page: Shape): Code {
    const call = ["loke.", id, "(", args, ")"];
    const shape = page.kind === "array" ? page.item : page;
    const one = names.of(nameOf(shape, "item"));
    const reading = { subject: item(result(id)), taken: [one], within: [] };
    const items = (expression: Code) => [
      "{\n",
      statement(result(id), [`const items: ${page.text} = `, expression, ";"]),
      "}\n",
    ];
    const loop = (head: Code) => statement(id, [head, " {"]);
    return [
      loop([`for await (const ${one} of `, call, ")"]),
      value(one, "value", { isOptional: false, shape }, reading),
      "}\n",
      loop(["for await (const page of ", call, ".pages())"]),
      items("page.items"),
      statement(id, "const next: string | undefined = page.next;"),
      statement(id, "const response: globalThis.Response = page.response;"),
      "}\n",
      items(["(await ", call, ".page()).items"]),
      items(["await ", call, ".toArray({ limit: 10 })"]),
    ];
  }

  return { call, list, value };
}

/** What to call a value: after its model, if it has one. */
function nameOf(shape: Shape, otherwise: string): string {
  return shape.kind === "model" ? camelCase(shape.name) : otherwise;
}

export function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

function access(variable: string, name: string): string {
  return isIdentifier(name) ? `${variable}.${name}` : `${variable}[${JSON.stringify(name)}]`;
}
