import type { Document, Schema } from "../../scripts/generate/document.js";

type Direction = "sent" | "received";

const known = {
  sent: new WeakMap<Document, Document>(),
  received: new WeakMap<Document, Document>(),
};

/** A document as it holds for what is sent, or for what is received: without the fields that are not there. */
export function directed(document: Document, direction: Direction): Document {
  const made = known[direction].get(document) ?? make(document, direction);
  known[direction].set(document, made);
  return made;
}

function make(document: Document, direction: Direction): Document {
  const keyword = direction === "sent" ? "readOnly" : "writeOnly";
  return visit(document) as Document;

  function visit(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(visit);
    if (Object(node) !== node) return node;
    const copy: Record<string, unknown> = Object.fromEntries(
      Object.entries(node as object).map(([key, inner]) => [key, visit(inner)]),
    );
    const { properties, required } = node as Schema;
    if (Object(properties) !== properties) return copy;
    const gone = Object.entries(properties ?? {})
      .filter(([, one]) => isMarked(one))
      .map(([name]) => name);
    const kept = Object.entries(Object(copy.properties)).filter(([name]) => !gone.includes(name));
    copy.properties = Object.fromEntries(kept);
    if (Array.isArray(required)) copy.required = required.filter((name) => !gone.includes(name));
    return copy;
  }

  /** Also where the model says so that a field refers to. */
  function isMarked(schema: unknown): boolean {
    const { $ref, [keyword]: mark } = Object(schema) as Schema;
    if (mark === true || $ref === undefined) return mark === true;
    const name = String($ref).replace("#/components/schemas/", "");
    return isMarked(document.components?.schemas?.[name]);
  }
}
