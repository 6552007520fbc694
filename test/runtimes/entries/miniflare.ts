/** Starts workerd and has the suite run in it: `miniflare.js MINIFLARE WORKER WORLD`. Runs on a Node that miniflare supports. */
import { pathToFileURL } from "node:url";

/** What is used of miniflare, which is no dependency of this project. */
interface Miniflare {
  dispatchFetch(url: string, init: { method: string; body: string }): Promise<Response>;
  dispose(): Promise<void>;
}

/**
 * The oldest date that the client is for: before it, `fetch` takes the token along when it is redirected to another
 * origin (the flag `strip_authorization_on_cross_origin_redirect`).
 */
const compatibilityDate = "2025-09-01";

const [, , miniflarePath = "", scriptPath = "", world = ""] = process.argv;
const { Miniflare } = await import(pathToFileURL(miniflarePath).href);
const runtime: Miniflare = new Miniflare({
  modules: true,
  scriptPath,
  compatibilityDate,
  // Else it asks a server of its maker for an example of what Cloudflare knows of a request.
  cf: false,
  telemetry: { enabled: false },
});
try {
  const init = { method: "POST", body: world };
  const ask = async (path: string) => {
    const response = await runtime.dispatchFetch(`http://suite.invalid/${path}`, init);
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  const results = (await (await ask("suite")).json()) as object[];
  await ask("leave");
  const detail = String(await (await ask("token")).json());
  const name = "gets a token, though the request that asked for the first one is over";
  const ok = detail === "a-later-token";
  await ask("pace-leave");
  const id: unknown = await (await ask("pace")).json();
  const paced = {
    name: "lets a call of a pace go, though the request that took its only place is over",
    ok: typeof id === "string",
    detail: typeof id === "string" ? "" : JSON.stringify(id),
  };
  const own = [{ name, ok, detail: ok ? "" : detail }, paced];
  console.log(JSON.stringify({ results: [...results, ...own] }));
} finally {
  await runtime.dispose();
}
