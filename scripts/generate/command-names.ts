/**
 * Returns the names that the command line gives to operations or parameters: `listCustomers` is `list-customers`. Where two
 * would be the same, the later one stays as it is.
 */
export function commandNames(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  // The command puts `param-` before the name of a parameter that is an option of its own.
  const taken = new Set<string>();
  for (const name of names) {
    const short = taken.has(kebab(name)) ? name : kebab(name);
    found.set(name, short);
    taken.add(short).add(`param-${short}`);
  }
  return found;
}

/** `getHTTPStatus` is `get-http-status`. */
function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .toLowerCase();
}
