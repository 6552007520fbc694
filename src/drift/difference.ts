import type { ErrorSchema, ValidationError } from "../../generated/answers.js";
import { jsonTypeOf } from "../json-type.js";
import type { DriftFinding, DriftKind } from "./finding.js";

/** What differs from the document, and where: the constant part of a finding. */
export type Difference = Pick<DriftFinding, "kind" | "path" | "expected" | "document">;

const kinds: { readonly [keyword: string]: DriftKind } = {
  type: "wrong-type",
  required: "missing-field",
  additionalProperties: "unknown-field",
};

/** A name that is shown. Any other could be data, such as an e-mail address as the key of a map. */
const plainName = /^[A-Za-z_$][\w$-]{0,63}$/;

/** Returns an error of ajv in the terms of the document. */
export function differenceOf(error: ValidationError, model: string): Difference {
  const { instancePath, keyword, parentSchema } = error;
  const { $comment: document, [keyword]: limit, properties } = parentSchema;
  const kind = kindOf(error);
  const name = fieldOf(error);
  const path =
    model + instancePath.replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
  if (name === undefined) {
    const expected = kind === "wrong-type" ? typesOf(parentSchema) : limitIn(keyword, limit);
    return { kind, path, expected, document };
  }
  const field = kind === "missing-field" ? properties?.[name] : undefined;
  return {
    kind,
    path: `${path}.${field || plainName.test(name) ? name : "*"}`,
    expected: field ? typesOf(field) : "absent",
    document: field?.$comment ?? document,
  };
}

export function kindOf({ data, keyword, parentSchema }: ValidationError): DriftKind {
  // The validators accept safe integers only: JSON.parse has rounded this one.
  const isRounded =
    keyword === "type" && Number.isInteger(data) && parentSchema.type?.includes("integer");
  return (!isRounded && kinds[keyword]) || "unknown-value";
}

/** Returns what was received, in a word. A value is shown only if the document lists the allowed values. */
export function actualOf(error: ValidationError, showValues: boolean): string {
  const { data, keyword } = error;
  const name = fieldOf(error);
  if (name !== undefined) return keyword === "required" ? "absent" : jsonTypeOf(Object(data)[name]);
  if (keyword === "type" && kindOf(error) === "unknown-value") return "not a safe integer";
  const isShown =
    showValues && isListed(keyword) && Object(data) !== data && `${data}`.length <= 64;
  return isShown ? JSON.stringify(data) : jsonTypeOf(data);
}

/** The field that is missing or unknown. */
export function fieldOf({ params = {} }: ValidationError): string | undefined {
  return params.missingProperty ?? params.additionalProperty;
}

/** A limit in words. Enum values are written as JSON, since a value can contain a comma. */
function limitIn(keyword: string, limit: unknown): string {
  if (keyword === "type") return "safe integer";
  if (!isListed(keyword)) return `${keyword} ${limit}`;
  return `one of ${[limit]
    .flat()
    .map((one) => JSON.stringify(one))
    .join(", ")}`;
}

function isListed(keyword: string): boolean {
  return keyword === "enum" || keyword === "const";
}

/** The types that a schema allows, in words. */
function typesOf(schema: ErrorSchema | undefined): string {
  return schema?.title ?? [schema?.type].flat().join(" or ");
}
