import type { NamedEntry } from "../generate/operation-table.js";
import { about, type Code, print, type Span, statement } from "./code.js";
import { camelCase, readerOf } from "./reader.js";
import { argument } from "./subject.js";
import type { OperationShape, Surface } from "./surface.js";
import { valuesOf } from "./values.js";
import { variableNames } from "./variable-names.js";

/** A program that uses all there is of the client, and what each part of its text is about. */
export interface Witness {
  readonly text: string;
  readonly spans: readonly Span[];
}

/**
 * Writes a program that makes every call with every argument and every value that one of them is said to have, and
 * reads every field of what comes, each with the type that it has now. Where it compiles, so does what users wrote.
 *
 * @param entry - from where it imports the client
 * @param isRead - whether values of a model come from the API; those that are only sent are nobody's to read
 */
export function writeWitness(
  surface: Surface,
  table: readonly NamedEntry[],
  entry: string,
  isRead: (model: string) => boolean,
): Witness {
  const names = variableNames(surface);
  const variables = new Map<string, string>();

  /** A variable of a type, named for what it is passed as, unless one of another type has the name. */
  function give(name: string, type: string): string {
    for (let count = 1; ; count += 1) {
      const variable = names.of(count === 1 ? name : `${name}${count}`);
      if ((variables.get(variable) ?? type) !== type) continue;
      variables.set(variable, type);
      return variable;
    }
  }

  const { objects } = valuesOf(surface, give);
  const reader = readerOf(surface, names);

  function model(name: string): Code {
    const variable = names.of(camelCase(name));
    const shape = { kind: "model", name, text: name } as const;
    const reading = { subject: name, taken: [variable], within: [] };
    const body = reader.value(variable, "value", { isOptional: false, shape }, reading);
    return about(name, `void ((${variable}: ${name}) => {\n`, body, "});\n");
  }

  function operation({ operationId: id, entry: row }: NamedEntry, shape: OperationShape): Code {
    const named = [...shape.arguments].map(
      ([name, one]) => [name, one, argument(id, name)] as const,
    );
    const calls = objects(named, []);
    // What needs no argument is called without.
    if (named.every(([, one]) => one.isOptional)) calls.unshift("");
    const [args = ""] = calls;
    const wait = row.list ? "" : "await ";
    const uses = calls.map((values) => statement(id, [wait, "loke.", id, "(", values, ");"]));
    const read = row.list ? reader.list : reader.call;
    // In here a method that is gone is `any`, so that one mistake is told once.
    const method = statement(id, `const loke = { ${id}: client.${id} };`, `loke.${id}`);
    const body = [method, uses, read(id, args, shape.result)];
    return about(id, "void (async (client: LokeClient) => {\n", body, "});\n");
  }

  const models = [...surface.models.keys()];
  const imports = models.map((name) => {
    const line = (from: string) => `import type { ${name} } from "${from}"`;
    return statement(name, `${line(entry)};`, line("loke-customers"));
  });
  const program: Code[] = [
    `import { createClient, type LokeClient } from "${entry}";\n`,
    imports,
    models.filter(isRead).map(model),
    table.map((row) => {
      const shape = surface.operations.get(row.operationId);
      return shape ? operation(row, shape) : [];
    }),
    "void createClient;\n",
  ];
  const declared = () => [...variables].map(([name, type]) => `declare const ${name}: ${type};\n`);
  return print([program, declared()]);
}
