/** The page sizes that a description states, each once: "paged by 1000 results". */
export function pageSizes(description: string): number[] {
  const stated = [...description.matchAll(/\bpaged by (\d[\d,]*) results?\b/gi)];
  return [...new Set(stated.map(([, size = ""]) => Number(size.replaceAll(",", ""))))];
}

/** The response headers that a description of paging names, each once: `X-Next-Page`. */
export function pagingHeaders(description: string): string[] {
  if (!/page/i.test(description)) return [];
  return [...new Set(description.match(/\bX-[A-Za-z]+(?:-[A-Za-z]+)*\b/g))];
}
