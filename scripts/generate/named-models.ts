import type TS from "typescript";
import { ts } from "../lib/typescript.js";

/** The types of a document, with each model as a declaration of its own. */
export interface NamedModels {
  readonly models: readonly TS.Statement[];
  /** What stands beside the models and refers to them. */
  readonly others: readonly TS.Statement[];
}

/**
 * Declares each model under its name, and refers to it by that name. openapi-typescript declares models as fields of
 * `components` and refers to `components["schemas"]["Customer"]`: an editor then shows all fields of a model in place of
 * its name.
 *
 * @param statements - what openapi-typescript returns
 */
export function nameModels(statements: readonly TS.Node[]): NamedModels {
  const models: TS.Statement[] = [];
  const others = statements.filter(ts.isStatement).map((statement) => {
    const isComponents =
      ts.isInterfaceDeclaration(statement) && statement.name.text === "components";
    if (!isComponents) return withNames(statement);
    const members = statement.members.map((member) => {
      if (!isSchemas(member)) return withNames(member);
      models.push(...member.type.members.filter(ts.isPropertySignature).map(declaration));
      return schemasByName(member);
    });
    const { heritageClauses, modifiers, name, typeParameters } = statement;
    return factory.updateInterfaceDeclaration(
      statement,
      modifiers,
      name,
      typeParameters,
      heritageClauses,
      members,
    );
  });
  return { models, others };
}

const { factory } = ts;

type Schemas = TS.PropertySignature & { readonly type: TS.TypeLiteralNode };

function isSchemas(member: TS.TypeElement): member is Schemas {
  if (!ts.isPropertySignature(member) || nameOf(member) !== "schemas") return false;
  return member.type !== undefined && ts.isTypeLiteralNode(member.type);
}

/** An interface where a model is one object: only these keep their names wherever an editor shows them. */
function declaration(model: TS.PropertySignature): TS.Statement {
  const name = nameOf(model);
  const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const type = withNames(model.type ?? factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword));
  const declared = ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(exported, name, undefined, undefined, type.members)
    : factory.createTypeAliasDeclaration(exported, name, undefined, type);
  return ts.setSyntheticLeadingComments(declared, ts.getSyntheticLeadingComments(model));
}

/** `schemas: { Customer: Customer }` */
function schemasByName(schemas: Schemas): TS.PropertySignature {
  const members = schemas.type.members.filter(ts.isPropertySignature).map((model) => {
    const type = factory.createTypeReferenceNode(nameOf(model));
    return factory.createPropertySignature(undefined, model.name, undefined, type);
  });
  const { modifiers, name, questionToken } = schemas;
  const type = factory.createTypeLiteralNode(members);
  return factory.updatePropertySignature(schemas, modifiers, name, questionToken, type);
}

/** Puts `Customer` in place of `components["schemas"]["Customer"]`. */
function withNames<Node extends TS.Node>(node: Node): Node {
  const visit = (one: TS.Node, context: TS.TransformationContext): TS.Node => {
    const name = modelIn(one);
    if (name !== undefined) return factory.createTypeReferenceNode(name);
    return ts.visitEachChild(one, (child) => visit(child, context), context);
  };
  const { transformed } = ts.transform(node, [(context) => (root) => visit(root, context) as Node]);
  return transformed[0] ?? node;
}

function modelIn(node: TS.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return;
  const { indexType, objectType } = node.objectType;
  const isComponents =
    ts.isTypeReferenceNode(objectType) &&
    ts.isIdentifier(objectType.typeName) &&
    objectType.typeName.text === "components";
  return isComponents && keyOf(indexType) === "schemas" ? keyOf(node.indexType) : undefined;
}

function keyOf(node: TS.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)
    ? node.literal.text
    : undefined;
}

function nameOf({ name }: TS.TypeElement): string {
  return name && "text" in name ? name.text : "";
}
