import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiServer, customers, startApi } from "./api-server.js";
import { type Result, type RunOptions, runCli } from "./run-cli.js";

const token = "token-8d3f41c7-of-the-owner";
const clientSecret = "secret-55aa-of-the-client";
const email = "o'neil+vip@example.org";
const phoneNumber = "+61 400 123 456";
const privateText = "Zanzibar Quartermaine";

const credentials = [token, clientSecret];
const secrets = [
  ...credentials,
  privateText,
  "Zanzibar",
  ...[email, phoneNumber].flatMap((value) => [
    value,
    encodeURIComponent(value),
    new URLSearchParams({ value }).toString().slice("value=".length),
  ]),
  "400 123",
  "neil",
];

const search = ["list-customers", "--email", email, "--phone-number", phoneNumber];
let attend: (request: IncomingMessage, response: ServerResponse) => boolean;
let api: ApiServer;
let folder: string;

beforeAll(async () => {
  api = await startApi({
    rows: customers(40),
    pageSize: 5,
    attend: (request, response) => attend(request, response),
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  attend = () => false;
  folder = await mkdtemp(join(tmpdir(), "loke-customers-leaks-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs it with each of the ways to see more, and fails if any shows a secret. */
async function expectClean(argv: readonly string[], options: RunOptions = {}): Promise<Result[]> {
  const env = { LOKE_ACCESS_TOKEN: token, LOKE_BASE_URL: api.url, ...options.env };
  const results: Result[] = [];
  for (const more of [[], ["--verbose"], ["--output", join(folder, "out")]]) {
    const result = await runCli([...argv, ...more], { ...options, env });
    results.push(result);
    expectNone(`${argv[0]} ${more}`, result.stdout + result.stderr, secrets);
  }
  return results;
}

function expectNone(where: string, text: string, from: readonly string[]): void {
  expect(
    from.filter((secret) => text.includes(secret)),
    `${where}: ${text}`,
  ).toEqual([]);
}

/** Tells the client everything that it sent. */
function echo(status: number, type: string) {
  return ({ headers, url }: IncomingMessage, response: ServerResponse) => {
    const told = `${url} ${headers.authorization} ${email} ${phoneNumber} ${privateText}`;
    const code = headers.authorization?.slice("Bearer ".length);
    const json = JSON.stringify({ message: told, code, instance: told });
    response.writeHead(status, {
      "content-type": type,
      "x-request-id": `${token}`,
      "retry-after": "0",
    });
    response.end(type.includes("json") ? json : told);
    return true;
  };
}

describe("what is private stays out of what is shown", () => {
  const statuses = [400, 401, 403, 404, 409, 418, 429, 500];
  const types = ["application/json", "text/html"];
  test.each(statuses.flatMap((status) => types.map((type) => ({ status, type }))))(
    "for a $status in $type that repeats it",
    async ({ status, type }) => {
      // A Retry-After that is too long ends the call at once.
      attend = (request, response) => {
        response.setHeader("connection", "close");
        const isRepeated = status === 429 || status >= 500;
        if (!isRepeated) return echo(status, type)(request, response);
        response.writeHead(status, { "content-type": type, "retry-after": "86400" });
        response.end(JSON.stringify({ code: token, message: `${request.url} ${privateText}` }));
        return true;
      };
      for (const { code } of await expectClean(search)) expect(code).toBe(1);
    },
  );

  test.each([200, 201])("for a body of %i that is something else", async (status) => {
    const bodies = [
      `<html>${privateText} ${email}`,
      JSON.stringify({ firstName: privateText, email }),
    ];
    for (const body of bodies) {
      attend = (_, response) => {
        response.writeHead(status, { "content-type": "text/html" }).end(body);
        return true;
      };
      for (const { code } of await expectClean(search)) expect(code).toBe(1);
    }
  });

  test("for a link to another place, a password in it or a circle", async () => {
    const query = encodeURIComponent(email);
    for (const link of [
      `https://example.org/?email=${query}`,
      `https://u:${token}@localhost/`,
      `?email=${query}`,
    ]) {
      attend = (_, response) => {
        response
          .writeHead(200, { "content-type": "application/json", "x-next-page": link })
          .end("[]");
        return true;
      };
      for (const { code, stderr } of await expectClean(search)) {
        expect(code).toBe(1);
        expect(stderr).toContain("PaginationError");
      }
    }
  });

  test("for a server that is not there", async () => {
    const server = await startApi({ rows: [], pageSize: 1 });
    await server.close();
    const env = { LOKE_BASE_URL: server.url, LOKE_ACCESS_TOKEN: token };
    const { code, stderr } = await runCli(["get-customer", "--customer-id", "c"], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ConnectionError: .*LOKE_BASE_URL/);
    expectNone("connection", stderr, secrets);
  });

  test("for an issuer that refuses the client, and repeats its secret", async () => {
    attend = (_, response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: clientSecret, error_description: clientSecret }));
      return true;
    };
    const env = {
      LOKE_ACCESS_TOKEN: "",
      LOKE_CLIENT_ID: "id",
      LOKE_CLIENT_SECRET: clientSecret,
      LOKE_ISSUER: api.url,
    };
    for (const { code } of await expectClean(search, { env })) expect(code).toBe(1);
  });
});

describe("a secret in an argument", () => {
  const options = [
    "--access-token",
    "--token",
    "--client-secret",
    "--password",
    "--authorization",
    "--api-key",
  ];
  test.each(options)("%s is refused, with what to do instead", async (option) => {
    for (const argv of [[option, token], [`${option}=${token}`]]) {
      for (const { code, stderr } of await expectClean(["list-customers", ...argv])) {
        expect(code).toBe(2);
        expect(stderr).toMatch(/LOKE_ACCESS_TOKEN.*--token-file/);
      }
    }
    expect(api.requests.some((url) => url.includes(token))).toBe(false);
  });

  test.each([
    ["as a command", [token]],
    ["as a word", ["list-customers", token]],
    ["as the name of an option", ["list-customers", `--${token}`]],
    ["as a file for --token-file", ["list-customers", "--token-file", token]],
    ["as a format", ["list-customers", "--format", token]],
    ["as a value that the document does not list", ["list-customers", "--sort", token]],
    ["as a limit", ["list-customers", "--limit", token]],
    ["as a body that is for none", ["list-customers", "--body", token]],
    ["in an address", ["list-customers", "--base-url", `https://user:${token}@localhost`]],
  ])("is not repeated where it stands %s", async (_, argv) => {
    const { code, stderr, stdout } = await runCli(argv, { env: { LOKE_ACCESS_TOKEN: token } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expectNone("usage", stderr, secrets);
  });

  test("is not repeated where a variable or a file holds no token", async () => {
    const path = join(folder, "token");
    await writeFile(path, `two ${token}\n`);
    const file = await runCli(["list-customers", "--token-file", path]);
    const variable = await runCli(["list-customers"], {
      env: { LOKE_ACCESS_TOKEN: `two ${token}` },
    });
    for (const { code, stderr } of [file, variable]) {
      expect(code).toBe(2);
      expectNone("token", stderr, secrets);
    }
  });
});

describe("credentials", () => {
  test("come from a file, read again when the token is refused", async () => {
    const path = join(folder, "token");
    await writeFile(path, "old\n");
    const seen: (string | undefined)[] = [];
    attend = ({ headers }, response) => {
      seen.push(headers.authorization);
      if (headers.authorization !== "Bearer old") return false;
      response.writeHead(401).end();
      return true;
    };
    const argv = ["list-customers", "--limit", "1", "--base-url", api.url, "--token-file", path];
    expect(await runCli(argv)).toMatchObject({ code: 1 });
    await writeFile(path, "new\n");
    expect(await runCli(argv)).toMatchObject({ code: 0 });
    expect(new Set(seen)).toEqual(new Set(["Bearer old", "Bearer new"]));
  });

  test.each([
    [{ LOKE_ACCESS_TOKEN: "" }, /no credentials.*LOKE_ACCESS_TOKEN.*--mock/],
    [{ LOKE_ACCESS_TOKEN: "", LOKE_CLIENT_ID: "id" }, /LOKE_CLIENT_SECRET is not set/],
    [{ LOKE_ACCESS_TOKEN: "", LOKE_CLIENT_SECRET: clientSecret }, /LOKE_CLIENT_ID is not set/],
  ])("that are missing are named: %o", async (env, says) => {
    const { code, stderr } = await runCli(["list-customers", "--base-url", api.url], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expectNone("missing", stderr, secrets);
  });
});

test("the saved place and the rows of an interrupted run hold no credential", async () => {
  let count = 0;
  attend = (_, response) => {
    count += 1;
    if (count < 4) return false;
    response.writeHead(400).end();
    return true;
  };
  const argv = [...search, "--base-url", api.url, "--output", join(folder, "out")];
  const { code } = await runCli(argv, {
    env: { LOKE_ACCESS_TOKEN: token, LOKE_CLIENT_SECRET: clientSecret },
  });
  expect(code).toBe(1);
  const names = await readdir(folder);
  expect(names.sort()).toEqual(["out.part", "out.part.json"]);
  for (const name of names) {
    expectNone(name, await readFile(join(folder, name), "utf8"), credentials);
  }
});

test("an error says its name, the server's code, the request's ID and what to do", async () => {
  attend = (_, response) => {
    response.writeHead(403, { "content-type": "application/json", "x-request-id": "req-17" });
    response.end('{"code":"no_addon","instance":"01FCCGYZA9JPQ97HBSTKW0KT7P"}');
    return true;
  };
  const { code, stderr } = await runCli(["list-customers", "--base-url", api.url]);
  expect(code).toBe(1);
  expect(stderr).toBe(
    `PermissionError: listCustomers (GET /organizations/{organizationId}/customers at ${api.url}) answered 403 (no_addon) ` +
      "(instance 01FCCGYZA9JPQ97HBSTKW0KT7P, request ID req-17). " +
      "The token is valid, but not for this: check the organization, and the permissions of the token.\n",
  );
});

test("--verbose writes each event as a line of JSON, and the stack of an error", async () => {
  attend = ({ url }, response) => {
    if (!url?.includes("after=10")) return false;
    response.writeHead(400).end();
    return true;
  };
  const { stderr } = await runCli(["list-customers", "--verbose", "--base-url", api.url]);
  const lines = stderr.trimEnd().split("\n");
  const events = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line).type);
  expect(events).toEqual(expect.arrayContaining(["request", "response", "page"]));
  expect(lines.some((line) => /^\s+at /.test(line))).toBe(true);
  const quiet = await runCli(["list-customers", "--base-url", api.url]);
  expect(quiet.stderr.trimEnd().split("\n")).toHaveLength(1);
});
