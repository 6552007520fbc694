// biome-ignore lint/suspicious/noExplicitAny: A parsed document, which the edits know their way in.
type Part = any;

/** An edit of a document: `table.yaml` says what its paths are. */
export interface Edit {
  readonly copy?: Readonly<Record<string, string>>;
  readonly move?: Readonly<Record<string, string>>;
  readonly reverse?: readonly string[];
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
}

/** Makes an edit of a document, and returns the document. */
export function edited(document: Part, { copy, move, reverse, set, remove }: Edit): Part {
  const items: Part[] = Object.values(document.paths).flatMap((item) =>
    Object.values(Object(item)),
  );
  const operations = Object.fromEntries(items.map((one) => [one.operationId, one]));
  const root = { models: document.components.schemas, operations };

  for (const [from, to] of Object.entries(copy ?? {})) put(to, structuredClone(get(from)));
  for (const [from, to] of Object.entries(move ?? {})) {
    const part = get(from);
    take(from);
    put(to, part);
  }
  for (const path of reverse ?? []) {
    const part = get(path);
    const isList = Array.isArray(part);
    put(path, isList ? part.toReversed() : Object.fromEntries(Object.entries(part).reverse()));
  }
  for (const [path, value] of Object.entries(set ?? {})) put(path, structuredClone(value));
  for (const path of remove ?? []) take(path);
  return document;

  /** The part that holds the one at a path, and its key there. */
  function placeOf(path: string): [owner: Part, key: string] {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const owner = keys.reduce<Part>((part, key, index) => {
      if (index > 0) part[key] ??= {};
      return part[key] ?? document[key];
    }, root);
    if (keys.length === 0) return [document, last];
    if (!Array.isArray(owner)) return [owner, last];
    if (last === "-") return [owner, `${owner.length}`];
    const index = owner.indexOf(last);
    return [owner, index < 0 ? last : `${index}`];
  }

  function get(path: string): Part {
    const [owner, key] = placeOf(path);
    if (owner[key] === undefined) throw new Error(`There is nothing at ${path}.`);
    return owner[key];
  }

  function put(path: string, value: unknown): void {
    const [owner, key] = placeOf(path);
    owner[key] = value;
  }

  function take(path: string): void {
    get(path);
    const [owner, key] = placeOf(path);
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[key];
  }
}
