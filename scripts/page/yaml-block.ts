import { Document, isMap, isScalar, isSeq, type Pair, type Scalar, visit } from "yaml";

/** A part of an OpenAPI document. */
export type Tree = { readonly [key: string]: unknown };

/** Stands before words of the page where a description is due. No text of a page has it. */
const mark = "\0";

/** A description that is still to be written, with the page's words above it. */
export function worded(words = "no words"): string {
  return mark + words;
}

/** YAML to paste at an indentation, with comments above it that say where. */
export function block(comments: readonly string[], indentation: number, value: unknown): string {
  const document = new Document(value, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, { Pair: (_, pair) => style(pair) });
  const indent = " ".repeat(indentation);
  const yaml = document.toString({ lineWidth: 100 - indentation, flowCollectionPadding: false });
  const lines = yaml.trimEnd().split("\n");
  return [
    ...comments.map((comment) => `# ${comment}\n`),
    ...lines.map((line) => (line === "" ? "\n" : `${indent}${line}\n`)),
  ].join("");
}

function style(pair: Pair): void {
  const { key, value } = pair as Pair<Scalar, unknown>;
  if (isScalar(value) && typeof value.value === "string" && value.value.startsWith(mark)) {
    key.commentBefore = ` The page: ${value.value.slice(mark.length)}`;
    value.value = "";
  }
  const isLong = isScalar(value) && `${value.value}`.length > 80;
  if (isLong && key.value === "description") value.type = "BLOCK_FOLDED";
  const isShort = ["tags", "enum", "required"].includes(`${key.value}`);
  if (isSeq(value) && isShort && value.items.every(isScalar)) value.flow = true;
  if (key.value === "x-paging" && isMap(value) && !value.has("pageSize")) {
    key.commentBefore = " The page states no page size.";
  }
}
