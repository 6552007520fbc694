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

function modelOf({ components }: Document, $ref: unknown): AnySchema {
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

/** The first union among the parts. Of a discriminator each alternative has the values that choose it. */
export function unionAmong(parts: readonly Part[]): Union | undefined {
  const part = parts.find(({ oneOf, anyOf }) => oneOf ?? anyOf);
  if (part === undefined) return undefined;
  const { oneOf, anyOf, discriminator, ...rest } = part;
  const alternatives = (oneOf ?? anyOf ?? []).map((alternative): AnySchema => {
    if (discriminator === undefined || typeof alternative === "boolean") return alternative;
    const { propertyName, mapping = {} } = discriminator;
    const name = nameIn(alternative.$ref);
    const mapped = Object.keys(mapping).filter((value) => nameIn(mapping[value]) === name);
    const values = mapped.length > 0 ? mapped : [name];
    const chosen = { properties: { [propertyName]: { enum: values } }, required: [propertyName] };
    return { allOf: [alternative, chosen] };
  });
  const beside = [...parts.filter((one) => one !== part), rest];
  return { alternatives, beside };
}
