import { isType, primitives } from "./read-row.js";

export interface ResponseLine {
  readonly status: string;
  /** The server's name of the error. */
  readonly code?: string;
  readonly words: string;
  /** The model of the body, whether or not the page has a table for it. */
  readonly type?: string;
}

/** `200: OK response.Customer[]`, `404: Not Found response.`, `404: not_found: Not Found response.` */
const withWord = /^(\d{3}): (?:([a-z]\w*): )?([^:]*?) response\.(\S*)$/;

/** The same without the word "response": `404: not_found: Customer not found.` */
const withoutWord = /^(\d{3}): (?:([a-z]\w*): )?([^:]+)$/;

/** `OK. Customer[]`, `OK.Customer`: words, and what can be a type after their full stop. */
const wordsAndType = /^(.*\.) ?(\S*[^\s.])$/;

/**
 * Reads a line of a response. Without the word "response", nothing marks where its words end, so the line must read in
 * one way only; undefined if it reads in none, or in more than one.
 */
export function readResponseLine(
  text: string,
  models: ReadonlySet<string>,
): ResponseLine | undefined {
  const marked = withWord.exec(text);
  if (marked) return toLine(marked[1], marked[2], marked[3], marked[4]);
  const [, status, code, rest = ""] = withoutWord.exec(text) ?? [];
  // A word in lower case before a colon can begin a sentence: `note: not for you.`
  const isCodeOrWord = code !== undefined && !code.includes("_") && !/^[A-Z]/.test(rest);
  // One word alone can be the code of an error that has no words.
  const isLoneWord = code === undefined && /^[a-z]\w*\.?$/.test(rest);
  if (isCodeOrWord || isLoneWord || /\bresponse\.?$/i.test(rest)) return undefined;
  const [, words, type] = wordsAndType.exec(rest) ?? [];
  if (words !== undefined && type !== undefined) {
    return isType(type, models) || /\w(\[\])+$/.test(type)
      ? toLine(status, code, words, type)
      : undefined;
  }
  // Without a full stop, the last word can be a model that the words have run into.
  const isWhole =
    rest.endsWith(".") ||
    ![...primitives, ...models].some((one) => /\]$/.test(rest) || rest.endsWith(one));
  return isWhole ? toLine(status, code, rest) : undefined;
}

function toLine(
  status?: string,
  code?: string,
  words?: string,
  type?: string,
): ResponseLine | undefined {
  if (!status || !words) return undefined;
  return { status, ...(code ? { code } : {}), words, ...(type ? { type } : {}) };
}
