import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "../page/compare.js";
import { openDocument } from "../page/document.js";
import { pageAddresses } from "../page/page-address.js";
import { readSavedPage } from "../page/saved-page.js";
import { runScript, type ScriptRun } from "./run.js";

/** A page of the vendor, and what `npm run page` says of it: 0 it agrees, 1 it differs, 2 it could not be read. */
export interface ComparedPage extends ScriptRun {
  /** Its address, or the file that is in its place. */
  readonly name: string;
}

/** Compares each page that the document is from with the document. */
export async function comparePages(root: string, ...options: string[]): Promise<ComparedPage[]> {
  const addresses = pageAddresses(await readDocument(root));
  // Without an address, the command says what is missing.
  if (addresses.length === 0) {
    return [{ name: "The page", ...(await runScript(root, "page", ...options)) }];
  }
  const pages: ComparedPage[] = [];
  for (const { url } of addresses) {
    pages.push({ name: url, ...(await runScript(root, "page", "--url", url, ...options)) });
  }
  return pages;
}

/** Compares the pages that were last saved with the document, without the network. */
export async function compareSavedPages(root: string): Promise<ComparedPage[]> {
  const document = openDocument(await readDocument(root));
  const files = (await readdir(join(root, "openapi"))).filter((name) =>
    /^page(\..+)?\.json$/.test(name),
  );
  const pages = files.map(async (file) => {
    const saved = await readSavedPage(join(root, "openapi", file));
    if (!saved) throw new Error(`openapi/${file} is gone.`);
    const differences = await compare({ facts: saved }, document).severity();
    const name = `the page as saved on ${saved.date}`;
    const code = differences.length === 0 ? 0 : 1;
    return { name, code, stdout: JSON.stringify({ differences }), stderr: "" };
  });
  return Promise.all(pages);
}

function readDocument(root: string): Promise<string> {
  return readFile(join(root, "openapi/openapi.yaml"), "utf8");
}
