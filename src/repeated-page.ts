import { checksum } from "./checksum.js";

/** After so many empty pages in a row, the server is assumed to name a next page for ever. */
const maxEmptyPages = 1_000;

/**
 * Returns a function that receives the rows of each page and returns whether the list is stuck: the page was read before,
 * or too many pages in a row were empty. The links of such a list can differ each time.
 *
 * It keeps no rows: only a hash of each page, over the number of its rows and three of them.
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
