import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Facts, keys } from "../../../scripts/page/facts.js";
import type { SavedPage } from "../../../scripts/page/saved-page.js";
import type { Page } from "./render-page.js";

const fixture = new URL("../../fixture/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, fixture), "utf8");

export const documentText: string = read("openapi/openapi.yaml");
export const savedPage: SavedPage = JSON.parse(read("openapi/page.json"));

/** The facts of the vendor's page, as `openapi/page.json` has them. */
export const { beta, heading, operations, models } = savedPage;
export const facts: Facts = { beta, heading, operations, models };

/** The vendor's page with other words: those of the page itself are no part of this repository. */
export function pageInOtherWords(changed: Facts = facts): Page {
  const said = new Map<string, string>();
  for (const { request, pageSize, pagingHeader, parameters, responses } of changed.operations) {
    const paging = [
      ...(pageSize === undefined ? [] : [`They come paged by ${pageSize} results.`]),
      ...(pagingHeader === undefined ? [] : [`${pagingHeader} leads to the page after it.`]),
    ];
    said.set(keys.operation(request), ["Does what it is called.", ...paging].join(" "));
    for (const { name } of parameters) said.set(keys.parameter(request, name), `Chooses ${name}.`);
    for (const { status } of responses) said.set(keys.response(request, status), "Answer");
  }
  for (const { name, fields } of changed.models) {
    said.set(keys.model(name), `Says all of ${name}.`);
    for (const field of fields)
      said.set(keys.field(name, field.name), `Says the ${field.name}${field.values ? "." : ""}`);
  }
  return { facts: changed, introduction: ["Words that lead to what follows."], said };
}

/** The page as it was captured. It is no part of this repository, but can lie beside it. */
export const captured: Uint8Array | undefined = (() => {
  const path = fileURLToPath(new URL("../../../../shared/source/customers.txt", import.meta.url));
  if (existsSync(path)) return readFileSync(path);
  console.info("Skipped: the captured page does not lie beside this repository.");
  return undefined;
})();
