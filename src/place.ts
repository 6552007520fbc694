import type { SortedArguments } from "./arguments.js";

/**
 * The places of one list call, as opaque strings such as `1x0k2f0 https://api.loke.global/…`: a page's URL behind a
 * checksum over the URL, the operation and its arguments, so that a damaged place, or one of another list, is known.
 */
export interface Places {
  /** The place of a page. `""` stands for the beginning of the list. */
  encode(href: string): string;
  /** @throws {TypeError} if the place is damaged, or of another list. */
  decode(place: string): string;
}

export function placesOf(id: string, { path, query }: SortedArguments): Places {
  const list = JSON.stringify([id, Object.entries({ ...path, ...query }).sort()]);
  const encode = (href: string) => `${checksum(list + href)} ${href}`;
  return {
    encode,
    decode(place) {
      const href = place.slice(place.indexOf(" ") + 1);
      if (place === encode(href)) return href;
      throw new TypeError(
        `${id}: "from" is damaged, or the place of another list: the arguments must be the same.`,
      );
    },
  };
}

/** FNV-1a, 32 bits: it finds damage, and is no secret. http://www.isthe.com/chongo/tech/comp/fnv/ */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  return (hash >>> 0).toString(36);
}
