import { readdirSync, readFileSync } from "node:fs";
import type { Facts } from "../../scripts/page/facts.js";
import type { SavedPage } from "../../scripts/page/saved-page.js";

const folder = new URL("../../openapi/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

export const documentText: string = read("openapi.yaml");
export const savedPage: SavedPage = JSON.parse(read("page.json"));

/** That page, and any other of the vendor's that is in the document. */
export const savedPages: readonly SavedPage[] = readdirSync(folder)
  .filter((name) => /^page(\..+)?\.json$/.test(name))
  .map((name) => JSON.parse(read(name)));

const { beta, heading, operations, models } = savedPage;
/** The facts of the vendor's page, as `openapi/page.json` has them. */
export const facts: Facts = { beta, heading, operations, models };
