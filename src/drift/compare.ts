import { answers, type ValidationError } from "../../generated/answers.js";
import { jsonTypeOf } from "../json-type.js";
import type { Difference } from "./difference.js";

/** A response, as `compare` takes it. */
export interface ReceivedResponse {
  readonly operation: string;
  readonly response: Response;
  /** `undefined` if the body was not read, or is no JSON. */
  readonly data: unknown;
  /** How many items of a list are compared, from its first. */
  readonly sample: number;
}

export interface Listeners {
  /** Receives what differs in the response as a whole. */
  onResponse(difference: Difference, actual: string): void;
  /** Receives what differs in the data; of a list, with the index of the item. */
  onError(error: ValidationError, model: string, item: number | undefined): void;
}

/** Compares a response with the document. */
export function compare(
  { operation, response: { headers, status }, data, sample }: ReceivedResponse,
  { onError, onResponse }: Listeners,
): void {
  const { pointer = "", answers: documented = {} } = answers[operation] ?? {};
  const names = [`${status}`, `${`${status}`[0]}XX`, "default"];
  const known = names.find((name) => name in documented);
  const answer = documented[`${known}`];
  if (!answer) {
    const expected = Object.keys(documented).join(" or ");
    const kind = "undocumented-status";
    onResponse({ kind, path: operation, expected, document: pointer }, `${status}`);
    return;
  }
  const { isList, mediaTypes, name = "", validate } = answer;
  const document = `${pointer}/${known}`;
  // Without parameters, which can contain anything.
  const [contentType] =
    /^[\w.+-]{1,64}\/[\w.+-]{1,64}/.exec(`${headers.get("content-type")}`) ?? [];
  const mediaType = contentType?.toLowerCase() ?? "none";
  if (mediaTypes.length > 0 && !mediaTypes.includes(mediaType)) {
    const expected = mediaTypes.join(" or ");
    const kind = "unexpected-content-type";
    onResponse({ kind, path: operation, expected, document }, mediaType);
  }
  if (!validate || data === undefined) return;
  if (isList && !Array.isArray(data)) {
    const kind = "wrong-type";
    onResponse({ kind, path: `${name}[]`, expected: "array", document }, jsonTypeOf(data));
    return;
  }
  const items = isList ? (data as unknown[]).slice(0, sample) : [data];
  items.forEach((value, item) => {
    if (validate(value)) return;
    for (const error of validate.errors ?? []) {
      // An error of `if` only repeats that `then` does not match, which has errors of its own.
      if (error.keyword !== "if") onError(error, name, isList ? item : undefined);
    }
  });
}
