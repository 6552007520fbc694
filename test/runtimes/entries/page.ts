/**
 * Runs the suite in a page: `page.html#WORLD`, or with `?worker` in a worker of that page, which runs this program too: posted
 * a world, it posts the results.
 */
import type { Result } from "../suite/checks.js";
import { runSuite } from "../suite/suite.js";
import type { World } from "../suite/world.js";

declare global {
  var results: Promise<Result[]>;
}

if (typeof document === "undefined") {
  globalThis.onmessage = async ({ data }: MessageEvent) => {
    globalThis.postMessage(await runSuite(data));
  };
} else {
  globalThis.results = runInPage(document);
}

async function runInPage(page: Document): Promise<Result[]> {
  const violations: string[] = [];
  page.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
    // One check does it on purpose, and sees that it is refused.
    if (blockedURI !== "eval") violations.push(`${effectiveDirective} ${blockedURI}`);
  });
  const world: World = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  const results = await (location.search === "?worker" ? runInWorker(world) : runSuite(world));
  return [
    ...results,
    {
      name: "breaks no rule of a strict Content-Security-Policy",
      ok: violations.length === 0,
      detail: violations.join(),
    },
  ];
}

function runInWorker(world: World): Promise<Result[]> {
  const worker = new Worker("/page.js", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) =>
      reject(new Error(`the worker does not start: ${message ?? "it is refused"}`));
    worker.postMessage(world);
  });
}
