import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pageAddresses } from "../page/page-address.js";
import { runScript, type ScriptRun } from "./run-script.js";

/** A page of the vendor, and what `npm run page` says of it: 0 it agrees, 1 it differs, 2 it could not be read. */
export interface ComparedPage extends ScriptRun {
  /** Its address, or the file that is in its place. */
  readonly name: string;
}

/** Compares each page that the document is from with the document. */
export async function comparePages(root: string, ...options: string[]): Promise<ComparedPage[]> {
  const document = await readFile(join(root, "openapi/openapi.yaml"), "utf8");
  const addresses = pageAddresses(document);
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
