import type TS from "typescript";
import type { Document } from "../generate/document.js";
import { operationTable, type TableEntry } from "../generate/operation-table.js";
import { type GeneratedFiles, render } from "../generate/render.js";
import { CliError } from "../lib/cli-error.js";
import { accessTo, callOf, variableName } from "../lib/identifiers.js";
import { ts } from "../lib/typescript.js";
import { argument, field, item, mapValue, result } from "./subject.js";
import { type View, viewOf } from "./view.js";

/** A document, and the types of the client that is generated from it. */
export interface ClientModel {
  readonly name: string;
  readonly view: View;
  readonly generated: GeneratedFiles;
  readonly operations: ReadonlyMap<string, TableEntry>;
  /** Everything that has a type, by its subject. */
  readonly parts: ReadonlyMap<string, TypedPart>;
}

/** A subject that has a type. */
export interface TypedPart {
  readonly subject: string;
  /** Its type as TypeScript, with `undefined` where it can be missing. */
  readonly text: string;
  /** The types that its values can have: more than one for a union. */
  readonly members: readonly Member[];
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

export interface Member {
  readonly text: string;
  readonly isLiteral: boolean;
  /** The models that it is, or that it is an intersection of. */
  readonly models: readonly string[];
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
    const parts = typedParts(generated, operations);
    return { name, view: viewOf(document as Document), generated, operations, parts };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError(`${name} cannot become a client: ${message}`);
  }
}

type Place = Pick<TypedPart, "expression" | "holder" | "name" | "subject" | "type">;

const json = "application/json";

/**
 * Collects every model, argument, result and field, with the types as the generated files write them: nothing here has to
 * know how a schema becomes a type.
 */
function typedParts(
  generated: GeneratedFiles,
  operations: ReadonlyMap<string, TableEntry>,
): Map<string, TypedPart> {
  // As one text: the printer reads names and literals from the text of the file that it is given.
  const source = `${generated["models.ts"]}${generated["schema.ts"]}`;
  const file = ts.createSourceFile("types.ts", source, ts.ScriptTarget.Latest);
  const printer = ts.createPrinter({ removeComments: true });
  const declared = new Map(file.statements.flatMap(declaredBy));
  const models = new Set(fieldsOf(lookUp(declared.get("components"), ["schemas"])).map(nameOf));
  const parts = new Map<string, TypedPart>();

  for (const name of models) {
    const type = declared.get(name);
    const place = { subject: name, name, type: (side: Side) => `${side}Models.${name}` };
    if (type) add({ ...place, expression: variableName(name) }, type);
  }
  for (const operation of fieldsOf(declared.get("operations"))) {
    const id = nameOf(operation);
    const key = JSON.stringify(id);
    const given = argumentsOf(operation.type);
    for (const [name, { isOptional, type }] of given) {
      const place = {
        subject: argument(id, name),
        type: (side: Side) => `Field<${side}Arguments<${key}>, ${JSON.stringify(name)}>`,
        expression: variableName(name),
        holder: { subject: id, name },
      };
      add(place, type, isOptional);
    }
    const needed = [...given].filter(([, { isOptional }]) => !isOptional).map(([name]) => name);
    const call = `await ${callOf(id, needed)}`;
    const place = {
      subject: result(id),
      type: (side: Side) => `${side}Result<${key}>`,
      expression: operations.get(id)?.list ? `(${call}.page()).items` : `(${call})`,
    };
    add(place, ts.factory.createUnionTypeNode(resultsOf(operation.type)));
  }
  return parts;

  function add(place: Place, node: TS.TypeNode, isOptional = false): void {
    const members = membersOf(node);
    const known = parts.get(place.subject);
    const isNullable = isOptional || members.some(isNothing) || known?.isNullable === true;
    const text = textOf(plain(node)) + (isOptional ? " | undefined" : "");
    parts.set(place.subject, {
      ...place,
      text: known && known.text !== text ? `${known.text} | ${text}` : text,
      members: [...(known?.members ?? []), ...members.map(member)],
      isOptional: isOptional || known?.isOptional === true,
      isNullable,
    });
    // What can be missing is read with `!`.
    const expression = isNullable ? `${place.expression}!` : place.expression;
    for (const one of members) addWithin({ ...place, expression }, one);
  }

  /** Adds what is within a part. */
  function addWithin(place: Place, node: TS.TypeNode): void {
    const { expression, subject, type } = place;
    const inner = (name: string, how: string, access: string, one: TS.TypeNode) =>
      add(
        {
          subject: name,
          type: (side) => `${how}<${type(side)}>`,
          expression: expression + access,
        },
        one,
      );
    if (ts.isIntersectionTypeNode(node)) for (const one of node.types) addWithin(place, plain(one));
    if (ts.isArrayTypeNode(node)) inner(item(subject), "Item", "[0]", node.elementType);
    for (const one of fieldsOf(node)) {
      const name = nameOf(one);
      const inField = {
        subject: field(subject, name),
        type: (side: Side) => `Field<${type(side)}, ${JSON.stringify(name)}>`,
        expression: accessTo(expression, name),
        holder: { subject, name },
      };
      add(inField, one.type, one.questionToken !== undefined);
    }
    const rest = ts.isTypeLiteralNode(node) && node.members.find(ts.isIndexSignatureDeclaration);
    if (rest) inner(mapValue(subject), "Value", '["anyKey"]', rest.type);
  }

  function textOf(node: TS.TypeNode): string {
    return printer
      .printNode(ts.EmitHint.Unspecified, node, file)
      .replaceAll(/\s+/g, " ")
      .replaceAll("; }", " }");
  }

  /** The members of a union, those of unions in it included. */
  function membersOf(node: TS.TypeNode): TS.TypeNode[] {
    const one = plain(node);
    return ts.isUnionTypeNode(one) ? one.types.flatMap(membersOf) : [one];
  }

  function member(node: TS.TypeNode): Member {
    const types = ts.isIntersectionTypeNode(node) ? node.types : [node];
    const text = textOf(node);
    const isLiteral = ts.isLiteralTypeNode(node) && text !== "null";
    return { text, isLiteral, models: types.map(textOf).filter((name) => models.has(name)) };
  }

  function isNothing(node: TS.TypeNode): boolean {
    return /^(null|undefined)$/.test(textOf(node));
  }

  /** A type without parentheses; in the place of a reference to a shared response or the like, what it leads to. */
  function plain(node: TS.TypeNode): TS.TypeNode {
    if (ts.isParenthesizedTypeNode(node)) return plain(node.type);
    return ts.isIndexedAccessTypeNode(node) ? (followed(node) ?? node) : node;
  }

  function followed(node: TS.TypeNode | undefined): TS.TypeNode | undefined {
    if (!node || !ts.isIndexedAccessTypeNode(node)) return node;
    const { root, keys } = pathOf(node);
    return followed(lookUp(declared.get(root), keys));
  }

  /** The type that a path of keys leads to, through references. */
  function lookUp(
    start: TS.TypeNode | undefined,
    [key, ...rest]: readonly string[],
  ): TS.TypeNode | undefined {
    const type = fieldsOf(start).find((one) => nameOf(one) === key)?.type;
    return rest.length === 0 ? type : lookUp(followed(type), rest);
  }

  function argumentsOf(operation: TS.TypeNode) {
    const values = ["path", "query"].flatMap((place) =>
      fieldsOf(lookUp(operation, ["parameters", place])).map((one) => [nameOf(one), one] as const),
    );
    const body = lookUp(operation, ["requestBody", "content", json]);
    const declaration = fieldsOf(operation).find((one) => nameOf(one) === "requestBody");
    const isOptional = declaration?.questionToken !== undefined;
    return new Map([
      ...values.map(
        ([name, { questionToken, type }]) =>
          [name, { isOptional: questionToken !== undefined, type }] as const,
      ),
      ...(body ? [["body", { isOptional, type: body }] as const] : []),
    ]);
  }

  /** What a successful call can give. */
  function resultsOf(operation: TS.TypeNode): TS.TypeNode[] {
    const statuses = fieldsOf(lookUp(operation, ["responses"])).map(nameOf);
    const results = statuses
      .filter((status) => status.startsWith("2"))
      .map(
        (status) =>
          lookUp(operation, ["responses", status, "content", json]) ??
          ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
      );
    return [...new Map(results.map((one) => [textOf(one), one])).values()];
  }
}

interface NamedField extends TS.PropertySignature {
  readonly type: TS.TypeNode;
}

function fieldsOf(node: TS.TypeNode | undefined): NamedField[] {
  if (!node || !ts.isTypeLiteralNode(node)) return [];
  return node.members.filter(
    (one): one is NamedField => ts.isPropertySignature(one) && one.type !== undefined,
  );
}

function nameOf({ name }: NamedField): string {
  return "text" in name ? name.text : "";
}

/** The name that a statement declares, and its type: for an interface, as it would be written without a name. */
function declaredBy(statement: TS.Statement): [name: string, type: TS.TypeNode][] {
  if (ts.isTypeAliasDeclaration(statement)) return [[statement.name.text, statement.type]];
  if (!ts.isInterfaceDeclaration(statement)) return [];
  return [[statement.name.text, ts.factory.createTypeLiteralNode(statement.members)]];
}

/** `components` and the keys of `components["responses"]["NotFound"]`. */
function pathOf(node: TS.TypeNode): { root: string; keys: string[] } {
  if (!ts.isIndexedAccessTypeNode(node)) {
    const isName = ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName);
    return { root: isName ? node.typeName.text : "", keys: [] };
  }
  const { root, keys } = pathOf(node.objectType);
  const { indexType } = node;
  const key =
    ts.isLiteralTypeNode(indexType) && "text" in indexType.literal ? indexType.literal.text : "";
  return { root, keys: [...keys, key] };
}
