/** `npm run docs:screenshots`: pictures of the docs that were built last, to be looked at. */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { findChromium, launchChromium } from "./chromium.js";
import { type Document, modelsOf, operationsOf } from "./document.js";
import { modelRoute, operationRoute } from "./routes.js";

const usage = `Usage: npm run docs:screenshots [-- --readme]

Makes pictures of dist/docs/ in dist/screenshots/, with Chromium: CHROMIUM_PATH, or the one that is installed.

  --readme  make .github/docs.png anew, too
  --help    show this

Exit codes: 0 done; 2 could not run.`;

interface Shot {
  name: string;
  page: string;
  width: number;
  height: number;
  colorScheme: "light" | "dark";
}

const wide = { width: 1440, height: 1000 };
const phone = { width: 390, height: 844 };

const api: Document = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
);
const [first] = operationsOf(api);
const [model = ["", {}]] = modelsOf(api);
const list = operationsOf(api).find((operation) => operation["x-paging"]) ?? first;
const firstPage = `index.html${first ? operationRoute(first) : ""}`;
const listPage = `index.html${list ? operationRoute(list) : ""}`;

const shots: Shot[] = [
  { name: "overview", page: "index.html", ...wide, colorScheme: "light" },
  { name: "overview-dark", page: "index.html", ...wide, colorScheme: "dark" },
  { name: "operation", page: listPage, ...wide, colorScheme: "light" },
  { name: "operation-dark", page: firstPage, ...wide, colorScheme: "dark" },
  { name: "models", page: `index.html${modelRoute(model[0])}`, ...wide, colorScheme: "light" },
  { name: "changes", page: "changes.html", ...wide, colorScheme: "light" },
  { name: "client", page: "client/index.html", ...wide, colorScheme: "light" },
  {
    name: "client-dark",
    page: "client/interfaces/loke-customers.LokeClient.html",
    ...wide,
    colorScheme: "dark",
  },
  { name: "phone", page: "index.html", ...phone, colorScheme: "light" },
  { name: "phone-operation", page: firstPage, ...phone, colorScheme: "dark" },
];

const forReadme: Shot = {
  name: "docs",
  page: listPage,
  width: 1440,
  height: 900,
  colorScheme: "light",
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      readme: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const path = findChromium();
  if (path === undefined)
    throw new Error("There is no Chromium. Install one, or set CHROMIUM_PATH.");
  const browser = await launchChromium(path);
  try {
    await mkdir("dist/screenshots", { recursive: true });
    for (const shot of shots) await shoot(browser, shot, `dist/screenshots/${shot.name}.png`);
    if (values.readme) await shoot(browser, forReadme, ".github/docs.png");
  } finally {
    await browser.close();
  }
}

async function shoot(browser: Browser, shot: Shot, file: string): Promise<void> {
  const { width, height, colorScheme } = shot;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(new URL(shot.page, pathToFileURL(`${process.cwd()}/dist/docs/`)).href);
  // The API reference is complete when its search is ready, and has scrolled to its address some time after.
  if (shot.page.startsWith("index.html")) {
    await page.getByText("Ctrl+K").first().waitFor({ state: "attached" });
    await page.waitForTimeout(1_000);
  }
  await page.screenshot({ path: file });
  await page.close();
  console.log(file);
}

process.chdir(join(fileURLToPath(import.meta.url), "../../.."));
try {
  await main();
} catch (error) {
  console.error(`screenshots: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
