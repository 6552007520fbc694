import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchPage } from "../../../scripts/page/fetch-page.js";
import { readPage } from "../../../scripts/page/read-page.js";
import * as petPage from "./pet-page.js";

type Respond = RequestListener;

const html = `<!doctype html><html><body><main><p>BETA: These may change.</p><h1>Pets</h1><h2>Get a Pet</h2>
<p>Größe.</p><p>GET <code>/pets</code></p><h3>Responses</h3><p>200: OK response.Pet</p><h2>Models</h2><h3>Pet</h3>
<table><tr><th>Name<th>Type<th>Description<tr><td>id<td>string<td></table></main></body></html>`;
const shell = `<!doctype html><html><body><div id="root"></div><noscript>You need to enable JavaScript to run this app.
</noscript><script src="/main.js"></script></body></html>`;

/** The same page as `pet-page.ts` has it. */
const markdown = `**BETA:** These may change.

# Pets

## Get a Pet

Gets "one" pet. The pets are paged by 1,000 results, \`X-Next-Page\` leads on.

\`\`\`
GET /pets/{petId}/kinds
\`\`\`

### Parameters

| Name | Type | In | Description |
| --- | --- | --- | --- |
| \`petId\` | string | path | Pet ID |
| \`after\` | string | query | |
| \`sort\` | string[] | query | How they are sorted.<br>"born", "named" |

### Responses
200: OK response.[Pet](#pet)[]
\`\`\`json
[
  { "name": "Rex, \\"the ]\\"", "owner": { "id": 1 } }
]
\`\`\`
404: not_found: Not Found response.

## Models

<details><summary>Pet</summary>

A pet.

| Name | Type | Description |
| --- | --- | --- |
| name | string | What it is called |
| substring | string | *(optional)* Part of it |
| owner | [PetOwner](#petowner) | (optional) |
| friends | [Pet](#pet)[] | Who it likes |

</details>

### PetOwner

| Name | Type | Description |
| --- | --- | --- |
| id | integer | Number |
`;

let server: Server;
let origin = "";
let respond: Respond = () => {};
let seen: { url: string | undefined; headers: IncomingHttpHeaders }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers });
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Answers everything with one body. */
function serve(
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  status = 200,
): void {
  respond = (_, response) => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  };
}

/** Answers each path with a redirect, and any other with the page. */
function redirect(targets: Record<string, string>, status = 302): void {
  respond = ({ url = "" }, response) => {
    const location = targets[url];
    if (location === undefined) response.writeHead(200, { "content-type": "text/html" }).end(html);
    else response.writeHead(status, { location, "set-cookie": "id=1" }).end("Elsewhere");
  };
}

const fetchIt = (options: Partial<Parameters<typeof fetchPage>[0]> = {}) =>
  fetchPage({ url: `${origin}/docs`, ...options });

async function messageOf(result: Promise<unknown>): Promise<string> {
  const error = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: "CliError", exitCode: 2 });
  return (error as Error).message.replaceAll(origin, "ORIGIN");
}

const wordsOf = (text: string) => readPage(text).reading?.words.get("get /pets")?.text;

describe("fetches the page", () => {
  test("as text that is read, without cookies or credentials", async () => {
    serve(html);
    const text = await fetchIt({ url: `${origin}/docs#customers` });
    expect(readPage(text).problems).toBeUndefined();
    expect(seen).toMatchObject([{ url: "/docs", headers: { "user-agent": "loke-customers" } }]);
    expect(seen[0]?.headers).not.toHaveProperty("cookie");
    expect(seen[0]?.headers).not.toHaveProperty("authorization");
  });

  test("compressed", async () => {
    serve(gzipSync(html), { "content-encoding": "gzip" });
    expect(wordsOf(await fetchIt())).toBe("Größe.");
  });

  const latin = Buffer.from(html, "latin1");
  const meta = '<meta http-equiv="content-type" content="text/html; charset=iso-8859-1">';
  const charsets: [title: string, body: Uint8Array, contentType: string][] = [
    ["of its header", latin, "text/html; charset=ISO-8859-1"],
    ["of its own meta", Buffer.from(meta + html, "latin1"), "text/html"],
    ["of its byte order mark", Buffer.from(`\uFEFF${html}`, "utf16le"), "text/html; charset=utf-8"],
    ["of no word, as UTF-8", Buffer.from(html), "text/html"],
  ];
  test.for(charsets)("in the encoding %s", async ([, body, contentType]) => {
    serve(body, { "content-type": contentType });
    expect(wordsOf(await fetchIt())).toBe("Größe.");
  });

  test("as plain text, which stays as it is", async () => {
    serve(petPage.glued, { "content-type": "text/plain" });
    expect(await fetchIt()).toBe(petPage.glued);
  });

  test.each(["text/markdown", "text/plain; charset=utf-8"])("in Markdown, as %s", async (type) => {
    serve(markdown, { "content-type": type });
    const text = await fetchIt();
    expect(readPage(text).reading?.facts, text).toEqual(petPage.facts);
  });

  test("after redirects on its host", async () => {
    redirect({ "/docs": "/docs/", "/docs/": `${origin}/docs/en#top` });
    await fetchIt();
    expect(seen.map(({ url }) => url)).toEqual(["/docs", "/docs/", "/docs/en"]);
    expect(seen.filter(({ headers }) => headers.cookie !== undefined)).toEqual([]);
  });
});

describe("says what is wrong, and what to do, where a page", () => {
  test.each([404, 410])("is gone (%i)", async (status) => {
    serve(html, {}, status);
    expect(await messageOf(fetchIt({ url: `${origin}/docs?key=secret` }))).toBe(
      `ORIGIN/docs answers with ${status}: the page has moved, or is gone. Look for the page with a browser. Where it is ` +
        "now is for `externalDocs` of its tag in openapi/openapi.yaml; --url fetches another address.",
    );
  });

  test.each([401, 500, 503, 304])("is no page (%i)", async (status) => {
    serve("", {}, status);
    expect(await messageOf(fetchIt())).toMatch(
      new RegExp(`^ORIGIN/docs answers with ${status}, and no page\\. `),
    );
  });

  const places: [title: string, target: string, where: string][] = [
    ["another host", "https://docs.example.com/x?token=1", "https://docs.example.com"],
    ["another port", "http://127.0.0.1:9/docs", "http://127.0.0.1:9"],
    ["another protocol", "ftp://127.0.0.1/docs", "ftp://127.0.0.1"],
    ["no address", "http://", "what is no address"],
  ];
  test.for(places)("redirects to %s", async ([, target, where]) => {
    redirect({ "/docs": target });
    expect(await messageOf(fetchIt())).toMatch(`ORIGIN/docs has moved: it redirects to ${where}. `);
    expect(seen).toHaveLength(1);
  });

  test("redirects to an address with a password, which it does not show", async () => {
    redirect({ "/docs": origin.replace("//", "//me:secret@") });
    expect(await messageOf(fetchIt())).not.toContain("secret");
  });

  test("redirects without an end", async () => {
    redirect({ "/docs": "/docs" });
    expect(await messageOf(fetchIt())).toMatch(/^ORIGIN\/docs redirects more than 5 times\. /);
    expect(seen).toHaveLength(6);
  });

  test("needs a browser", async () => {
    serve(shell);
    expect(await messageOf(fetchIt())).toBe(
      "ORIGIN/docs needs a browser: its HTML has no content, and scripts that would fetch it. Open the page in a " +
        "browser, select all, copy, paste into a file, and give that file.",
    );
  });

  test.each([
    ["application/pdf", "of the type application/pdf"],
    ["", "without a content-type"],
  ])("is of another kind (%s)", async (type, what) => {
    serve("%PDF", { "content-type": type });
    expect(await messageOf(fetchIt())).toMatch(
      `ORIGIN/docs is ${what}: the page is HTML, Markdown or text. `,
    );
  });

  test("is empty", async () => {
    serve(" \n");
    expect(await messageOf(fetchIt())).toMatch(/^ORIGIN\/docs is empty\. /);
  });

  test.each([
    ["utf-8", Buffer.from([0x3c, 0xff])],
    ["klingon", Buffer.from("<p>")],
  ])("is no text in its encoding (%s)", async (charset, body) => {
    serve(body, { "content-type": `text/html; charset=${charset}` });
    expect(await messageOf(fetchIt())).toBe(`ORIGIN/docs is no text in ${charset}.`);
  });

  test("is too large once it is decompressed", async () => {
    serve(gzipSync(" ".repeat(5 * 1024 * 1024)), { "content-encoding": "gzip" });
    expect(await messageOf(fetchIt())).toBe(
      "ORIGIN/docs is larger than 4194304 bytes: that is not the page.",
    );
  });

  test("never ends, and cancels its body", async () => {
    const isClosed = new Promise<void>((resolve) => {
      respond = (_, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        const send = () => response.write("<p>more</p>".repeat(100), () => setImmediate(send));
        response.once("close", resolve);
        send();
      };
    });
    expect(await messageOf(fetchIt({ maxBytes: 10_000 }))).toMatch(/larger than 10000 bytes/);
    await isClosed;
  });

  test.each([
    ["does not begin to answer", false],
    ["stops in its body", true],
  ])("%s", async (_, hasBody) => {
    respond = (_request, response) => {
      if (hasBody) response.writeHead(200, { "content-type": "text/html" }).write("<p>");
    };
    expect(await messageOf(fetchIt({ timeoutMs: 200 }))).toBe(
      "cannot fetch ORIGIN/docs: there was no complete answer within 0.2 s.",
    );
  });

  test("breaks off, or is on no server", async () => {
    respond = (_, response) => response.destroy();
    expect(await messageOf(fetchIt())).toMatch(
      /^cannot fetch ORIGIN\/docs: .*(other side closed|socket|ECONNRESET)/,
    );
    expect(await messageOf(fetchIt({ url: "http://127.0.0.1:1/docs" }))).toMatch(
      /^cannot fetch http:\/\/127\.0\.0\.1:1\/docs: .+\.$/,
    );
  });

  test.each(["http://docs.example.com/", "file:///etc/passwd", "docs.example.com", ""])(
    "has an address that is not fetched (%s)",
    async (url) => {
      const fetch = () => Promise.reject(new Error("It was fetched."));
      expect(await messageOf(fetchIt({ url, fetch }))).toMatch(
        /^The address of a page begins with https/,
      );
    },
  );

  test("has an address with a password, which is not shown", async () => {
    expect(await messageOf(fetchIt({ url: "https://me:secret@docs.example.com/" }))).toBe(
      "The address of a page holds no user name and no password.",
    );
  });
});
