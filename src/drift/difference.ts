import type { ErrorSchema, ValidationError } from "../../generated/answers.js";
import { jsonTypeOf } from "../json-type.js";
import type { DriftFinding, DriftKind } from "./finding.js";

/** What differs from the document, and where: the part of a finding that does not change. */
export type Difference = Pick<DriftFinding, "kind" | "path" | "expected" | "document">;

const kinds: { readonly [keyword: string]: DriftKind } = {
  type: "wrong-type",
  required: "missing-field",
  additionalProperties: "unknown-field",
};

/** What is taken for a name. Anything else could be data, such as the keys of a map by e-mail address. */
const plainName = /^[A-Za-z_$][\w$-]{0,63}$/;

/** Puts an error of ajv into the terms of the document. */
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
  // An integer that JSON.parse has rounded is of no type: the functions take safe integers only.
  const isRounded =
    keyword === "type" && Number.isInteger(data) && parentSchema.type?.includes("integer");
  return (!isRounded && kinds[keyword]) || "unknown-value";
}

/** What came instead, in a word. A value is shown only where the document lists the values. */
export function actualOf(error: ValidationError, showValues: boolean): string {
  const { data, keyword } = error;
  const name = fieldOf(error);
  if (name !== undefined) return keyword === "required" ? "absent" : jsonTypeOf(Object(data)[name]);
  if (keyword === "type" && kindOf(error) === "unknown-value") return "not a safe integer";
  const isShown =
    showValues && isListed(keyword) && Object(data) !== data && `${data}`.length <= 64;
  return isShown ? JSON.stringify(data) : jsonTypeOf(data);
}

/** The field that is missing, or one too many. */
export function fieldOf({ params = {} }: ValidationError): string | undefined {
  return params.missingProperty ?? params.additionalProperty;
}

/** A limit in words. The values of an enum are JSON: text in them could be taken for several values. */
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

/** The types that a schema takes, in words. */
function typesOf(schema: ErrorSchema | undefined): string {
  return schema?.title ?? [schema?.type].flat().join(" or ");
}
