import { readFileSync } from "node:fs";
import type { Facts } from "../../scripts/page/facts.js";
import type { SavedPage } from "../../scripts/page/saved-page.js";

const read = (name: string) =>
  readFileSync(new URL(`../../openapi/${name}`, import.meta.url), "utf8");

export const documentText: string = read("openapi.yaml");
export const savedPage: SavedPage = JSON.parse(read("page.json"));

const { beta, heading, operations, models } = savedPage;
/** The facts of the vendor's page, as `openapi/page.json` has them. */
export const facts: Facts = { beta, heading, operations, models };
