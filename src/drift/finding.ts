/**
 * How a response can differ from the document:
 *
 * - `unknown-field`: a field that its model does not have.
 * - `missing-field`: a required field of its model is absent.
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

/** One way in which responses differ from the document. It contains no customer data. */
export interface DriftFinding {
  /** The method whose response showed it first, such as `listCustomers`. */
  readonly operation: string;
  readonly kind: DriftKind;
  /**
   * What differs: a field by its model, such as `Customer.statistics`, or the operation. `[]` stands for the items of an
   * array within a model. `*` stands for a name that could be data: a key of a map, or a field that is not a plain name.
   */
  readonly path: string;
  /** What the document declares: a type, "one of …" with values as JSON, a limit, "absent", statuses or media types. */
  readonly expected: string;
  /** What was received, in the same terms. Different ones are joined by "or". */
  readonly actual: string;
  /** How often it has been seen so far. */
  readonly count: number;
  /** In a list, the index of the first item with it, from 0 on the page that showed it first. */
  readonly firstItem: number | undefined;
  /** The part of the document that does not match: a JSON pointer (RFC 6901) into `loke-customers/openapi.json`. */
  readonly document: string;
}

/**
 * Compares responses with the document: the result of `watchDrift` of `loke-customers/drift`, for the option `drift`.
 *
 * The client calls it with each response, and emits the new findings that it returns as events.
 *
 * @param data - the parsed body; `undefined` for an error and for a body that is not JSON
 */
export interface Drift {
  (operation: string, response: Response, data: unknown): readonly DriftFinding[];
  /** All findings so far, with their counts as they are now. */
  findings(): DriftFinding[];
}
