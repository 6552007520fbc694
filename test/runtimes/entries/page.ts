/** Runs the suite in a page: `page.html#WORLD`, or in a worker of that page with `?worker`. */
import type { Result } from "../suite/run-checks.js";
import { runSuite } from "../suite/suite.js";
import type { World } from "../suite/world.js";

declare global {
  var results: Promise<Result[]>;
}

const violations: string[] = [];
document.addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
  // One check does it on purpose, and sees that it is refused.
  if (blockedURI !== "eval") violations.push(`${effectiveDirective} ${blockedURI}`);
});

const world: World = JSON.parse(decodeURIComponent(location.hash.slice(1)));
globalThis.results = (location.search === "?worker" ? runInWorker() : runSuite(world)).then(
  (results) => [
    ...results,
    {
      name: "breaks no rule of a strict Content-Security-Policy",
      ok: violations.length === 0,
      detail: violations.join(),
    },
  ],
);

function runInWorker(): Promise<Result[]> {
  const worker = new Worker("/web-worker.js", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) =>
      reject(new Error(`the worker does not start: ${message ?? "it is refused"}`));
    worker.postMessage(world);
  });
}
