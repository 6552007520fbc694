import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../scripts/docs/serve.js";

let base = "";
let url = "";
let stop: () => Promise<void>;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "loke-serve-"));
  await mkdir(join(base, "site/client"), { recursive: true });
  await mkdir(join(base, "site-next-door"));
  await writeFile(join(base, "secret.txt"), "secret");
  await writeFile(join(base, "site-next-door/secret.txt"), "secret");
  for (const name of [
    "index.html",
    "client/index.html",
    "a.js",
    "a.css",
    "a.yaml",
    "a.json",
    "a b.svg",
  ]) {
    await writeFile(join(base, "site", name), `content of ${name}`);
  }
  ({ url, stop } = await serve(join(base, "site"), 0));
});
afterAll(async () => {
  await stop();
  await rm(base, { recursive: true });
});

/** Asks for a path as it is: `fetch` would tidy it up first. */
function ask(
  path: string,
  method = "GET",
): Promise<{ status?: number; type?: string; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => (body += text));
      response.on("end", () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, type: headers["content-type"] ?? "", body });
      });
    })
      .on("error", reject)
      .end();
  });
}

describe("the server of the docs", () => {
  it.for([
    ["/", "text/html;charset=utf-8", "index.html"],
    ["/client/", "text/html;charset=utf-8", "client/index.html"],
    ["/index.html?x=1", "text/html;charset=utf-8", "index.html"],
    ["/a.js", "text/javascript", "a.js"],
    ["/a.css", "text/css", "a.css"],
    ["/a.yaml", "text/yaml", "a.yaml"],
    ["/a.json", "application/json", "a.json"],
    ["/a%20b.svg", "image/svg+xml", "a b.svg"],
  ])("serves %s as %s", async ([path = "", type, name]) => {
    expect(await ask(path)).toEqual({ status: 200, type, body: `content of ${name}` });
  });

  it.for([
    "/gone.html",
    "/client",
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/client/../../secret.txt",
    "/../site-next-door/secret.txt",
    "/%00",
    "/%E0%A4%A",
    "//etc/passwd",
  ])("has nothing at %s", async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: "Not found\n" });
  });

  it("takes no other method than GET and HEAD", async () => {
    expect(await ask("/", "POST")).toMatchObject({ status: 405 });
    expect(await ask("/", "HEAD")).toMatchObject({ status: 200, body: "" });
  });

  it("listens on this machine only, and says so when the port is taken", async () => {
    const { hostname, port } = new URL(url);
    expect(hostname).toBe("127.0.0.1");
    // Another address of this machine, at which a server that listens everywhere answers.
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow("fetch failed");
    await expect(serve(base, Number(port))).rejects.toThrow("EADDRINUSE");
  });
});
