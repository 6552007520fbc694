import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSources, type Sources, writeSite } from "../../scripts/docs/build-site.js";
import { type Document, modelsOf, operationsOf } from "../../scripts/docs/document.js";
import { serve } from "../../scripts/docs/serve.js";
import { findChromium, launchChromium } from "./chromium.js";
import { openPage, type Reader } from "./open-page.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const api: Document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8"));
const operations = operationsOf(api);
const pageOf = ({ name }: { name: string }) => `api/${name}.html`;
const operationPages = operations.map(pageOf);

const chromiumPath = findChromium();
if (chromiumPath === undefined) {
  const reason = "There is no Chromium: install one, or name one in CHROMIUM_PATH.";
  if (process.env.CI) throw new Error(reason);
  console.warn(`The docs are not tested in a browser. ${reason}`);
}

describe.skipIf(chromiumPath === undefined)("the docs, in Chromium with the network cut", () => {
  let site = "";
  let browser: Browser;
  let sources: Sources;
  const fileUrl = (path: string) => new URL(path, pathToFileURL(`${site}/`)).href;
  const open = (path: string, reader?: Reader) => openPage(browser, fileUrl(path), reader);

  beforeAll(async () => {
    site = await mkdtemp(join(tmpdir(), "loke-docs-test-"));
    // What the command prints is read from the build.
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    for (const part of ["src", "src/cli"]) {
      await promisify(execFile)(process.execPath, [tsc, "-p", join(root, part)]);
    }
    sources = await readSources();
    await writeSite(sources, site);
    browser = await launchChromium(chromiumPath ?? "");
  });
  afterAll(async () => {
    await browser?.close();
    await rm(site, { recursive: true, force: true });
  });

  /** Every page, by its path from the site's root. */
  const pages = () =>
    readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".html"),
    );

  /** One page of each kind. */
  const kinds = () => [
    "index.html",
    `${sources.guide[0]?.path}.html`,
    "not-stated.html",
    "api/index.html",
    ...operationPages.slice(0, 2),
    "api/models.html",
    "client/index.html",
    "client/interfaces/loke-customers.LokeClient.html",
    "client/interfaces/loke-customers.List.html",
    "client/classes/loke-customers.LokeError.html",
    "command.html",
    "changes.html",
  ];

  it("request nothing elsewhere, log no error, begin with the notice of beta and have one main part, on any page, from a file", async () => {
    expect(pages()).toContain("client/index.html");
    const { page, requestsElsewhere, complaints } = await open("index.html");
    for (const path of pages()) {
      await page.goto(fileUrl(path));
      const text = await page.innerText("body");
      const mains = await page.getByRole("main").count();
      expect({ path, requestsElsewhere, complaints, text: text.trim().slice(0, 5), mains }).toEqual(
        {
          path,
          requestsElsewhere: [],
          complaints: [],
          text: "Beta.",
          mains: 1,
        },
      );
    }
    await page.context().close();
  });

  it("request nothing elsewhere and log no error, with the search open, from a server", async () => {
    const { url, stop } = await serve(site, 0);
    try {
      for (const path of kinds()) {
        const { page, requestsElsewhere, complaints } = await openPage(browser, url + path);
        await search(page, "customer");
        expect({ path, requestsElsewhere, complaints }).toEqual({
          path,
          requestsElsewhere: [],
          complaints: [],
        });
        await page.context().close();
      }
    } finally {
      await stop();
    }
  });

  it("cannot be made to request anything elsewhere, or to run or show what is not a file of theirs", async () => {
    for (const path of kinds()) {
      const { page } = await open(path);
      const outcome = await page.evaluate(async () => {
        const blocked: string[] = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          blocked.push(event.effectiveDirective);
        });
        const script = document.createElement("script");
        script.textContent = "window.hasRun = true";
        const style = document.createElement("style");
        style.textContent = "body { color: red }";
        const image = document.createElement("img");
        image.src = "https://example.com/a.png";
        document.body.append(script, style, image);
        await fetch("https://example.com/").catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve));
        return { blocked: blocked.sort(), hasRun: "hasRun" in window };
      });
      expect({ path, ...outcome }).toEqual({
        path,
        blocked: ["connect-src", "img-src", "script-src-elem", "style-src-elem"],
        hasRun: false,
      });
      await page.context().close();
    }
  });

  describe("the API reference", () => {
    it("shows every operation, parameter, header, model and field of the document", async () => {
      const { page } = await open("index.html");
      for (const operation of operations) {
        await page.goto(fileUrl(pageOf(operation)));
        const text = await page.innerText("main");
        for (const expected of partsOf(operation)) expect(text).toContain(expected);
      }
      await page.goto(fileUrl("api/models.html"));
      const text = await page.innerText("main");
      for (const [name, { properties = {} }] of modelsOf(api)) {
        expect(text).toContain(name);
        for (const [field, property] of Object.entries(properties)) {
          expect(text).toContain(field);
          expect(text).toContain(plain(String(Object(property).description)));
        }
      }
      await page.context().close();
    });

    it("shows the samples of each operation as they are, TypeScript first", async () => {
      const { page } = await open("index.html");
      for (const { name, operationId } of operations) {
        await page.goto(fileUrl(pageOf({ name })));
        const blocks = await page.locator("main pre").allInnerTexts();
        const samples = sources.samples.filter((sample) => sample.operationId === operationId);
        expect(samples.map(({ language }) => language)).toEqual(["ts", "sh"]);
        expect(blocks.slice(0, 2).map(lines)).toEqual(samples.map(({ source }) => lines(source)));
      }
      await page.context().close();
    });

    it("lands where each address leads", async () => {
      const { page } = await open("index.html");
      for (const path of [...operationPages, "api/models.html", "not-stated.html"]) {
        await page.goto(fileUrl(path));
        const ids = await page
          .locator("main [id]")
          .evaluateAll((elements) => elements.map(({ id }) => id));
        expect(ids.length).toBeGreaterThan(0);
        for (const id of ids) {
          await page.goto(`${fileUrl(path)}#${id}`);
          const target = page.locator(`[id="${id}"]`);
          expect(await target.evaluate(isInView), `${path}#${id}`).toBe(true);
        }
      }
      await page.context().close();
    });

    it("offers the document itself, in both forms, and each page as Markdown", async () => {
      const { page } = await open(operationPages[0] ?? "");
      for (const [name, file] of [
        ["openapi.json", "generated/openapi.json"],
        ["openapi.yaml", "openapi/openapi.yaml"],
      ] as const) {
        const link = page.getByRole("link", { name, exact: true });
        expect(await link.getAttribute("download")).not.toBeNull();
        expect(await readFile(await pathOf(link))).toEqual(await readFile(join(root, file)));
      }
      const markdown = page.getByRole("link", { name: "This page as Markdown" });
      const text = await readFile(await pathOf(markdown), "utf8");
      expect(text).toContain(`# ${operations[0]?.summary}`);
      await page.context().close();
    });
  });

  it("are all named in llms.txt, and what it names is there", async () => {
    const text = await readFile(join(site, "llms.txt"), "utf8");
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, href = ""]) => href);
    for (const href of links) expect((await stat(join(site, href))).isFile(), href).toBe(true);
    const inMarkdown = pages().filter((path) => !path.startsWith("client/"));
    for (const path of inMarkdown.filter((each) => each !== "index.html")) {
      expect(links).toContain(path.replace(/html$/, "md"));
    }
  });

  it("load little before they can be read, and the index of the search only when it is used", async () => {
    const { page } = await open("index.html");
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    await page.goto(fileUrl(operationPages[0] ?? ""), { waitUntil: "networkidle" });
    const sizes = await Promise.all(
      loaded.filter((url) => url.startsWith("file:")).map((url) => stat(fileURLToPath(url))),
    );
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(100_000);
    await search(page, "customer");
    expect(loaded.filter((url) => url.endsWith("search-index.js"))).toHaveLength(1);
    await page.context().close();
  });

  describe("the search", () => {
    it("finds operations, models, fields, the guide, the client and the command, from any page", async () => {
      const expected = [
        ...operations.map(({ summary = "", name }) => [summary, pageOf({ name })]),
        ...modelsOf(api).map(([name]) => [name, "api/models.html"]),
        ...sources.guide.map(({ title, path }) => [title, `${path}.html`]),
        ["RateLimitError", "client/classes/loke-customers.RateLimitError.html"],
        ["spreadsheet", "command.html"],
      ];
      const { page, complaints } = await open("client/interfaces/loke-customers.List.html");
      for (const [words = "", path = ""] of expected) {
        const hrefs = await search(page, words);
        expect(
          hrefs.map((href) => href.replace(/#.*/, "")),
          words,
        ).toContain(fileUrl(path));
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it("is used with the keyboard alone", async () => {
      const { page } = await open("index.html");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("RateLimitErr");
      await page.locator("#site-results a").first().waitFor();
      await page.keyboard.press("ArrowDown");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("A");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Escape");
      expect(await page.locator("#site-results").isVisible()).toBe(false);
      // Escape has cleared the field.
      await page.keyboard.type("RateLimitError");
      await page.locator("#site-results a").first().waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/RateLimitError/);
      await page.context().close();
    });

    it("shows what it found as text, with gaps between the words, and says when it found nothing", async () => {
      const { page } = await open("index.html");
      await search(page, "phoneNumber");
      const found = await page.locator("#site-results li").allInnerTexts();
      expect(found.join("\n")).toMatch(/\. phoneNumber string, in query Searches all/);
      await page.fill("input[type=search]", "<b>xyzzy");
      await expect.poll(() => page.locator("#site-results").innerText()).toBe("0 results");
      await page.context().close();
    });
  });

  // Colours do not depend on the width, nor the structure on the colours.
  const looks: Reader[] = [
    { width: 1440, colorScheme: "light" },
    { width: 768, colorScheme: "light" },
    { width: 360, colorScheme: "dark" },
  ];

  it("fit windows of 1440, 768 and 360 px, and are dark for who likes it dark", async () => {
    const guide = sources.guide.map(({ path }) => `${path}.html`);
    for (const look of looks) {
      const { page } = await open("index.html", look);
      for (const path of new Set([...kinds(), ...guide])) {
        await page.goto(fileUrl(path));
        const measured = await page.evaluate(() => ({
          width: document.documentElement.scrollWidth,
          background: getComputedStyle(document.body).backgroundColor,
          // A table is not scrolled: where it has no room, its rows are lists.
          wideTables: [...document.querySelectorAll(".site-table")].filter(
            ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
          ).length,
        }));
        const isDark = lightness(measured.background) < 0.5;
        expect({
          path,
          look,
          width: measured.width,
          wideTables: measured.wideTables,
          isDark,
        }).toEqual({
          path,
          look,
          width: look.width,
          wideTables: 0,
          isDark: look.colorScheme === "dark",
        });
      }
      await page.context().close();
    }
  });

  it("show that code goes on to the side, and let it be scrolled with keys", async () => {
    const { page } = await open(operationPages[0] ?? "", { width: 360 });
    const blocks = await page.locator("pre").evaluateAll((elements) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map((element) => ({
          isFocusable: (element as HTMLElement).tabIndex === 0,
          shadows: getComputedStyle(element).backgroundImage.match(/linear-gradient/g)?.length,
        })),
    );
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(block).toEqual({ isFocusable: true, shadows: 4 });
    await page.context().close();
  });

  it("have a menu beside the text, or behind a button, also without a script", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const wide = await open("index.html", { javaScriptEnabled });
      expect(await wide.page.getByRole("navigation", { name: "Pages" }).isVisible()).toBe(true);
      await wide.page.context().close();
      const { page } = await open("client/index.html", { width: 360, javaScriptEnabled });
      const entry = page.locator("#site-menu").getByRole("link", { name: "Models", exact: true });
      expect(await entry.isVisible()).toBe(false);
      await page.getByRole("button", { name: "Menu" }).click();
      await entry.click();
      await page.waitForURL(/api\/models\.html$/);
      expect(await page.getByRole("search").isVisible()).toBe(javaScriptEnabled);
      await page.context().close();
    }
  });

  it("print all of their text on A4: every sample, no code cut off, and nothing to click", async () => {
    // The width of A4 between margins of 1 cm.
    for (const path of kinds()) {
      const { page } = await open(path, { width: 718, colorScheme: "dark" });
      const before = await page.innerText("main");
      await page.emulateMedia({ media: "print" });
      const printed = await page.evaluate(() => ({
        cutOff: [...document.querySelectorAll("main *")].filter((element) => {
          const { overflowX, overflowY } = getComputedStyle(element);
          const isWider = element.scrollWidth > element.clientWidth && element.clientWidth > 0;
          return (
            overflowX !== "visible" ||
            overflowY !== "visible" ||
            (isWider && element.tagName === "PRE")
          );
        }).length,
        width: document.documentElement.scrollWidth,
        menu: document.querySelector("#site-menu")?.checkVisibility(),
        background: getComputedStyle(document.body).backgroundColor,
      }));
      expect({ path, ...printed }).toEqual({
        path,
        cutOff: 0,
        width: 718,
        menu: false,
        background: "rgb(255, 255, 255)",
      });
      const after = await page.innerText("main");
      const words = (text: string) => text.replaceAll(/Previous: .*|Next: .*/g, "").split(/\s+/);
      expect(words(after).filter(Boolean)).toEqual(words(before).filter(Boolean));
      await page.context().close();
    }
  });

  it.for(looks)(
    "have no violation that axe-core knows, of whatever impact, at $width px, $colorScheme",
    async (look) => {
      const { page } = await open("index.html", look);
      for (const path of kinds()) {
        await page.goto(fileUrl(path));
        expect(await violations(page), path).toEqual([]);
      }
      await search(page, "customer");
      expect(await violations(page), "the search").toEqual([]);
      await page.context().close();
    },
  );
});

/** Searches, and returns the addresses that are found. */
async function search(page: Page, words: string): Promise<string[]> {
  await page.fill("input[type=search]", words);
  const results = page.locator("#site-results a");
  await expect.poll(() => results.count(), { message: words, timeout: 30_000 }).toBeGreaterThan(0);
  return results.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
}

/** Returns the file that a link leads to. */
async function pathOf(link: ReturnType<Page["getByRole"]>): Promise<string> {
  return fileURLToPath(await link.evaluate((element) => (element as HTMLAnchorElement).href));
}

/** What an operation's page must show. */
function partsOf(operation: (typeof operations)[number]): string[] {
  return [
    operation.summary ?? "",
    plain(operation.description ?? ""),
    ...operation.parameters.flatMap(({ name, description = "" }) => [name, plain(description)]),
    ...operation.responses.flatMap(({ headers = {}, status }) => [status, ...Object.keys(headers)]),
  ];
}

/** Markdown as it reads: `MALE` without its marks. */
function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}

function lines(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.trimEnd());
}

function isInView(element: Element): boolean {
  const { top } = element.getBoundingClientRect();
  return top > -1 && top < window.innerHeight;
}

/** `rgb(34, 36, 43)` → 0.14 */
function lightness(color: string): number {
  const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return channels.reduce((sum, channel) => sum + channel, 0) / 3 / 255;
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return result.violations.map(
    ({ id, impact, nodes }) =>
      `${id} (${impact}): ${nodes.map(({ html }) => html.slice(0, 150)).join("  ")}`,
  );
}
