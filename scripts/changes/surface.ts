import ts from "typescript";
import type { GeneratedFiles } from "../generate/render.js";

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

/** The types that a user of the client meets, read from what is generated. */
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

/** Reads the types as they are written, so that nothing here has to know how a schema becomes a type. */
export function readSurface(generated: GeneratedFiles): Surface {
  // As one text: the printer reads names and literals from the text of the file that it is given.
  const source = `${generated["models.ts"]}${generated["schema.ts"]}`;
  const file = ts.createSourceFile("types.ts", source, ts.ScriptTarget.Latest);
  const printer = ts.createPrinter({ removeComments: true });
  const declared = new Map(file.statements.flatMap(declaredBy));
  const schemas = lookUp(declared.get("components"), ["schemas"]);
  const modelNames = new Set(
    schemas && ts.isTypeLiteralNode(schemas) ? schemas.members.map(nameOf) : [],
  );

  function textOf(node: ts.TypeNode): string {
    return printer
      .printNode(ts.EmitHint.Unspecified, node, file)
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
    if (modelNames.has(text)) return { kind: "model", text, name: text };
    const target = followed(node);
    return target && target !== node ? shapeOf(target) : { kind: "other", text };
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
    const { root, keys } = pathOf(node);
    return followed(lookUp(declared.get(root), keys));
  }

  /** The type that a path of keys leads to, through references. */
  function lookUp(
    start: ts.TypeNode | undefined,
    [key, ...rest]: readonly string[],
  ): ts.TypeNode | undefined {
    if (!start || !ts.isTypeLiteralNode(start)) return undefined;
    const member = start.members.find((one) => one.name && nameOf(one) === key);
    const type = member && ts.isPropertySignature(member) ? member.type : undefined;
    return rest.length === 0 ? type : lookUp(followed(type), rest);
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
  for (const name of modelNames) {
    const type = declared.get(name);
    if (type) models.set(name, shapeOf(type));
  }
  const operations = new Map<string, OperationShape>();
  const table = declared.get("operations");
  for (const member of table && ts.isTypeLiteralNode(table) ? table.members : []) {
    const type = ts.isPropertySignature(member) ? member.type : undefined;
    if (type && ts.isTypeLiteralNode(type)) operations.set(nameOf(member), operationShape(type));
  }
  return { models, operations };
}

/** The name that a statement declares, and its type: for an interface, as it would be written without a name. */
function declaredBy(statement: ts.Statement): [name: string, type: ts.TypeNode][] {
  if (ts.isTypeAliasDeclaration(statement)) return [[statement.name.text, statement.type]];
  if (!ts.isInterfaceDeclaration(statement)) return [];
  return [[statement.name.text, ts.factory.createTypeLiteralNode(statement.members)]];
}

/** `components` and the keys of `components["responses"]["NotFound"]`. */
function pathOf(node: ts.TypeNode): { root: string; keys: string[] } {
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

function nameOf(member: ts.TypeElement): string {
  const { name } = member;
  return name && "text" in name ? name.text : "";
}
