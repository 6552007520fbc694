import { checksum } from "./checksum.js";

/** So many empty pages in a row are no list any more, but a server that names a next page for ever. */
const maxEmptyPages = 1_000;

/**
 * Returns a function that is given the rows of each page, and says whether the list makes no progress: the page is one
 * that was read before, or the last of very many empty ones. The links of such a list can differ each time.
 *
 * Of a page it keeps a hash of the number of its rows and of three of them, not the rows.
 */
export function createProgressCheck(): (rows: readonly unknown[]) => boolean {
  const seen = new Set<string>();
  let emptyPages = 0;
  return (rows) => {
    emptyPages = rows.length === 0 ? emptyPages + 1 : 0;
    if (rows.length === 0) return emptyPages > maxEmptyPages;
    const sample = JSON.stringify([rows[0], rows[rows.length >> 1], rows.at(-1)]);
    const hash = `${rows.length} ${checksum(sample)} ${checksum(`2${sample}`)}`;
    if (seen.has(hash)) return true;
    seen.add(hash);
    return false;
  };
}
