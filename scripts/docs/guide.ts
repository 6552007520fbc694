import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { headingsIn } from "./markdown.js";
import { slug } from "./slug.js";

/** A section of the page that says how to use the API. */
export interface GuideSection {
  /** Where it is written, for messages. */
  file: string;
  /** It begins with a heading of the first level. */
  markdown: string;
}

/** The sections, in the order in which they are read. */
const order = [
  "getting-started",
  "authentication",
  "lists",
  "many-calls",
  "errors",
  "reliability",
  "testing",
  "drift",
  "command-line",
  "proxies",
  "measured",
  "runtimes",
  "not-stated",
];

const folder = fileURLToPath(new URL("guide/", import.meta.url));

/** Returns the files of the guide as sections of one page: links between them lead to its sections. */
export async function readGuide(): Promise<GuideSection[]> {
  const files = await readdir(folder);
  const texts = new Map<string, string>();
  for (const name of order.filter((each) => files.includes(`${each}.md`))) {
    texts.set(name, await readFile(`${folder}${name}.md`, "utf8"));
  }
  return [...texts].map(([name, text]) => ({
    file: `scripts/docs/guide/${name}.md`,
    markdown: text
      .replaceAll(/^<!-- (?!operations).*?-->\n/gm, "")
      .replaceAll(
        /\[([^\]]+)\]\((?:([\w-]+)\.md)?(?:#([\w-]+))?\)/g,
        (_, words, page = name, heading) => linkTo(words, texts.get(page), heading),
      ),
  }));
}

function linkTo(words: string, text: string | undefined, heading: string | undefined): string {
  const [title] = headingsIn(text ?? "");
  if (title === undefined) return words;
  return `[${words}](#/section/${[slug(title.text), heading].filter(Boolean).join("/")})`;
}
