import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launchChromium } from "../../scripts/docs/chromium.js";
import {
  type Document,
  modelsOf,
  operationsOf,
  parametersOf,
} from "../../scripts/docs/document.js";
import { readGuide } from "../../scripts/docs/guide.js";
import { makeSamples } from "../../scripts/docs/make-samples.js";
import { headingsIn } from "../../scripts/docs/markdown.js";
import { routesOf } from "../../scripts/docs/routes.js";
import { withOwnSamples } from "../../scripts/docs/samples.js";
import { serve } from "../../scripts/docs/serve.js";
import { resolve } from "../../scripts/generate/document.js";
import { acceptedViolations } from "./accepted-violations.js";
import { openPage, type Reader } from "./open-page.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const api: Document = JSON.parse(readFileSync(join(root, "generated/openapi.json"), "utf8"));
const guide = await readGuide();
const samples = await withOwnSamples(root, makeSamples(api));
const routes = routesOf(api, guide);
const headings = guide.flatMap(({ markdown }) => headingsIn(markdown).map(({ text }) => text));

const chromiumPath = findChromium();
if (chromiumPath === undefined) {
  const reason = "There is no Chromium: install one, or name one in CHROMIUM_PATH.";
  if (process.env.CI) throw new Error(reason);
  console.warn(`The docs are not tested in a browser. ${reason}`);
}

describe.skipIf(chromiumPath === undefined)("the docs, in Chromium with the network cut", () => {
  let site = "";
  let browser: Browser;
  const fileUrl = (path: string) => new URL(path, pathToFileURL(`${site}/`)).href;
  const open = (path: string, reader?: Reader) => openPage(browser, fileUrl(path), reader);

  beforeAll(async () => {
    site = await mkdtemp(join(tmpdir(), "loke-docs-test-"));
    const npm = process.env.npm_execpath;
    const [command, ...first] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
    const args = [...first, "run", "--silent", "docs", "--", "--out", site];
    const { stdout } = await promisify(execFile)(command, args, { cwd: root });
    console.log(stdout.trim());
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

  it("ask for nothing elsewhere and complain of nothing, on any page, from a file", async () => {
    expect(pages()).toContain("client/index.html");
    for (const path of pages()) {
      const { page, requestsElsewhere, complaints } = await open(path);
      await page.waitForLoadState("networkidle");
      expect({ path, requestsElsewhere, complaints }).toEqual({
        path,
        requestsElsewhere: [],
        complaints: [],
      });
      await page.context().close();
    }
  });

  it("ask for nothing elsewhere and complain of nothing from a server", async () => {
    const { url, stop } = await serve(site, 0);
    try {
      for (const path of ["index.html", "client/index.html", "command.html", "changes.html"]) {
        const { page, requestsElsewhere, complaints } = await openPage(browser, url + path);
        await page.waitForLoadState("networkidle");
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

  it("cannot be made to ask for anything elsewhere, or to run another script", async () => {
    for (const path of ["index.html", "client/index.html", "command.html", "changes.html"]) {
      const { page } = await open(path);
      const outcome = await page.evaluate(async () => {
        const blocked: string[] = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          blocked.push(event.effectiveDirective);
        });
        const script = document.createElement("script");
        script.textContent = "window.hasRun = true";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "https://example.com/a.png";
        document.body.append(image);
        await fetch("https://example.com/").catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve));
        return { blocked: blocked.sort(), hasRun: "hasRun" in window };
      });
      expect({ path, ...outcome }).toEqual({
        path,
        blocked: ["connect-src", "img-src", "script-src-elem"],
        hasRun: false,
      });
      await page.context().close();
    }
  });

  it("begin with the notice that the API is beta, on every page", async () => {
    for (const path of [
      "index.html",
      "client/index.html",
      "client/interfaces/loke-customers.Customer.html",
      "command.html",
      "changes.html",
    ]) {
      const { page } = await open(path);
      expect(await page.innerText("body"), path).toMatch(/^\s*Beta\./);
      await page.context().close();
    }
  });

  describe("the API reference", () => {
    it("tells, in this order, how to start, authenticate, page, meet errors, and what is not stated; then all operations; then all models", async () => {
      const { page } = await open("index.html");
      const titles = await page.locator("main h2").allInnerTexts();
      expect(titles).toEqual([
        ...headings,
        ...operationsOf(api).map(({ summary }) => summary),
        ...modelsOf(api).map(([name]) => name),
      ]);
      await page.context().close();
    });

    it("shows every operation, parameter, header, model and field of the document", async () => {
      const { page } = await open("index.html");
      const section = (slug: string) => page.locator(`[id="${slug}"]`).first().innerText();
      for (const operation of operationsOf(api)) {
        const text = await section(`other/${operation.operationId.toLowerCase()}`);
        for (const expected of partsOf(operation)) expect(text).toContain(expected);
      }
      for (const [name, { properties = {} }] of modelsOf(api)) {
        const text = await section(name.toLowerCase());
        for (const field of Object.keys(properties)) expect(text).toContain(field);
      }
      const all = await page.innerText("body");
      for (const { description } of fieldsOf(api)) expect(all).toContain(plain(description));
      await page.context().close();
    });

    it("shows the samples of each operation as they are, TypeScript first", async () => {
      const { page } = await open("index.html");
      for (const { operationId } of operationsOf(api)) {
        const panel = page.locator(
          `[id="other/${operationId.toLowerCase()}"] .panel-request-samples`,
        );
        const sample = (language: string) =>
          samples.find((one) => one.operationId === operationId && one.language === language)
            ?.source ?? "";
        expect(lines(await panel.locator("pre").innerText())).toEqual(lines(sample("ts")));
        const tab = panel.getByText("TypeScript", { exact: true });
        // At the foot of the window the renderer would open the list of languages below it.
        await tab.evaluate((element) => element.scrollIntoView({ block: "center" }));
        await tab.click();
        await page.getByText("curl in a shell", { exact: true }).last().click();
        await expect
          .poll(async () => lines(await panel.locator("pre").innerText()))
          .toEqual(lines(sample("sh")));
        await page.reload();
      }
      await page.context().close();
    });

    it("lands where each address leads", async () => {
      for (const route of routes) {
        const { page } = await open(`index.html${route}`);
        const target = page.locator(`[id="${route.slice(2)}"]`).first();
        if (route !== "#/") {
          await expect
            .poll(() => target.evaluate(isInView), { message: route, timeout: 30_000 })
            .toBe(true);
        }
        await page.context().close();
      }
    });

    it("has a menu whose entries work with a click, and opened in another tab", async () => {
      const { page } = await open("index.html");
      const entries = page.locator("a[href^='#/']").filter({ visible: true });
      const hrefs = await entries.evaluateAll((links) =>
        links.map((link) => link.getAttribute("href") ?? ""),
      );
      for (const route of routes) expect(hrefs).toContain(route);
      await page.locator('a[href="#/customertiny"]').first().click();
      await expect.poll(() => page.locator("[id=customertiny]").evaluate(isInView)).toBe(true);
      expect(new URL(page.url()).hash).toBe("#/customertiny");
      await page.context().close();
    });

    it("finds each operation and each model by its name", async () => {
      const { page, complaints } = await open("index.html");
      const names = [
        ...operationsOf(api).map(({ summary = "" }) => summary),
        ...modelsOf(api).map(([name]) => name),
      ];
      for (const name of names) {
        await page.keyboard.press("Control+k");
        await page.getByTestId("search-dialog").locator("input").fill(name);
        await expect
          .poll(() => page.locator('[data-component-name="Search/SearchItem"]').allInnerTexts(), {
            timeout: 30_000,
          })
          .toContainEqual(expect.stringContaining(name));
        await page.keyboard.press("Escape");
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it("offers the document itself, in both forms", async () => {
      const { page } = await open("index.html");
      for (const [name, file] of [
        ["openapi.json", "generated/openapi.json"],
        ["openapi.yaml", "openapi/openapi.yaml"],
      ] as const) {
        const link = page.locator(`a[href="${name}"]`).first();
        expect(await link.getAttribute("download")).not.toBeNull();
        const path = fileURLToPath(
          await link.evaluate((element: HTMLAnchorElement) => element.href),
        );
        expect(await readFile(path)).toEqual(await readFile(join(root, file)));
      }
      await page.context().close();
    });

    it("can be read soon", async () => {
      const page = await browser.newPage();
      await page.goto(fileUrl("index.html#/other/listcustomers"));
      const title = page.getByRole("heading", { name: "List customers" });
      await title.waitFor();
      const readableMs = await page.evaluate(() => Math.round(performance.now()));
      const html = await readFile(join(site, "index.html"));
      console.log(
        `index.html: ${html.length} bytes, ${gzipSync(html).length} with gzip; an operation can be read after ${readableMs} ms`,
      );
      expect(html.length).toBeLessThan(4_000_000);
      await page.close();
    });
  });

  it("let the client's reference be searched", async () => {
    const { page, complaints } = await open("client/index.html");
    await page.click("#tsd-search-trigger");
    await page.fill("#tsd-search-input", "RateLimitError");
    await expect
      .poll(() => page.locator("#tsd-search-results").innerText(), { timeout: 30_000 })
      .toContain("RateLimitError");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  const looks: Reader[] = [
    { width: 1440, colorScheme: "light" },
    { width: 1440, colorScheme: "dark" },
    { width: 390, colorScheme: "light" },
    { width: 390, colorScheme: "dark" },
  ];

  it("fit a window of 390 px, and are dark for who likes it dark", async () => {
    for (const path of [
      "index.html",
      "client/index.html",
      "client/interfaces/loke-customers.List.html",
      "command.html",
      "changes.html",
    ]) {
      for (const look of looks) {
        const { page } = await open(path, look);
        const measured = await page.evaluate(() => ({
          width: document.documentElement.scrollWidth,
          background: getComputedStyle(document.querySelector(".site-header") ?? document.body)
            .backgroundColor,
        }));
        const isDark = lightness(measured.background) < 0.5;
        expect({ path, look, width: measured.width, isDark }).toEqual({
          path,
          look,
          width: look.width,
          isDark: look.colorScheme === "dark",
        });
        await page.context().close();
      }
    }
  });

  it("have no serious or critical violation that axe-core knows, but for the renderers' own", async () => {
    const found = new Map<string, string[]>();
    const kinds = [
      "index",
      "interfaces/loke-customers.LokeClient",
      "classes/loke-customers.LokeError",
      "interfaces/loke-customers.List",
    ];
    const pagesAndLooks = [
      ...looks.flatMap((look) => ["index.html", "changes.html"].map((path) => ({ path, look }))),
      ...kinds.flatMap((kind, index) =>
        looks
          .slice(index % 2, (index % 2) + 3)
          .map((look) => ({ path: `client/${kind}.html`, look })),
      ),
    ];
    for (const { path, look } of pagesAndLooks) {
      const { page } = await open(path, look);
      for (const { id, nodes } of await seriousViolations(page)) {
        const places = nodes.map(({ html }) => `${path}: ${html.slice(0, 200)}`);
        found.set(id, [...(found.get(id) ?? []), ...places]);
      }
      await page.context().close();
    }
    const ours = [...found].filter(([id]) => !(id in acceptedViolations));
    expect(ours).toEqual([]);
    expect([...found.keys()].sort()).toEqual(Object.keys(acceptedViolations).sort());
  });
});

/** What an operation's section must show. */
function partsOf(operation: ReturnType<typeof operationsOf>[number]): string[] {
  return [
    operation.summary ?? "",
    ...parametersOf(api, operation).map(({ name }) => name),
    ...Object.entries(operation.responses ?? {}).flatMap(([status, response]) => [
      status,
      ...Object.keys(resolve(api, response).headers ?? {}),
    ]),
  ];
}

/** Every field of every model that has words. */
function fieldsOf(from: Document): { description: string }[] {
  return modelsOf(from).flatMap(([, { properties = {} }]) =>
    Object.values(properties as Record<string, { description: string }>),
  );
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
  return top > -100 && top < window.innerHeight;
}

/** `rgb(34, 36, 43)` → 0.14 */
function lightness(color: string): number {
  const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return channels.reduce((sum, channel) => sum + channel, 0) / 3 / 255;
}

async function seriousViolations(page: Page): Promise<axe.Result[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(),
  );
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical");
}
