import type { Document } from "../generate/document.js";
import { operationTable, type TableEntry } from "../generate/operation-table.js";
import { type GeneratedFiles, render } from "../generate/render.js";
import { CliError } from "../lib/cli-error.js";
import { isIdentifier, variableName } from "../lib/identifiers.js";
import { argument, field, item, mapValue, result, wholesOf } from "./subject.js";
import { type Field, readSurface, type Shape, type Surface } from "./surface.js";
import { type View, viewOf } from "./view.js";

/** A document, and the types of the client that is generated from it. */
export interface ClientModel {
  readonly name: string;
  readonly view: View;
  readonly generated: GeneratedFiles;
  readonly operations: ReadonlyMap<string, TableEntry>;
  /** Everything that has a type, by the name of its subject. */
  readonly parts: ReadonlyMap<string, TypedPart>;
}

/** A subject that has a type. */
export interface TypedPart {
  readonly subject: string;
  /** Its type as TypeScript, with `undefined` where it can be missing. */
  readonly text: string;
  /** Its shapes: several for a field that several members of a union have. */
  readonly shapes: readonly Shape[];
  readonly isOptional: boolean;
  /** Whether its value can be null or undefined where it is read. */
  readonly isNullable: boolean;
  /** The model that it is, if it is not a part of something. */
  readonly name?: string;
  /** The type expression that leads to it from the types of one side. */
  readonly type: (side: Side) => string;
  /** The expression with which a user reads it. */
  readonly expression: string;
  /** The subject that it is a field or argument of, and its name there. */
  readonly holder?: { readonly subject: string; readonly name: string };
}

/** The prefix of the types of one document in a check. */
export type Side = "Old" | "New";

/**
 * Renders the client of a document.
 *
 * @param name - the name of the document in messages
 * @throws {CliError} if the generator refuses the document.
 */
export async function buildModel(document: unknown, name: string): Promise<ClientModel> {
  try {
    if (typeof document !== "object" || document === null) throw new Error("it is no object.");
    const generated = await render(document as Document);
    const table = operationTable(document as Document);
    const operations = new Map(table.map(({ operationId, entry }) => [operationId, entry]));
    const parts = typedParts(readSurface(generated), operations);
    return { name, view: viewOf(document as Document), generated, operations, parts };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError(`${name} cannot become a client: ${message}`);
  }
}

/** Collects every model, argument, result and field of a client. */
function typedParts(
  surface: Surface,
  operations: ReadonlyMap<string, TableEntry>,
): Map<string, TypedPart> {
  const parts = new Map<string, TypedPart>();

  function add(part: Omit<TypedPart, "isNullable" | "shapes">, shape: Shape): void {
    const known = parts.get(part.subject);
    const isNullable = part.isOptional || membersOf(shape).some(isNothing);
    const isNew = known === undefined || known.text === part.text;
    parts.set(part.subject, {
      ...part,
      text: isNew ? part.text : `${known.text} | ${part.text}`,
      shapes: [...(known?.shapes ?? []), shape],
      isOptional: part.isOptional || known?.isOptional === true,
      isNullable: isNullable || known?.isNullable === true,
    });
    visit({ ...part, expression: isNullable ? `${part.expression}!` : part.expression }, shape);
  }

  /** Adds what is within a part. */
  function visit(part: Omit<TypedPart, "isNullable" | "shapes">, shape: Shape): void {
    const { expression, subject, type } = part;
    const inner = (name: string, how: string, one: Shape, access: string) =>
      add(
        {
          subject: name,
          text: one.text,
          isOptional: false,
          type: (side) => `${how}<${type(side)}>`,
          expression: expression + access,
        },
        one,
      );
    if (shape.kind === "object") {
      for (const [name, one] of shape.fields) {
        add(
          {
            subject: field(subject, name),
            text: textOf(one),
            isOptional: one.isOptional,
            type: (side) => `Field<${type(side)}, ${JSON.stringify(name)}>`,
            expression:
              expression + (isIdentifier(name) ? `.${name}` : `[${JSON.stringify(name)}]`),
            holder: { subject, name },
          },
          one.shape,
        );
      }
      if (shape.rest) inner(mapValue(subject), "Value", shape.rest, '["anyKey"]');
    }
    if (shape.kind === "array") inner(item(subject), "Item", shape.item, "[0]");
    if (shape.kind === "union" || shape.kind === "intersection") {
      for (const member of shape.members) visit(part, member);
    }
  }

  for (const [name, shape] of surface.models) {
    const type = (side: Side) => `${side}Models.${name}`;
    add(
      {
        subject: name,
        name,
        text: shape.text,
        isOptional: false,
        type,
        expression: variableName(name),
      },
      shape,
    );
  }
  for (const [id, operation] of surface.operations) {
    for (const [name, one] of operation.arguments) {
      add(
        {
          subject: argument(id, name),
          text: textOf(one),
          isOptional: one.isOptional,
          type: (side) => `Field<${side}Arguments<${JSON.stringify(id)}>, ${JSON.stringify(name)}>`,
          expression: variableName(name),
          holder: { subject: id, name },
        },
        one.shape,
      );
    }
    const needed = [...operation.arguments].filter(([, one]) => !one.isOptional);
    const call = callOf(
      id,
      needed.map(([name]) => name),
    );
    const isList = operations.get(id)?.list !== undefined;
    add(
      {
        subject: result(id),
        text: operation.result.text,
        isOptional: false,
        type: (side) => `${side}Result<${JSON.stringify(id)}>`,
        expression: isList ? `(await ${call}.page()).items` : `(await ${call})`,
      },
      operation.result,
    );
  }
  return parts;
}

/** Finds a part, also one of a model that is in the place of a subject. */
export function partAt(
  { parts }: Pick<ClientModel, "parts">,
  subject: string,
): TypedPart | undefined {
  const own = parts.get(subject);
  if (own) return own;
  for (const whole of wholesOf(subject)) {
    const shapes = parts.get(whole)?.shapes.flatMap(membersOf) ?? [];
    const members = shapes.flatMap((one) => (one.kind === "intersection" ? one.members : [one]));
    const rest = subject.slice(whole.replace(/ \}\)$/, "").length).replace(/ \}\)$/, "");
    for (const member of members) {
      const found = member.kind === "model" ? partAt({ parts }, member.name + rest) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** A call as a user writes it; arguments are names of variables, or a name and a value. */
export function callOf(id: string, values: readonly string[]): string {
  return `loke.${id}(${values.length > 0 ? `{ ${values.join(", ")} }` : ""})`;
}

function textOf({ isOptional, shape }: Field): string {
  return isOptional ? `${shape.text} | undefined` : shape.text;
}

function isNothing({ text }: Shape): boolean {
  return text === "null" || text === "undefined";
}

/** The members of a union, those of unions in it included. */
export function membersOf(shape: Shape): readonly Shape[] {
  return shape.kind === "union" ? shape.members.flatMap(membersOf) : [shape];
}
