import { isMap, isSeq, type Node, parseDocument, type YAMLMap } from "yaml";

/** What a maintainer does with a draft: each block goes to its place, and the notes above it are followed. */
export interface Pasted {
  readonly document: string;
  /** Entries for the lint rules' list of exceptions. */
  readonly exceptions: readonly [rule: string, pointer: string][];
}

export function paste(document: string, draft: string): Pasted {
  const exceptions: [string, string][] = [];
  let text = document;
  for (const block of draft.split(/\n(?=# (?:in|under) )/)) {
    const lines = block.trimEnd().split("\n");
    const notes = lines.filter((line) => line.startsWith("#"));
    const body = lines.filter((line) => !line.startsWith("#")).join("\n");
    try {
      text = insert(text, notes[0] ?? "", body);
    } catch (cause) {
      throw new Error(`There is no such place: ${notes[0]}`, { cause });
    }
    for (const note of notes.slice(1)) {
      const [, field, model] =
        /^# and add (\S+) to components\.schemas\.(\S+)\.required$/.exec(note) ?? [];
      const [, rule = "", pointer] = /under (\S+): "(\S+)"$/.exec(note) ?? [];
      if (field) {
        text = text.replace(
          new RegExp(`( ${model}:\n[\\s\\S]*?required: \\[[^\\]]*)`),
          `$1, ${field}`,
        );
      } else if (pointer) exceptions.push([rule, pointer]);
      else throw new Error(`Nobody knows what to do with this note: ${note}`);
    }
  }
  return { document: text, exceptions };
}

function insert(text: string, place: string, body: string): string {
  const [, path = "", where = "end"] =
    /^# (?:in|under) (\S+?):?(?:, (?:at its (start|end)|after "(?:\S+)"))?$/.exec(place) ?? [];
  const after = /after "(\S+)"$/.exec(place)?.[1];
  const keys = /^paths\.(\/\S*?)(?:\.([a-z]+)(?:\.(\S+))?)?$/.exec(path);
  const node = parseDocument(text).getIn(
    keys ? ["paths", ...keys.slice(1).filter(Boolean)] : path.split("."),
    true,
  );
  if (where === "start" && after === undefined) {
    const start = text.lastIndexOf("\n", startOf(node)) + 1;
    return `${text.slice(0, start)}${body}\n${text.slice(start)}`;
  }
  const at = endOf(after === undefined ? last(node) : find(node, after));
  const end = text.indexOf("\n", at - 1) + 1 || text.length;
  return `${text.slice(0, end)}${body}\n${text.slice(end)}`;
}

function startOf(node: unknown): number {
  const first = isSeq(node) ? node.items[0] : (node as YAMLMap).items[0]?.key;
  return (first as Node).range?.[0] ?? 0;
}

function last(node: unknown): unknown {
  return isMap(node) ? node.items.at(-1)?.value : isSeq(node) ? node.items.at(-1) : undefined;
}

function find(node: unknown, name: string): unknown {
  if (isSeq(node)) return node.items.find((item) => (item as YAMLMap).get("name") === name);
  return (node as YAMLMap).get(name, true) ?? (node as YAMLMap).get(Number(name), true);
}

function endOf(node: unknown): number {
  const end = (node as Node | undefined)?.range?.[1];
  if (end === undefined) throw new Error("The draft names a place that is none.");
  return end;
}
