import { answers, type ValidationError } from "../../generated/answers.js";
import { type Difference, typeOf } from "./difference.js";

/**
 * Compares an answer with what the document says of it.
 *
 * @param sample - how many items of a list are compared, from its first
 * @param onAnswer - told of what differs in the answer as a whole
 * @param onError - told of what differs in the data, for a list with the index of the item
 */
export function compare(
  operation: string,
  { headers, status }: Response,
  data: unknown,
  sample: number,
  onAnswer: (difference: Difference, actual: string) => void,
  onError: (error: ValidationError, model: string, item: number | undefined) => void,
): void {
  const { pointer = "", answers: documented = {} } = answers[operation] ?? {};
  const names = [`${status}`, `${`${status}`[0]}XX`, "default"];
  const known = names.find((name) => name in documented);
  const answer = documented[`${known}`];
  if (!answer) {
    const expected = Object.keys(documented).join(" or ");
    const kind = "undocumented-status";
    onAnswer({ kind, path: operation, expected, document: pointer }, `${status}`);
    return;
  }
  const { isList, mediaTypes, name = "", validate } = answer;
  const document = `${pointer}/${known}`;
  // Without parameters, which can hold anything.
  const [contentType] =
    /^[\w.+-]{1,64}\/[\w.+-]{1,64}/.exec(`${headers.get("content-type")}`) ?? [];
  const mediaType = contentType?.toLowerCase() ?? "none";
  if (mediaTypes.length > 0 && !mediaTypes.includes(mediaType)) {
    const expected = mediaTypes.join(" or ");
    const kind = "unexpected-content-type";
    onAnswer({ kind, path: operation, expected, document }, mediaType);
  }
  if (!validate || data === undefined) return;
  if (isList && !Array.isArray(data)) {
    const kind = "wrong-type";
    onAnswer({ kind, path: `${name}[]`, expected: "array", document }, typeOf(data));
    return;
  }
  const items = isList ? (data as unknown[]).slice(0, sample) : [data];
  items.forEach((value, item) => {
    if (validate(value)) return;
    for (const error of validate.errors ?? []) {
      // Of `if` it is only said that `then` does not match, which has errors of its own.
      if (error.keyword !== "if") onError(error, name, isList ? item : undefined);
    }
  });
}
