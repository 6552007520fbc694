import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../package/install.js";

/** A text for users of the package, in Markdown. */
export interface TextDocument {
  /** From the root of the repository, such as `scripts/docs/guide/lists.md`. */
  readonly name: string;
  readonly markdown: string;
}

const guideFolder = "scripts/docs/guide";

/** Returns the pages of the guide: each file of its folder is one. */
export function readGuidePages(): TextDocument[] {
  const files = readdirSync(join(root, guideFolder)).filter((file) => file.endsWith(".md"));
  return files.sort().map((file) => readDocument(`${guideFolder}/${file}`));
}

/** Returns what users read: the README and the pages of the guide. */
export function readUserDocuments(): TextDocument[] {
  return [readDocument("README.md"), ...readGuidePages()];
}

/** @param name - from the root of the repository */
export function readDocument(name: string): TextDocument {
  return { name, markdown: readFileSync(join(root, name), "utf8") };
}

/** @param page - without folder and ending, such as `lists` */
export function readGuidePage(page: string): TextDocument {
  return readDocument(`${guideFolder}/${page}.md`);
}
