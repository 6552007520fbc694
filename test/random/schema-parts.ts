import type { Document, Schema } from "../../scripts/generate/document.js";
import type { AnySchema } from "./make-schemas.js";

/** A schema without `$ref` and `allOf`. */
export type Part = Schema;

/** All that a value must match to match each of the schemas; `undefined` if one of them is `false`. */
export function partsOf(document: Document, schemas: readonly AnySchema[]): Part[] | undefined {
  const parts: Part[] = [];
  for (const schema of schemas) {
    if (schema === true) continue;
    if (schema === false) return undefined;
    const { $ref, allOf = [], ...own } = schema;
    const referred = $ref === undefined ? [] : [modelOf(document, $ref)];
    const inner = partsOf(document, [...referred, ...allOf]);
    if (inner === undefined) return undefined;
    parts.push(...inner, own);
  }
  return parts;
}

export function modelOf({ components }: Document, $ref: unknown): AnySchema {
  return components?.schemas?.[nameIn($ref)] ?? true;
}

function nameIn($ref: unknown): string {
  return String($ref).replace("#/components/schemas/", "");
}

/** A union, and what is said beside it. */
export interface Union {
  readonly alternatives: readonly AnySchema[];
  readonly beside: readonly Part[];
}

/**
 * The first union among the parts. A discriminator is a hint to readers and changes nothing of what matches (OpenAPI
 * 3.1, "Discriminator Object").
 */
export function unionAmong(parts: readonly Part[]): Union | undefined {
  const part = parts.find(({ oneOf, anyOf }) => oneOf ?? anyOf);
  if (part === undefined) return undefined;
  const { oneOf, anyOf, discriminator: _, ...rest } = part;
  const beside = [...parts.filter((one) => one !== part), rest];
  return { alternatives: oneOf ?? anyOf ?? [], beside };
}
