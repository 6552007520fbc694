import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { fixturePath } from "../fixture/document.js";
import { fuzz } from "./fuzz/fuzz.js";
import { sendRaw } from "./fuzz/raw-http.js";

describe("the served mock", () => {
  let mock: Mock;
  const disagreements: string[] = [];
  beforeAll(async () => {
    const onDisagreement = (words: string) => void disagreements.push(words);
    mock = await startMock({ document: fixturePath, onDisagreement });
  });
  afterAll(() => mock?.stop());

  const send = (...lines: string[]) =>
    sendRaw(Number(new URL(mock.url).port), Buffer.from(lines.join("\r\n"), "latin1"), 20_000);
  const head = ["Host: a", "Authorization: Bearer any", "Connection: close"];

  test("answers whatever comes, and is still there: random requests for four seconds", async () => {
    const report = await fuzz({ mock, disagreements, seed: 1, durationMs: 4_000 });
    console.log(`${report.requests} random requests, by status:`, report.statuses);
    expect(report.failures).toEqual([]);
    for (const status of ["200", "400", "401", "404", "405"]) {
      expect(report.statuses).toHaveProperty(status);
    }
  });

  test.each([
    ["an ID with a comma", "GET /organizations/o/customers/a,b HTTP/1.1", 404],
    ["a type that is none", "GET /organizations/o/customers HTTP/1.1\r\nContent-Type: x", 200],
    ["a query of another case", "GET /organizations/o/customers?Sort=x HTTP/1.1", 200],
    ["words that are Prism's own", "GET /organizations/o/customers?__code=x HTTP/1.1", 200],
    ["a preference of Prism's", "GET /organizations/o/customers HTTP/1.1\r\nPrefer: code=x", 200],
    ["two slashes", "GET // HTTP/1.1", 404],
    ["a whole URL", "GET http://elsewhere.example/organizations/o/customers HTTP/1.1", 200],
    ["a target that is no path", "GET a:b HTTP/1.1", 400],
    ["a star", "OPTIONS * HTTP/1.1", 404],
    ["TRACE", "TRACE /organizations/o/customers HTTP/1.1", 405],
    ["CONNECT", "CONNECT a:1 HTTP/1.1", 501],
    ["a method that there is not", "BREW /organizations/o/customers HTTP/1.1", 400],
    ["another expectation", "GET /organizations/o/customers HTTP/1.1\r\nExpect: tea", 417],
    ["no HTTP", "HELO", 400],
  ])("answers %s: %s", async (_, line, status) => {
    expect((await send(line, ...head, "", "")).statuses).toEqual([status]);
  });

  test("takes a GET with a body as one without", async () => {
    const line = "GET /organizations/o/customers HTTP/1.1";
    expect((await send(line, ...head, "Content-Length: 1", "", "{")).statuses).toEqual([200]);
  });

  test("answers 413 to a body of more than 10 MB", async () => {
    const init = { method: "POST", body: "x".repeat(10 * 1024 * 1024 + 1) };
    expect((await fetch(`${mock.url}/organizations/o/customers`, init)).status).toBe(413);
  });

  test("outlives clients that hang up", async () => {
    const url = `${mock.url}/organizations/${mock.parameters.organizationId}/customers`;
    const headers = { authorization: "Bearer any" };
    for (const delayMs of [0, 1, 5, 20, 50]) {
      const signal = AbortSignal.timeout(delayMs);
      await fetch(url, { headers, signal })
        .then((it) => it.text())
        .catch(() => {});
    }
    expect((await fetch(url, { headers })).status).toBe(200);
  });
});
