import { describe, expect, test } from "vitest";
import { clientCredentials, refreshToken } from "../../src/auth.js";

const functions = {
  clientCredentials: {
    make: clientCredentials as (options: unknown) => unknown,
    needed: { clientId: "id", clientSecret: "secret" },
  },
  refreshToken: {
    make: refreshToken as (options: unknown) => unknown,
    needed: { clientId: "id", refreshToken: "refresh" },
  },
};

/** The message of the TypeError that options bring about, or `undefined` if they are taken. */
function complaint(name: keyof typeof functions, options: unknown): string | undefined {
  try {
    functions[name].make(options);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as TypeError).message;
  }
  return undefined;
}

const text = "a string of visible ASCII characters, not empty";
const url = "an https URL without user name, query and fragment (http on this machine only)";

describe.for(["clientCredentials", "refreshToken"] as const)("%s", (name) => {
  const { make, needed } = functions[name];

  test("takes what it needs, and every option it has", () => {
    expect(complaint(name, needed)).toBeUndefined();
    const all = {
      ...needed,
      clientSecret: " ~secret with blanks",
      issuer: new URL("https://issuer.example.com/tenant/"),
      scope: "one two",
      clientAuthentication: "post",
      fetch,
      timeoutMs: Number.POSITIVE_INFINITY,
      refreshBeforeMs: 0,
      signal: new AbortController().signal,
    };
    expect(complaint(name, all)).toBeUndefined();
  });

  test("takes undefined for left out, but for what it needs", () => {
    const { clientId: _, ...others } = needed;
    const left = ["issuer", "scope", "clientAuthentication", "fetch", "timeoutMs", "signal"];
    const options = Object.fromEntries(left.map((key) => [key, undefined]));
    expect(complaint(name, { ...needed, ...options })).toBeUndefined();
    expect(complaint(name, others)).toBe(`${name}: "clientId" must be ${text}.`);
    for (const key of Object.keys(needed)) {
      expect(complaint(name, { ...needed, [key]: undefined })).toBe(
        `${name}: "${key}" must be ${text}.`,
      );
    }
  });

  const wrong: [key: string, mustBe: string, values: unknown[]][] = [
    ["clientId", text, ["", 5, null, "id\n", "ïd"]],
    ["clientSecret", text, ["", 5, null, "Zq7-secret\n", "Zq7-secret\r\n", "Zq7-secrét", {}]],
    ["scope", text, ["", ["a"], "one\ttwo"]],
    [
      "issuer",
      url,
      [
        "",
        "issuer.example.com",
        "http://issuer.example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://localhost",
        "https://user:Zq7@issuer.example.com",
        "https://user@issuer.example.com",
        "https://issuer.example.com/?a=1",
        "https://issuer.example.com/?",
        "https://issuer.example.com/#a",
        5,
      ],
    ],
    ["clientAuthentication", '"basic" or "post"', ["", "none", true]],
    ["fetch", "a function", ["fetch", {}]],
    ["timeoutMs", "a number above 0", [0, -1, "1", Number.NaN]],
    ["refreshBeforeMs", "a finite number from 0", [-1, "1", Number.NaN, Number.POSITIVE_INFINITY]],
    ["signal", "an AbortSignal", [{}, new AbortController()]],
  ];
  test.for(wrong)(
    "refuses a %s that is not %s, and does not say what it was",
    ([key, mustBe, values]) => {
      for (const value of values) {
        const none = value === null ? ", not null: leave it out, or pass undefined" : "";
        const advice = value === "" ? ", and is empty" : none;
        expect(complaint(name, { ...needed, [key]: value })).toBe(
          `${name}: "${key}" must be ${mustBe}${advice}.`,
        );
      }
    },
  );

  test.for([
    "http://localhost:3000",
    "http://127.0.0.1:3000/tenant",
    "http://127.9.9.9",
    "http://[::1]:3000",
    "https://issuer.example.com:8443/tenant",
  ])("takes the issuer %s", (issuer) => {
    expect(complaint(name, { ...needed, issuer })).toBeUndefined();
  });

  test("refuses an option that it does not have", () => {
    expect(complaint(name, { ...needed, clientsecret: "Zq7" })).toContain(
      `${name} has no option "clientsecret"; it has clientId, clientSecret, `,
    );
    expect(complaint(name, { ...needed, toString: 1 })).toContain(
      `${name} has no option "toString"; it has`,
    );
  });

  test("refuses options that are no object", () => {
    for (const options of [undefined, null, "Zq7", 5, () => needed]) {
      expect(complaint(name, options)).toBe(`${name}: the options must be an object.`);
    }
  });

  test("asks for nothing at once", () => {
    let requests = 0;
    const provider = make({
      ...needed,
      fetch: async () => {
        requests += 1;
        return new Response();
      },
    });
    expect(provider).toBeTypeOf("function");
    expect(requests).toBe(0);
  });
});

test("clientCredentials has no options about refresh tokens", () => {
  const { needed } = functions.clientCredentials;
  for (const key of ["refreshToken", "onRefreshToken"]) {
    expect(complaint("clientCredentials", { ...needed, [key]: undefined })).toContain(
      `clientCredentials has no option "${key}"; it has clientId`,
    );
  }
});

test("refreshToken can do without a secret, and is told what an onRefreshToken is", () => {
  const { needed } = functions.refreshToken;
  expect(complaint("refreshToken", { ...needed, clientSecret: undefined })).toBeUndefined();
  expect(complaint("refreshToken", { ...needed, onRefreshToken: "file" })).toBe(
    'refreshToken: "onRefreshToken" must be a function.',
  );
});

/** A provider of an application, and the URLs that it asks for, with what each is answered. */
function recorded(answer: (url: string) => Response, options: { issuer?: string } = {}) {
  const urls: string[] = [];
  const fetch = async (url: string) => {
    urls.push(url);
    return answer(url);
  };
  const { needed } = functions.clientCredentials;
  return { urls, accessToken: clientCredentials({ ...needed, ...options, fetch }) };
}

test("the issuer is the vendor's, if none is given", async () => {
  const { accessToken, urls } = recorded(() => new Response(null, { status: 404 }));
  await accessToken().catch(() => {});
  expect(urls).toEqual(["https://auth.loke.global/.well-known/openid-configuration"]);
});

test("an issuer with a path is asked below it, and named by it", async () => {
  const issuer = "https://issuer.example.com/tenant/";
  const answer = (url: string) =>
    url.endsWith("/token")
      ? Response.json({ access_token: "a", token_type: "bearer" })
      : Response.json({ issuer, token_endpoint: `${issuer}token` });
  const { accessToken, urls } = recorded(answer, { issuer });
  expect(await accessToken()).toBe("a");
  expect(urls).toEqual([`${issuer}.well-known/openid-configuration`, `${issuer}token`]);
});

test("an issuer with encryption has no token endpoint without it, not even on this machine", async () => {
  const discovery = {
    issuer: "https://auth.loke.global",
    token_endpoint: "http://127.0.0.1/token",
  };
  const { accessToken, urls } = recorded(() => Response.json(discovery));
  await expect(accessToken()).rejects.toThrow(
    "named no token endpoint that a secret can be sent to",
  );
  expect(urls).toHaveLength(1);
});
