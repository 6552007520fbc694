/** `npm run docs:screenshots`: pictures of the docs that were built last, to be looked at. */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { commandNames } from "../generate/command-names.js";
import { findChromium, launchChromium } from "./chromium.js";
import { type Document, operationsOf } from "./document.js";

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

const api: Document = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
);
const [first] = operationsOf(api);
const list = operationsOf(api).find((operation) => operation["x-paging"]) ?? first;
const listPage = `api/${commandNames([list?.operationId ?? ""]).get(list?.operationId ?? "")}.html`;

/** One page of each kind. */
const pages = {
  home: "index.html",
  guide: "authentication.html",
  operation: listPage,
  models: "api/models.html",
  client: "client/index.html",
  "client-name": "client/interfaces/loke-customers.List.html",
  command: "command.html",
  changes: "changes.html",
};

const sizes = [
  { width: 1440, height: 1000 },
  { width: 768, height: 1024 },
  { width: 360, height: 780 },
];

const shots: Shot[] = Object.entries(pages).flatMap(([name, page]) =>
  sizes.flatMap((size) =>
    (["light", "dark"] as const).map((colorScheme) => ({
      name: `${name}-${size.width}-${colorScheme}`,
      page,
      colorScheme,
      ...size,
    })),
  ),
);

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
  if (path === undefined) {
    throw new Error("There is no Chromium. Install one, or set CHROMIUM_PATH.");
  }
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
