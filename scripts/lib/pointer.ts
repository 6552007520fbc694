/** JSON pointers (RFC 6901). */

/** A key as part of a pointer. */
export function escapeKey(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The pointer of a key below another pointer. */
export function pointerTo(pointer: string, key: string): string {
  return `${pointer}/${escapeKey(key)}`;
}

/** The keys of a pointer, also of one that begins with `#`. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Whether one pointer is the other, or leads through it. */
export function isWithin(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
