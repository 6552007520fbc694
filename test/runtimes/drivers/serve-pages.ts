import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export interface Pages {
  readonly url: string;
  close(): Promise<void>;
}

const html = `<!doctype html><html lang="en"><title>Suite</title><script type="module" src="/page.js"></script></html>`;

/** Serves the page and its scripts, on an origin that is none of the API's, under a policy that allows nothing else. */
export async function servePages(project: string, connect: readonly string[]): Promise<Pages> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `connect-src ${connect.join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const script = async (name: string) => readFile(join(project, "bundled", name), "utf8");
  const files: Record<string, readonly [type: string, text: string]> = {
    "/": ["text/html; charset=utf-8", html],
    "/page.js": ["text/javascript", await script("page.js")],
    "/web-worker.js": ["text/javascript", await script("web-worker.js")],
  };
  const server = createServer(({ url = "" }, response) => {
    const [type, text] = files[url.replace(/\?.*/, "")] ?? [];
    if (type === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
