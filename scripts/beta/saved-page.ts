import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "../page/compare.js";
import { openDocument } from "../page/document.js";
import { readSavedPage } from "../page/saved-page.js";
import type { ComparedPage } from "./compare-pages.js";

/** Compares the pages that were last saved with the document, without the network. */
export async function compareSavedPages(root: string): Promise<ComparedPage[]> {
  const document = openDocument(await readFile(join(root, "openapi/openapi.yaml"), "utf8"));
  const names = (await readdir(join(root, "openapi"))).filter((name) =>
    /^page(\..+)?\.json$/.test(name),
  );
  const pages = names.map(async (file) => {
    const saved = await readSavedPage(join(root, "openapi", file));
    if (!saved) throw new Error(`openapi/${file} is gone.`);
    const differences = await compare({ facts: saved }, document).severity();
    const name = `the page as saved on ${saved.date}`;
    const code = differences.length === 0 ? 0 : 1;
    return { name, code, stdout: JSON.stringify({ differences }), stderr: "" };
  });
  return Promise.all(pages);
}
