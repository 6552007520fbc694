import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** A section of the page that says how to use the API. */
export interface GuideSection {
  /** Where it is written, for messages. */
  file: string;
  /** It begins with a heading of the first level. */
  markdown: string;
}

/** The sections, in the order in which they are read. */
const names = ["getting-started", "authentication", "paging", "errors", "not-stated"];

export async function readGuide(): Promise<GuideSection[]> {
  return Promise.all(
    names.map(async (name) => {
      const file = `scripts/docs/guide/${name}.md`;
      const path = fileURLToPath(new URL(`guide/${name}.md`, import.meta.url));
      return { file, markdown: await readFile(path, "utf8") };
    }),
  );
}
