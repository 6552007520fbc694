import { parse } from "yaml";
import { CliError } from "../lib/cli-error.js";
import { isMap } from "../lib/json.js";

/** Where a page is published. */
export interface PageAddress {
  /** The tag of its operations, which is its heading. */
  readonly heading: string;
  readonly url: string;
}

/** The addresses of the pages that a document is from: each stands at the page's tag, as `externalDocs`. */
export function pageAddresses(documentText: string): PageAddress[] {
  const document: unknown = parse(documentText);
  const tags = isMap(document) && Array.isArray(document.tags) ? document.tags : [];
  return tags.flatMap((tag) => {
    const url = isMap(tag) && isMap(tag.externalDocs) ? tag.externalDocs.url : undefined;
    return isMap(tag) && typeof url === "string" ? [{ heading: `${tag.name}`, url }] : [];
  });
}

/**
 * The address of the one page that a document is from.
 *
 * @throws {CliError} if there is none, or if there are several
 */
export function onlyPageAddress(documentText: string): string {
  const [first, ...others] = pageAddresses(documentText);
  if (!first) {
    throw new CliError(
      "The document names no page: give its tag `externalDocs` with the page's url, or give --url.",
    );
  }
  if (others.length === 0) return first.url;
  const all = [first, ...others].map(({ url }) => `--url ${url}`);
  throw new CliError(`The document is from several pages. Choose one: ${all.join(", or ")}.`);
}
