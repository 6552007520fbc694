import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { decode, readBytes } from "../lib/text-file.js";
import { fetchPage, htmlText } from "./fetch-page.js";
import { isHtml } from "./html.js";

/** The text of a page, and how reports call it. */
export interface OpenedPage {
  readonly text: string;
  /** As it was saved, or in UTF-8. */
  readonly bytes: Uint8Array;
  readonly name: string;
}

export interface PageSource {
  /** A file of text or HTML; `-` is standard input. Without it the page is fetched. */
  readonly file?: string | undefined;
  readonly url?: string | undefined;
}

export interface PagePlaces {
  /** The project's folder. */
  readonly root: string;
  /** The folder that the user's paths start from. */
  readonly folder: string;
  readInput(): Promise<Uint8Array>;
  /** The address of the page, if the user gives none. */
  address(): Promise<string>;
}

/** Where a text that was made from HTML is kept, so that a line which a report names can be looked up. */
const madeText = "dist/page.txt";

/** Reads the page from a file or standard input, or fetches it. */
export async function openPage(
  { file, url }: PageSource,
  { root, folder, readInput, address }: PagePlaces,
): Promise<OpenedPage> {
  if (file === undefined) {
    return keep(await fetchPage({ url: url ?? (await address()) }), root);
  }
  const bytes = await (file === "-" ? readInput() : readBytes(resolve(folder, file), file));
  const name = file === "-" ? "standard input" : basename(file);
  const text = decode(bytes, file);
  return isHtml(text) ? keep(htmlText(text, name), root) : { text, bytes, name };
}

async function keep(text: string, root: string): Promise<OpenedPage> {
  const path = join(root, madeText);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return { text, bytes: Buffer.from(text), name: madeText };
}
