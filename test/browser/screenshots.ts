/** `npm run docs:screenshots`: pictures of the docs that were built last, to be looked at. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import document from "../../generated/openapi.json" with { type: "json" };
import { type Document, operationsOf } from "../../scripts/docs/document.js";
import { CliError } from "../../scripts/lib/cli-error.js";
import { runCommand } from "../../scripts/lib/command.js";
import { findChromium, launchChromium } from "./chromium.js";

const usage = `Usage: npm run docs:screenshots [-- --readme]

Makes pictures of dist/docs/ in dist/screenshots/, with Chromium: CHROMIUM_PATH, or the one that is installed.

  --readme  make .github/docs.png anew, too
  --help    show this

Exit codes: 0 done; 2 could not run.`;

const operations = operationsOf(document as object as Document);
const [operation] = [...operations.filter(({ entry }) => entry.list), ...operations];
const operationPage = `api/${operation?.name}.html`;

/** One page of each kind. */
const pages = {
  home: "index.html",
  guide: "authentication.html",
  operation: operationPage,
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

interface Look {
  width: number;
  height: number;
  colorScheme: "light" | "dark";
}

const looks: Look[] = sizes.flatMap((size) => [
  { ...size, colorScheme: "light" },
  { ...size, colorScheme: "dark" },
]);

async function shoot(browser: Browser, path: string, look: Look, file: string): Promise<void> {
  const { colorScheme, ...viewport } = look;
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(new URL(path, pathToFileURL(`${process.cwd()}/dist/docs/`)).href);
  await page.screenshot({ path: file });
  await page.close();
  console.log(file);
}

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
await runCommand({
  name: "screenshots",
  usage,
  options: { readme: { type: "boolean", default: false } },
  async run({ values: { readme } }) {
    const path = findChromium();
    if (path === undefined) {
      throw new CliError("There is no Chromium. Install one, or set CHROMIUM_PATH.");
    }
    await using browser = await launchChromium(path);
    await mkdir("dist/screenshots", { recursive: true });
    for (const [name, page] of Object.entries(pages)) {
      for (const look of looks) {
        const file = `${name}-${look.width}-${look.colorScheme}.png`;
        await shoot(browser, page, look, `dist/screenshots/${file}`);
      }
    }
    const forReadme: Look = { width: 1440, height: 900, colorScheme: "light" };
    if (readme) await shoot(browser, operationPage, forReadme, ".github/docs.png");
    return 0;
  },
});
