/** Returns the known name that a mistyped one is closest to, if one is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const ranked = known
    .map((one) => ({ one, distance: distance(plain(name), plain(one)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  const limit = Math.max(2, Math.floor(name.length / 3));
  return best && best.distance <= limit ? best.one : undefined;
}

/** `" Did you mean …?"`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const best = nearest(name, known);
  return best === undefined ? "" : ` Did you mean ${best}?`;
}

/** Whether a message can show a mistyped name: one with digits, or a long one, can be a misplaced secret. */
export function isShowable(name: string): boolean {
  return name.length <= 40 && /^[a-z][a-z._$-]*$/i.test(name);
}

/** The Levenshtein distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
