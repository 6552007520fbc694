import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { renderPage } from "../page/render-page.js";
import { pageInOtherWords } from "../page/this-page.js";
import { copyProject, type Outcome, type ProjectCopy } from "../project-copy.js";
import { createStandInGh, type StandInGh } from "./stand-in-gh.js";

const tsx = createRequire(import.meta.url).resolve("tsx/cli");
const page = renderPage(pageInOtherWords(), { rendition: "tabs" });
const changed = page
  .replace("gender\tstring", "gender\tinteger")
  .replace("Chooses email.", "Ask @someone. ``` <!-- beta: differs -->");

let copy: ProjectCopy;
let standIn: StandInGh;
let server: Server;
let body: string | undefined = page;

beforeAll(async () => {
  standIn = await createStandInGh();
  copy = await copyProject();
  server = createServer((_, response) => {
    const status = body === undefined ? 404 : 200;
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const file = join(copy.folder, "openapi/openapi.yaml");
  const document = parseDocument(await readFile(file, "utf8"));
  const { port } = server.address() as AddressInfo;
  document.setIn(["tags", 0, "externalDocs"], { url: `http://127.0.0.1:${port}/page` });
  await writeFile(file, document.toString());
  await copy.run("scripts/page.ts", "--save");
}, 120_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await copy.remove();
  await standIn.remove();
});

function watch(): Promise<Outcome> {
  const args = [tsx, join(copy.folder, "scripts/beta/watch.ts")];
  const env = { ...standIn.env, GH_TOKEN: "ghs_secret" };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env, cwd: copy.folder }, (error, stdout, stderr) => {
      const exitCode = error ? error.code : 0;
      if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr });
      else reject(error);
    });
  });
}

describe("the watch, with the page on a server", () => {
  test("opens, changes and closes its issue", { timeout: 200_000 }, async () => {
    const quiet = await watch();
    expect(quiet).toMatchObject({ exitCode: 0, stderr: "" });
    expect(quiet.stdout).toMatch(/ agrees with the document\.\nNo issue had to change\.\n$/);
    expect((await standIn.state()).calls).toEqual(["issue list"]);

    body = changed;
    const loud = await watch();
    expect(loud).toMatchObject({ exitCode: 1, stderr: "" });
    expect(loud.stdout).toMatch(
      / differs from the document\.\nopened https:\S+: The vendor's page/,
    );
    expect(loud.stdout).not.toContain("@someone");
    const [issue] = (await standIn.state()).issues;
    expect(issue?.body).toMatch(/^````text$/m);
    expect(issue?.body).toMatch(/^\s+Customer\.gender: type/m);
    expect(issue?.body).not.toContain("ghs_secret");

    body = undefined;
    expect(await watch()).toMatchObject({ exitCode: 1 });
    expect((await standIn.state()).issues[1]?.body).toMatch(/\/page answers with 404/);

    body = page;
    expect(await watch()).toMatchObject({ exitCode: 0 });
    const { issues } = await standIn.state();
    expect(issues.map(({ state }) => state)).toEqual(["closed", "closed"]);
  });

  test("exits with 2 if gh fails, and says which call", { timeout: 60_000 }, async () => {
    await standIn.set({ fails: "issue list" });
    const { exitCode, stderr } = await watch();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        "watch: gh issue list failed: HTTP 502: Bad Gateway (https://api.github.com/graphql)\n",
    });
  });
});
