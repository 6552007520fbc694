/** The organization whose walk is disturbed. */
export const long = "01HLONG";

/** Another one, of several pages too. */
export const gap = "01HGAP";

/** Three rows a page, and what a list can look like: long, with an empty page in it, of one page, without customers. */
export const organizations: ReadonlyMap<string, string[][]> = new Map([
  [long, pagesOf("LONG", [3, 3, 3, 3, 3, 3, 2])],
  [gap, pagesOf("GAP", [3, 3, 0, 3, 1])],
  ["01HSHORT", pagesOf("SHORT", [3])],
  ["01HNOBODY", pagesOf("NOBODY", [0])],
]);

function pagesOf(name: string, sizes: number[]): string[][] {
  return sizes.map((size, page) =>
    Array.from({ length: size }, (_, row) => `01H${name}${page}${row}`.padEnd(26, "0")),
  );
}
