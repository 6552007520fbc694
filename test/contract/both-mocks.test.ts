import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { createMockApi } from "../../src/testing.js";
import { fixturePath } from "../fixture/document.js";
import { problemsOfServed } from "./every-operation.js";

// The mock of `loke-customers/testing` and the one of `npm run mock` give the same answer to the same request.

const api = createMockApi({ customers: 2_500 });
const customers = `/organizations/${api.organizationId}/customers`;
const signed = { authorization: "Bearer any" };

interface Row {
  readonly title: string;
  readonly path: string;
  readonly method?: string;
  /** @default with a good token */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  /** Of the error in the body; absent where there is no such body. */
  readonly code?: string;
  /** What the message of the error says. */
  readonly says?: string;
  readonly allow?: string;
  /** Whether only the mock sees that something is wrong. */
  readonly isAcceptedByPrism?: boolean;
}

const badRequest = { status: 400, code: "bad_request" };
const unsortable = {
  ...badRequest,
  says: 'The query parameter sort must be one of "created","updated".',
};
const unescaped = { ...badRequest, says: "%25" };
const unauthorized = { path: customers, status: 401, code: "unauthorized" };
const notAllowed = { path: customers, status: 405, code: "method_not_allowed", allow: "GET" };
const noSuchPath = {
  status: 404,
  code: "no_such_path",
  says: ", /organizations/{organizationId}/customers/{customerId}/memberships",
};

const rows: readonly Row[] = [
  { title: "a list", path: customers, status: 200 },
  { title: "a sorted list", path: `${customers}?sort=updated`, status: 200 },
  { title: "a query that the document does not have", path: `${customers}?x=1&x=2`, status: 200 },
  { title: "a percent sign in a query", path: `${customers}?email=100%`, status: 200 },
  { title: "a path behind another", path: `/proxy/v1${customers}`, status: 200 },
  { title: "a list of nobody", path: `${customers}/nobody/memberships`, status: 200 },
  { title: "nobody", path: `${customers}/nobody`, status: 404 },
  { title: "nobody with a slash", path: `${customers}/no%2Fbody`, status: 404 },
  { title: "another organization", path: "/organizations/other/customers", status: 200 },

  { title: "a sort that there is not", path: `${customers}?sort=foo`, ...unsortable },
  {
    title: "a sort by what each object has",
    path: `${customers}?sort=constructor`,
    ...unsortable,
  },
  {
    title: "a sort of nothing",
    path: `${customers}?sort=`,
    isAcceptedByPrism: true,
    ...unsortable,
  },
  { title: "two sorts", path: `${customers}?sort=created&sort=updated`, ...badRequest },
  { title: "one sort twice", path: `${customers}?sort=created&sort=created`, ...badRequest },
  ...["nonsense", "", "1", "1.2", "x1.2.3", "1.2.3x", "1.2.-3"].map((cursor) => ({
    title: `a cursor of one's own, "${cursor}"`,
    path: `${customers}?after=${cursor}`,
    isAcceptedByPrism: true,
    ...badRequest,
    says: "follow X-Next-Page",
  })),
  { title: "a percent sign that begins no escape", path: `${customers}/100%`, ...unescaped },
  { title: "an escape that is no text", path: `${customers}/%E0%A4%A`, ...unescaped },
  { title: "such a path that there is not", path: "/100%", ...unescaped },

  { title: "no token", headers: {}, ...unauthorized },
  { title: "another scheme", headers: { authorization: "Basic x" }, ...unauthorized },
  { title: "a scheme that ends in it", headers: { authorization: "NotBearer x" }, ...unauthorized },
  { title: "a scheme without a token", headers: { authorization: "Bearer " }, ...unauthorized },
  {
    title: "a scheme in small letters",
    headers: { authorization: "bearer x" },
    path: customers,
    status: 200,
  },
  {
    title: "two words for a token",
    headers: { authorization: "Bearer x y" },
    isAcceptedByPrism: true,
    ...unauthorized,
  },
  {
    title: "no token, and a bad query",
    ...unauthorized,
    headers: {},
    path: `${customers}?sort=foo`,
  },

  { title: "a POST", method: "POST", ...notAllowed },
  { title: "a POST with a body", method: "POST", body: "{", ...notAllowed },
  { title: "a DELETE", method: "DELETE", ...notAllowed, path: `${customers}/nobody` },
  { title: "a HEAD", method: "HEAD", path: customers, status: 405, allow: "GET" },
  { title: "OPTIONS", method: "OPTIONS", ...notAllowed },
  { title: "a PATCH without a token", method: "PATCH", headers: {}, ...notAllowed },

  { title: "the root", path: "/", ...noSuchPath },
  { title: "a path that there is not", path: "/customers", ...noSuchPath },
  { title: "one without a token", path: "/customers", headers: {}, ...noSuchPath },
  { title: "one with another method", path: "/customers", method: "DELETE", ...noSuchPath },
  { title: "a slash at the end", path: `${customers}/`, ...noSuchPath },
  { title: "a path that goes on", path: `${customers}/a/b`, ...noSuchPath },
  { title: "an empty ID", path: "/organizations//customers", ...noSuchPath },
];

/** All that a program goes by: not the body of a success, since the two do not hold the same. */
async function seen(response: Response) {
  const text = await response.text();
  const error = response.status >= 400 && text !== "" ? JSON.parse(text) : {};
  return {
    status: response.status,
    code: error.code,
    message: error.message,
    allow: response.headers.get("allow"),
    contentType: response.headers.get("content-type"),
  };
}

describe("both mocks", () => {
  let mock: Mock;
  const disagreements: string[] = [];
  beforeAll(async () => {
    const onDisagreement = (words: string) => void disagreements.push(words);
    mock = await startMock({ document: fixturePath, onDisagreement });
  });
  afterAll(() => mock?.stop());
  afterEach(() => {
    disagreements.length = 0;
  });

  test.each(rows)("give $status $code to $title", async (row) => {
    const { allow = null, code, method = "GET", path, headers = signed, says, status } = row;
    const init = { method, headers, ...(row.body !== undefined && { body: row.body }) };
    const inProcess = await seen(await api(`https://api.loke.global${path}`, init));
    const served = await seen(await fetch(mock.url + path, init));
    expect(inProcess).toMatchObject({ status, code, allow });
    if (says !== undefined) expect(inProcess.message).toContain(says);
    if (row.code === "no_such_path") expect(api.requests.at(-1)).not.toHaveProperty("operation");
    expect(served).toEqual(inProcess);
    // What Prism does not refuse as well has to be known: it is what the document does not say.
    const words = `the mock answers ${status}, Prism accepts it`;
    expect(disagreements).toEqual(row.isAcceptedByPrism ? [expect.stringContaining(words)] : []);
  });

  test("answer a script of any origin, also where something is wrong", async () => {
    const get = (path: string, init?: RequestInit) => fetch(mock.url + path, init);
    const origin = "http://localhost:5173";
    for (const path of [customers, "/nowhere", `${customers}?sort=foo`]) {
      const { headers } = await get(path, { headers: { ...signed, origin } });
      expect(headers.get("access-control-allow-origin")).toBe(origin);
    }
    const asking = { origin, "access-control-request-method": "GET" };
    const preflight = await get(customers, { method: "OPTIONS", headers: asking });
    expect(preflight.status).toBe(204);
  });
});

test("the served mock answers every operation of the document as it says", async () => {
  expect(await problemsOfServed(fixturePath)).toEqual([]);
});
