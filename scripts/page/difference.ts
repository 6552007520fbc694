import type { Level } from "../changes/change.js";

/** The facts in which a page and the document can differ, and the words that stand for each in the output. */
export const kinds = {
  beta: "whether the API is beta",
  heading: "heading",
  operation: "operation",
  title: "title",
  "page-size": "page size",
  "paging-header": "paging header",
  parameter: "parameter",
  "parameter-type": "type",
  "parameter-place": "place",
  "parameter-values": "values",
  "request-body": "request body",
  response: "response",
  "response-model": "model",
  "response-code": "error code (x-error-code)",
  model: "model",
  field: "field",
  "field-type": "type",
  "field-optional": "optional mark",
  "field-values": "values",
  order: "order",
  example: "example",
  words: "words",
  beyond: "beyond the page, and not explained",
} as const;

export type Kind = keyof typeof kinds;

/** One thing that the page and the document do not say alike. */
export interface Difference {
  readonly kind: Kind;
  /** What it is about, such as `listCustomers.sort`. */
  readonly subject: string;
  /** The fact as the page has it; null if the page does not have it. */
  readonly page: string | null;
  readonly document: string | null;
  /** Its line on the page. */
  readonly line: number | null;
  readonly documentLine: number | null;
  /** What it does to a user of the client when the document follows the page. */
  readonly level: Level;
}
