/** Numbers from 0 up to 1, the same ones each time: `Math.random` takes no seed. This is mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns a seed for a name, by FNV-1a, so that the seeds of different names are unrelated. */
export function seedOf(name: string | number, within = 0x811c9dc5): number {
  const text = `${name} `;
  let hash = within;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}

/** A ULID: 10 characters of time and 16 more, the index first, so that IDs of one time rise with the index. */
export function ulid(ms: number, index: number, random: () => number): string {
  const tail = Array.from({ length: 12 }, () => base32(Math.floor(random() * 32), 1));
  return base32(ms, 10) + base32(index, 4) + tail.join("");
}

/** The last digits of a number in Crockford's base 32, which leaves out I, L, O and U. */
function base32(value: number, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) {
    text = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(rest % 32) + text;
  }
  return text;
}
