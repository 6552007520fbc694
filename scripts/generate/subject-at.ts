import { keysOf } from "../lib/pointer.js";
import { type Document, httpMethods, resolve } from "./document.js";

/** What a schema is called in messages, by its JSON pointer: `Customer.tags[]`, or by operation `getThing.a`. */
export function subjectAt(document: Document, pointer: string): string {
  const keys = keysOf(pointer);
  const isModel = keys[0] === "components" && keys[1] === "schemas";
  const [owner = "", ...way] = isModel
    ? keys.slice(2)
    : [ownerOf(document, keys), ...keys.slice(keys.indexOf("schema") + 1)];
  let subject = owner;
  for (let key = way.shift(); key !== undefined; key = way.shift()) {
    if (key === "properties") subject += `.${way.shift()}`;
    else if (key === "items") subject += "[]";
    else if (key === "additionalProperties") subject += ".*";
    // The number of an alternative or of a part: it has no name of its own.
    else way.shift();
  }
  return subject;
}

/** The operation of an answer; of one that several share, its name. */
function ownerOf(document: Document, keys: readonly string[]): string {
  const [root, path = "", verb] = keys;
  if (root !== "paths") return keys[2] ?? "";
  const item = resolve(document, document.paths?.[path] ?? {});
  const method = httpMethods.find((one) => one === verb);
  return (method && item[method]?.operationId) ?? path;
}
