import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { driftCommand } from "../../scripts/drift/command.js";
import { outcomeOf } from "../../scripts/lib/command.js";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { fixturePath } from "../fixture/document.js";
import { copyProject, type ProjectCopy } from "../unit/project-copy.js";

const tsx = createRequire(import.meta.url).resolve("tsx/cli");

let copy: ProjectCopy;
let mock: Mock;

beforeAll(async () => {
  copy = await copyProject("src");
  // The command imports the package by its name: src/ here, so that what is tested needs no build.
  const entries = { "": "index", "/drift": "drift", "/testing": "testing" };
  const paths = Object.fromEntries(
    Object.entries(entries).map(([entry, file]) => [
      `loke-customers${entry}`,
      [join(copy.folder, "src", `${file}.ts`)],
    ]),
  );
  const options = { extends: join(copy.folder, "tsconfig.json"), compilerOptions: { paths } };
  await writeFile(join(copy.temporary, "tsconfig.json"), JSON.stringify(options));
  mock = await startMock({ document: fixturePath });
});

afterAll(async () => {
  await mock?.stop();
  await copy?.remove();
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server on loopback that answers as it is told. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs the command in this process. */
const run = async (args: string[], variables: NodeJS.ProcessEnv) => {
  const outcome = await outcomeOf(driftCommand(variables), args);
  return { stdout: "", stderr: "", ...outcome };
};

interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as npm does, with these environment variables and no others of ours. */
function runProcess(args: string[], variables: Record<string, string>): Promise<Outcome> {
  const { LOKE_ACCESS_TOKEN, LOKE_ORGANIZATION_ID, LOKE_BASE_URL, FORCE_COLOR, ...inherited } =
    process.env;
  const script = join(copy.folder, "scripts/drift.ts");
  const child = spawn(
    process.execPath,
    [tsx, "--tsconfig", join(copy.temporary, "tsconfig.json"), script, ...args],
    { cwd: copy.temporary, env: { ...inherited, ...variables } },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

const secret = "s3cr3t";
const user = { LOKE_ACCESS_TOKEN: secret, LOKE_ORGANIZATION_ID: "org" };

const row = { id: "01F", firstName: secret, lastName: secret };

describe("npm run drift", () => {
  it("finds none where all is as the document says: 0, and what has been compared", async () => {
    const { exitCode, stdout, stderr } = await runProcess(["--base-url", mock.url], {
      LOKE_ACCESS_TOKEN: "any",
      LOKE_ORGANIZATION_ID: mock.parameters.organizationId ?? "",
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(`Compared with openapi/openapi.yaml:
  listCustomers: 3 pages, 2,500 items
  getCustomer: 1 answer
  listMemberships: 3 pages, 25 items

No drift.
`);
  });

  it("reads as many pages as it is told, from the address in the environment", async () => {
    const { exitCode, stdout } = await run(["--pages", "1", "--sample=10"], {
      LOKE_ACCESS_TOKEN: "any",
      LOKE_ORGANIZATION_ID: mock.parameters.organizationId ?? "",
      LOKE_BASE_URL: mock.url,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("listCustomers: 1 page, 1,000 items\n");
  });

  it("prints each finding with the line of the document, and no data: 1", async () => {
    const url = await serve(({ url = "" }, response) => {
      response.setHeader("content-type", "application/json");
      const customer = { ...row, dob: 5, tier: secret };
      if (url.endsWith("/memberships")) response.end(JSON.stringify({ data: [secret] }));
      else response.end(JSON.stringify(url.endsWith("/customers") ? [row, customer] : customer));
    });
    const { exitCode, stdout, stderr } = await runProcess(["--base-url", url], user);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    const lines = stdout.split("\n").map((line) => line.replace(/ +/g, " ").replace(/:\d+/, ":N"));
    expect(lines).toEqual([
      "Compared with openapi/openapi.yaml:",
      " listCustomers: 1 page, 2 items",
      " getCustomer: 1 answer",
      " listMemberships: 0 pages, 0 items; then an answer that cannot be read",
      "",
      "kind path expected → actual count",
      "unknown-field Customer.tier absent → string 2",
      " openapi/openapi.yaml:N Customer:",
      "wrong-type Customer.dob string → number 2",
      " openapi/openapi.yaml:N dob:",
      "wrong-type CustomerListTiny[] array → object 1",
      ' openapi/openapi.yaml:N "200":',
      "",
      "3 findings. What to do: scripts/docs/guide/drift.md#the-api-changed",
      "",
    ]);
    expect(stdout).not.toContain(secret);
  });

  it("says what it could not compare where the organization has no customers: 0", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end("[]");
    });
    const { exitCode, stdout } = await run(["--base-url", url], user);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("listCustomers: 1 page, 0 items");
    expect(stdout).toContain("getCustomer: not checked, as nothing gives a customerId");
    expect(stdout).toContain("listMemberships: not checked, as nothing gives a customerId");
  });

  it("names an undocumented status that a retry has cured: 1", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(requests === 1 ? 503 : 200, {
        "content-type": "application/json",
        "retry-after": "0",
      });
      response.end("[]");
    });
    const { exitCode, stdout } = await run(["--base-url", url], user);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^undocumented-status +listCustomers +200 → 503 +1$/m);
    expect(stdout).toContain("1 finding. ");
  });

  const failures: [title: string, status: number, message: RegExp][] = [
    ["a token that is not valid", 401, /answered 401\. Is LOKE_ACCESS_TOKEN valid\?$/],
    [
      "a token that does not reach",
      403,
      /answered 403\. Does the token reach LOKE_ORGANIZATION_ID\?$/,
    ],
    [
      "an organization that is not there",
      404,
      /answered 404\. Does the token reach LOKE_ORGANIZATION_ID\?$/,
    ],
  ];
  it.for(failures)("cannot run with %s: 2", async ([, status, message]) => {
    const url = await serve((_, response) => void response.writeHead(status).end());
    const { exitCode, stdout, stderr } = await run(["--base-url", url], user);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(secret);
  });

  it("cannot run without a server: 2", async () => {
    const url = await serve(() => {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const { exitCode, stdout, stderr } = await run(["--base-url", url], user);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/ECONNREFUSED.*Is the network there, and the address right\?$/);
  });

  const mistakes: [title: string, args: string[], variables: object, message: RegExp][] = [
    ["no token", [], { LOKE_ORGANIZATION_ID: "org" }, /^drift: LOKE_ACCESS_TOKEN is not set/],
    [
      "no organization",
      [],
      { LOKE_ACCESS_TOKEN: secret },
      /^drift: LOKE_ORGANIZATION_ID is not set/,
    ],
    [
      "pages that are no number",
      ["--pages", "many"],
      user,
      /^drift: --pages takes a whole number from 1, not "many"/,
    ],
    [
      "a sample of none",
      ["--sample", "0"],
      user,
      /^drift: --sample takes a whole number from 1, not "0"/,
    ],
    [
      "an address that is none",
      ["--base-url", "nowhere"],
      user,
      /^drift: .*"baseUrl" must be an http\(s\) URL/,
    ],
    ["an option that there is not", ["--page", "1"], user, /^drift: Unknown option '--page'/],
  ];
  it.for(mistakes)("refuses %s, in one line: 2", async ([, args, variables, message]) => {
    const { exitCode, stdout, stderr } = await run(args, variables as NodeJS.ProcessEnv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("says with --help what it does, what it needs and its exit codes", async () => {
    const { exitCode, stdout, stderr } = await run(["--help"], {});
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/LOKE_ACCESS_TOKEN[\s\S]*--pages[\s\S]*Exit codes: 0/);
  });
});
