import ts from "typescript";
import { argument, field, item, mapValue, result } from "./subject.js";

/** A type, as the generated file writes it. */
export type Shape = { readonly text: string } & (
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Field>; readonly rest?: Shape }
  | { readonly kind: "array"; readonly item: Shape }
  | { readonly kind: "union" | "intersection"; readonly members: readonly Shape[] }
  | { readonly kind: "model"; readonly name: string }
  /** A value that is a type: `"created"`, `1`, `null`. */
  | { readonly kind: "literal" }
  /** `string`, `unknown`, a tuple. */
  | { readonly kind: "other" }
);

export interface Field {
  readonly isOptional: boolean;
  readonly shape: Shape;
}

/** The types that a user of the client meets, read from a generated `schema.ts`. */
export interface Surface {
  readonly models: ReadonlyMap<string, Shape>;
  readonly operations: ReadonlyMap<string, OperationShape>;
}

export interface OperationShape {
  readonly arguments: ReadonlyMap<string, Field>;
  /** What a successful call can give. */
  readonly result: Shape;
}

const json = "application/json";
const nothing: Shape = { kind: "other", text: "undefined" };

/**
 * Reads the types as they are written, so that nothing here has to know how a schema becomes a type.
 *
 * @param source - the text of a generated `schema.ts`
 */
export function readSurface(source: string): Surface {
  const file = ts.createSourceFile("schema.ts", source, ts.ScriptTarget.Latest);
  const printer = ts.createPrinter({ removeComments: true });
  const roots = new Map(
    file.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]),
  );
  const components = roots.get("components");

  function textOf(node: ts.TypeNode): string {
    return printer
      .printNode(ts.EmitHint.Unspecified, node, file)
      .replaceAll(/components\["schemas"\]\["(\w+)"\]/g, "$1")
      .replaceAll(/\s+/g, " ")
      .replaceAll("; }", " }");
  }

  function shapeOf(node: ts.TypeNode): Shape {
    if (ts.isParenthesizedTypeNode(node)) return shapeOf(node.type);
    const text = textOf(node);
    if (ts.isTypeLiteralNode(node)) return { kind: "object", text, ...membersOf(node) };
    if (ts.isArrayTypeNode(node)) return { kind: "array", text, item: shapeOf(node.elementType) };
    if (ts.isUnionTypeNode(node)) return { kind: "union", text, members: node.types.map(shapeOf) };
    if (ts.isIntersectionTypeNode(node)) {
      return { kind: "intersection", text, members: node.types.map(shapeOf) };
    }
    if (ts.isLiteralTypeNode(node)) return { kind: "literal", text };
    if (ts.isIndexedAccessTypeNode(node)) {
      const [kind, name, ...deeper] = keysOf(node);
      if (kind === "schemas" && name && deeper.length === 0) return { kind: "model", text, name };
      const target = lookUp(components, keysOf(node));
      if (target) return { ...shapeOf(target), ...(kind === "schemas" && { text }) };
    }
    return { kind: "other", text };
  }

  function membersOf(node: ts.TypeLiteralNode): { fields: Map<string, Field>; rest?: Shape } {
    const fields = new Map<string, Field>();
    let rest: Shape | undefined;
    for (const member of node.members) {
      if (ts.isIndexSignatureDeclaration(member)) rest = shapeOf(member.type);
      if (!ts.isPropertySignature(member) || !member.type) continue;
      const isOptional = member.questionToken !== undefined;
      fields.set(nameOf(member), { isOptional, shape: shapeOf(member.type) });
    }
    return { fields, ...(rest && { rest }) };
  }

  /** Follows a reference to another component, such as a shared response. */
  function followed(node: ts.TypeNode | undefined): ts.TypeNode | undefined {
    if (!node || !ts.isIndexedAccessTypeNode(node)) return node;
    return followed(lookUp(components, keysOf(node)));
  }

  /** The type that a path of keys leads to, through references. */
  function lookUp(start: Members | undefined, keys: readonly string[]): ts.TypeNode | undefined {
    const [key, ...rest] = keys;
    const member = start?.members.find((one) => one.name && nameOf(one) === key);
    const type = member && ts.isPropertySignature(member) ? member.type : undefined;
    if (rest.length === 0) return type;
    const inner = followed(type);
    return inner && ts.isTypeLiteralNode(inner) ? lookUp(inner, rest) : undefined;
  }

  function operationShape(node: ts.TypeLiteralNode): OperationShape {
    const given = new Map<string, Field>();
    for (const place of ["path", "query"]) {
      const values = lookUp(node, ["parameters", place]);
      if (!values || !ts.isTypeLiteralNode(values)) continue;
      for (const [name, one] of membersOf(values).fields) given.set(name, one);
    }
    const body = lookUp(node, ["requestBody", "content", json]);
    const declared = node.members.find((one) => one.name && nameOf(one) === "requestBody");
    if (body) {
      const isOptional =
        declared !== undefined && "questionToken" in declared && !!declared.questionToken;
      given.set("body", { isOptional, shape: shapeOf(body) });
    }
    const responses = lookUp(node, ["responses"]);
    const statuses =
      responses && ts.isTypeLiteralNode(responses)
        ? responses.members.map(nameOf).filter((status) => /^2/.test(status))
        : [];
    const results = statuses.map((status) => {
      const content = lookUp(node, ["responses", status, "content", json]);
      return content ? shapeOf(content) : nothing;
    });
    const distinct = [...new Map(results.map((one) => [one.text, one])).values()];
    const [only = nothing] = distinct;
    const text = distinct.map((one) => one.text).join(" | ");
    return {
      arguments: given,
      result: distinct.length > 1 ? { kind: "union", text, members: distinct } : only,
    };
  }

  const models = new Map<string, Shape>();
  const schemas = lookUp(components, ["schemas"]);
  if (schemas && ts.isTypeLiteralNode(schemas)) {
    for (const [name, { shape }] of membersOf(schemas).fields) models.set(name, shape);
  }
  const operations = new Map<string, OperationShape>();
  for (const member of roots.get("operations")?.members ?? []) {
    const type = ts.isPropertySignature(member) ? member.type : undefined;
    if (type && ts.isTypeLiteralNode(type)) operations.set(nameOf(member), operationShape(type));
  }
  return { models, operations };
}

type Members = ts.InterfaceDeclaration | ts.TypeLiteralNode;

/** The keys of `components["schemas"]["Customer"]` after its first name. */
function keysOf(node: ts.IndexedAccessTypeNode): string[] {
  const before = ts.isIndexedAccessTypeNode(node.objectType) ? keysOf(node.objectType) : [];
  const { indexType } = node;
  const key =
    ts.isLiteralTypeNode(indexType) && "text" in indexType.literal ? indexType.literal.text : "";
  return [...before, key];
}

function nameOf(member: ts.TypeElement): string {
  const { name } = member;
  return name && "text" in name ? name.text : "";
}

/** What a subject is typed as: what reading it gives, with `undefined` where it can be missing. */
export function typeTexts(surface: Surface): Map<string, string> {
  const texts = new Map<string, string>();
  const add = (subject: string, text: string) => {
    const before = texts.get(subject);
    const isNew = before === undefined || before === text;
    texts.set(subject, isNew ? text : `${before} | ${text}`);
  };
  const visit = (subject: string, shape: Shape): void => {
    if (shape.kind === "object") {
      for (const [name, one] of shape.fields) visitField(field(subject, name), one);
      if (shape.rest) {
        add(mapValue(subject), shape.rest.text);
        visit(mapValue(subject), shape.rest);
      }
    }
    if (shape.kind === "array") {
      add(item(subject), shape.item.text);
      visit(item(subject), shape.item);
    }
    if (shape.kind === "union" || shape.kind === "intersection") {
      for (const member of shape.members) visit(subject, member);
    }
  };
  const visitField = (subject: string, { isOptional, shape }: Field) => {
    add(subject, isOptional ? `${shape.text} | undefined` : shape.text);
    visit(subject, shape);
  };
  for (const [name, shape] of surface.models) {
    add(name, shape.text);
    visit(name, shape);
  }
  for (const [id, operation] of surface.operations) {
    for (const [name, one] of operation.arguments) visitField(argument(id, name), one);
    add(result(id), operation.result.text);
    visit(result(id), operation.result);
  }
  return texts;
}
