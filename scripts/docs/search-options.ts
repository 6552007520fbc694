import type { Options } from "minisearch";

/** A section of a page, as it is found. */
export interface Entry {
  /** From the root of the site. */
  href: string;
  title: string;
  /** The title of its page. */
  page: string;
  text: string;
}

/** How sections are indexed and found: the same when the index is built and when it is read. */
export const searchOptions: Options<Entry> = {
  idField: "href",
  fields: ["title", "page", "text"],
  storeFields: ["href", "title", "page", "text"],
  processTerm: (term) => {
    // `listCustomers` is found by its parts too.
    const parts = term.split(/(?<=[a-z\d])(?=[A-Z])/);
    const words = parts.length > 1 ? [term, ...parts] : [term];
    return words.map((word) => word.toLowerCase());
  },
  searchOptions: {
    boost: { title: 4, page: 2 },
    // The client's reference has many short pages, which would hide the guide.
    boostDocument: (href) => (String(href).startsWith("client/") ? 0.3 : 1),
    prefix: true,
    fuzzy: 0.15,
    combineWith: "AND",
  },
};
