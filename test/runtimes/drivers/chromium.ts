import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import { findChromium } from "../../browser/chromium.js";
import { type Listening, listen } from "../../listen.js";
import { type Job, NotRun, type Outcome } from "../runtime.js";

const limitMs = 240_000;

/** Runs the suite in a page, or in a worker of that page. */
export async function driveChromium(job: Job, where: "page" | "worker"): Promise<Outcome> {
  const { project, signal, urls } = job;
  const executablePath = findChromium();
  if (!executablePath) throw new NotRun("there is no Chromium: install it, or set CHROMIUM_PATH");
  const pages = await servePages(project, Object.values(urls));
  try {
    const browser = await launch(executablePath);
    const close = () => void browser.close();
    signal.addEventListener("abort", close);
    try {
      signal.throwIfAborted();
      const world = JSON.stringify({ ...urls, forbidsEval: true, hidesHeaders: true });
      const query = where === "worker" ? "?worker" : "";
      const address = `${pages.url}/${query}#${encodeURIComponent(world)}`;
      const results = await resultsOf(await browser.newPage(), address);
      return { version: browser.version(), results };
    } finally {
      signal.removeEventListener("abort", close);
      await browser.close();
    }
  } finally {
    await pages.close();
  }
}

async function launch(executablePath: string) {
  try {
    return await chromium.launch({
      executablePath,
      args: ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
      // Its handlers would end this process before it has cleaned up; the job's signal closes the browser.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    const [line] = (error as Error).message.split("\n");
    throw new NotRun(`${executablePath} does not start: ${line}`);
  }
}

async function resultsOf(page: Page, address: string): Promise<Outcome["results"]> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(address);
  const late = sleep(limitMs, undefined, { ref: false });
  const results = await Promise.race([page.evaluate(() => globalThis.results), late]);
  const detail = errors.join("\n");
  if (results === undefined) throw new Error(`the suite did not come to its end: ${detail}`);
  return [...results, { name: "throws nothing that nobody catches", ok: detail === "", detail }];
}

const html = `<!doctype html><html lang="en"><title>Suite</title><script type="module" src="/page.js"></script></html>`;

/** Serves the page and its script, on an origin that is none of the API's, under a policy that allows nothing else. */
async function servePages(project: string, connect: readonly string[]): Promise<Listening> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `connect-src ${connect.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const files: Record<string, readonly [type: string, text: string]> = {
    "/": ["text/html; charset=utf-8", html],
    "/page.js": ["text/javascript", await readFile(join(project, "bundled/page.js"), "utf8")],
  };
  const server = createServer(({ url = "" }, response) => {
    const [type, text] = files[url.replace(/\?.*/, "")] ?? [];
    if (type === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(text);
  });
  return listen(server);
}
