import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { type HtmlStyle, renderHtml } from "./render-html.js";
import { runPage } from "./run-page.js";
import { documentText, facts, pageInOtherWords } from "./this-page.js";

const style: HtmlStyle = {
  table: "thead",
  frame: "menus",
  sections: "flat",
  isMarkedUp: true,
  optional: "description",
  values: "break",
  example: "spans",
  request: "badge",
  responses: "headings",
  entities: "few",
  anchors: "mark",
};
const html = renderHtml(pageInOtherWords(), style);
const changed = html.replace("<code>gender</code>", "<code>genders</code>");
const shell = "<!doctype html><div id=root></div><script src=/main.js></script>";

let folder: string;
let server: Server;
let origin = "";
const bodies: Record<string, string> = { "/page": html, "/changed": changed, "/shell": shell };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-fetch-"));
  server = createServer(({ url = "" }, response) => {
    const body = bodies[url];
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "text/html" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await mkdir(join(folder, "openapi"));
  await writeDocument(`${origin}/page`);
  await writeFile(join(folder, "page.html"), html);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** Writes the document with its first tag at the first address, and a tag more for each other. */
async function writeDocument(...urls: string[]): Promise<void> {
  const document = parseDocument(documentText);
  document.deleteIn(["tags", 0, "externalDocs"]);
  for (const [index, url] of urls.entries()) {
    if (index > 0) document.addIn(["tags"], document.createNode({ name: `Tag ${index}` }));
    document.setIn(["tags", index, "externalDocs"], { url });
  }
  await writeFile(join(folder, "openapi/openapi.yaml"), document.toString());
}

function run(args: string[], input = "") {
  return runPage(args, { root: folder, input });
}

describe("npm run page without FILE", () => {
  test("fetches the page from the address in the document", async () => {
    const { exitCode, stdout, stderr } = await run(["--save"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/\nSaved as openapi\/page\.json\.$/);
    const saved = JSON.parse(await readFile(join(folder, "openapi/page.json"), "utf8"));
    expect(saved).toMatchObject({ date: "2030-12-31", ...facts });
    expect(await run([])).toEqual({
      exitCode: 0,
      stdout: "dist/page.txt agrees with openapi/openapi.yaml.",
      stderr: "",
    });
  });

  test("fetches another address by --url, and names lines of the text that it keeps", async () => {
    const { exitCode, stdout } = await run(["--url", `${origin}/changed`]);
    expect(exitCode).toBe(1);
    const lines = (await readFile(join(folder, "dist/page.txt"), "utf8")).split("\n");
    const line = lines.findIndex((one) => one.startsWith("genders\tstring\t")) + 1;
    expect(line).toBeGreaterThan(1);
    expect(stdout).toContain(`dist/page.txt:${line} `);
  });

  test("exits with 2 if the page is gone, or needs a browser", async () => {
    const gone = await run(["--url", `${origin}/gone`]);
    expect(gone).toMatchObject({ exitCode: 2, stdout: "" });
    expect(gone.stderr).toMatch(/^page: http:\/\/127\.0\.0\.1:\d+\/gone answers with 404/);
    const shell = await run(["--url", `${origin}/shell`]);
    expect(shell).toMatchObject({ exitCode: 2, stdout: "" });
    expect(shell.stderr).toMatch(/^page: \S+\/shell needs a browser/);
  });

  test("exits with 2 if the document names no page, or several", async () => {
    await writeDocument(`${origin}/page`, `${origin}/other`);
    expect(await run([])).toMatchObject({
      exitCode: 2,
      stderr: `page: The document is from several pages. Choose one: --url ${origin}/page, or --url ${origin}/other.`,
    });
    await writeDocument();
    expect(await run([])).toMatchObject({
      exitCode: 2,
      stderr:
        "page: The document names no page: give its tag `externalDocs` with the page's url, or give --url.",
    });
    await writeDocument(`${origin}/page`);
  });

  test("takes no --url beside FILE", async () => {
    expect((await run(["page.html", "--url", origin])).stderr).toMatch(
      /^page: --url goes with no FILE/,
    );
  });
});

test("npm run page reads HTML from a file and from standard input", async () => {
  const agrees = {
    exitCode: 0,
    stdout: "dist/page.txt agrees with openapi/openapi.yaml.",
    stderr: "",
  };
  expect(await run(["page.html"])).toEqual(agrees);
  expect(await run(["-"], html)).toEqual(agrees);
  const { exitCode, stderr } = await run(["-"], shell);
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^page: standard input needs a browser/),
  });
});
