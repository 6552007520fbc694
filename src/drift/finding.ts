/**
 * How an answer can differ from the document:
 *
 * - `unknown-field`: a field that its model does not have.
 * - `missing-field`: a field that its model always has.
 * - `wrong-type`: a value of another type, or an object that is none of those it can be.
 * - `unknown-value`: a value outside an enum, or outside another limit of the document, such as a `maximum`; also an
 *   integer so large that `JSON.parse` has rounded it.
 * - `undocumented-status`: a status that the document does not list for the operation. It lists few.
 * - `unexpected-content-type`: a media type that the document does not declare for the status.
 */
export type DriftKind =
  | "unknown-field"
  | "missing-field"
  | "wrong-type"
  | "unknown-value"
  | "undocumented-status"
  | "unexpected-content-type";

/** One way in which the answers of the API differ from the document. It holds no value of a customer's. */
export interface DriftFinding {
  /** The method whose answer showed it first, such as `listCustomers`. */
  readonly operation: string;
  readonly kind: DriftKind;
  /**
   * What differs: a field by its model, such as `Customer.statistics`, or the operation. `[]` stands for the
   * items of an array within a model, `*` for what is named by data: the keys of a map, and a field with a name that
   * is no plain name.
   */
  readonly path: string;
  /** What the document says: a type, "one of …" with values as JSON, a limit, "absent", statuses or media types. */
  readonly expected: string;
  /** What came, in words of the same kind: all that came, if it was not always the same. */
  readonly actual: string;
  /** How many times it has been seen so far. */
  readonly count: number;
  /** In the list that showed it first, the index of the first item that had it, from 0 on that page. */
  readonly firstItem: number | undefined;
  /** What the answer does not match: a JSON pointer (RFC 6901) into `loke-customers/openapi.json`. */
  readonly document: string;
}

/**
 * Compares answers with the document: what `watchDrift` of `loke-customers/drift` gives, for the option `drift`.
 *
 * The client calls it with each answer, and tells `onEvent` of the findings that it returns: those that are new.
 *
 * @param data - what came, parsed; `undefined` for a failure, and for what is no JSON
 */
export interface Drift {
  (operation: string, response: Response, data: unknown): readonly DriftFinding[];
  /** All findings so far, with their counts as they are now. */
  findings(): DriftFinding[];
}
