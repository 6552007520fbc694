import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { redact } from "../../src/redact.js";

const secret = "jo@example.com";
const url = `https://api.test/customers?email=${secret}`;

/** What is left of a failure, as a log or a debugger would show it. */
function shown(failure: unknown, secrets: readonly string[] = [secret]): string {
  const left = redact(failure, secrets);
  return inspect(left, { depth: Number.POSITIVE_INFINITY }) + JSON.stringify(left);
}

/** Milliseconds that a look at a failure takes. */
function duration(failure: unknown): number {
  const startMs = performance.now();
  redact(failure, [secret]);
  return performance.now() - startMs;
}

function error(fields: object): Error {
  return Object.assign(new Error("fetch failed"), fields);
}

/** A failure in so many others, each the cause of the next. */
function nested(failure: unknown, depth: number): unknown {
  let outer = failure;
  for (let level = 0; level < depth; level++) outer = new Error("outer", { cause: outer });
  return outer;
}

describe("a failure is left as it is", () => {
  const failures: Record<string, unknown> = {
    "an error": new TypeError("fetch failed"),
    "an error of Node": error({
      code: "ECONNREFUSED",
      errno: -111,
      syscall: "connect",
      address: "127.0.0.1",
      port: 443,
    }),
    "an error with causes": nested(new Error("connect ECONNREFUSED 127.0.0.1:443"), 3),
    "an abort": AbortSignal.abort().reason,
    "a text": "fetch failed",
    "an empty text": "",
    undefined: undefined,
    null: null,
    "a number": 0,
  };
  for (const [name, failure] of Object.entries(failures)) {
    test(name, () => {
      expect(redact(failure, [secret])).toBe(failure);
      expect(redact(failure, [])).toBe(failure);
    });
  }

  test("if all that it names are secrets too short to give anything away", () => {
    const failure = new Error("a 12 of it");
    expect(redact(failure, ["", "a", "12", "of "])).toBe(failure);
    expect(redact(failure, ["12 o"])).not.toBe(failure);
  });
});

describe("what is left of a failure", () => {
  test("has its name and code, and those of its causes", () => {
    const inner = Object.assign(new AggregateError([new Error(url)], url), {
      code: "ECONNREFUSED",
    });
    const outer = Object.assign(new TypeError(url, { cause: inner }), { code: "UND_ERR_SOCKET" });
    const left = redact(outer, [secret]);
    expect(left).toBeInstanceOf(Error);
    expect(left).not.toBe(outer);
    expect(left).toMatchObject({
      name: "TypeError",
      code: "UND_ERR_SOCKET",
      cause: { name: "AggregateError", code: "ECONNREFUSED" },
    });
  });

  const transportMessages: Record<string, string> = {
    UND_ERR_SOCKET: "other side closed",
    UND_ERR_CONNECT_TIMEOUT:
      "Connect Timeout Error (attempted address: api.loke.global:443, timeout: 10000ms)",
    ECONNRESET: "Client network socket disconnected before secure TLS connection was established",
    HPE_INVALID_CONSTANT: "Response does not match the HTTP/1.1 protocol (Expected HTTP/)",
    ERR_TLS_CERT_ALTNAME_INVALID:
      "Hostname/IP does not match certificate's altnames: Host: a.test. is not in the cert's altnames: DNS:*.b.test, DNS:b.test",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      "unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca",
    ERR_SSL_WRONG_VERSION_NUMBER:
      "80EC0143EF7F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:350:\n",
  };
  for (const [code, message] of Object.entries(transportMessages)) {
    test(`has the message of a transport: ${code}`, () => {
      const transportError = class extends Error {};
      const inner = Object.assign(new transportError(message), { code, socket: {} });
      const left = redact(new TypeError("fetch failed", { cause: inner }), [secret]);
      expect(left).toMatchObject({ cause: { code, message } });
      const told = Object.assign(new transportError(`${message} ${secret}`), { code });
      expect(shown(told)).not.toContain(secret);
    });
  }

  test("has the errors of an AggregateError: one for each address", () => {
    const errors = ["::1:443", "127.0.0.1:443"].map((address) =>
      Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: "ECONNREFUSED" }),
    );
    const refused = Object.assign(new AggregateError(errors), { code: "ECONNREFUSED" });
    expect(redact(refused, [secret])).toMatchObject({ code: "ECONNREFUSED", message: "", errors });
  });

  test("says how to see the rest", () => {
    expect(redact(new Error(url), [])).toMatchObject({
      message: expect.stringMatching(/^Withheld: .* `fetch`/),
    });
  });

  test("is the error itself if it is of another realm, such as that of a test runner", () => {
    const foreign = runInNewContext("new TypeError('fetch failed')");
    expect(redact(foreign, [secret])).toBe(foreign);
  });

  test("has no name and no code that is a secret", () => {
    expect(shown(error({ name: "token-1", code: "token-1" }), ["token-1"])).not.toContain(
      "token-1",
    );
  });

  const texts = [
    `Unexpected token 'x', "{"email":"${secret}"}" is not valid JSON`,
    `No route to ${url}`,
    `Rejected ${secret}`,
    `Rejected email=jo`,
  ];
  for (const text of texts) {
    test(`has no text such as ${JSON.stringify(text)}, whatever the secrets are`, () => {
      expect(shown(new Error(text), [])).not.toContain("jo");
      expect(shown(text, [])).not.toContain("jo");
      expect(shown(new TypeError("failed", { cause: new Error(text) }), [])).not.toContain("jo");
    });
  }

  test("leaves the failure itself as it was", () => {
    const failure = error({ url, code: "E" });
    redact(failure, [secret]);
    expect(failure).toMatchObject({ message: "fetch failed", url, code: "E" });
  });
});

describe("a failure does not show a secret in", () => {
  const circular = error({ url });
  circular.cause = circular;
  const shared = { d: { e: { url } } };
  const failures: Record<string, unknown> = {
    "itself, a text": `Cannot reach ${url}`,
    "its message": new Error(`Cannot reach ${url}`),
    "its stack only": Object.assign(new Error("x"), { message: "x", stack: `Error: ${secret}` }),
    "its name": error({ name: secret }),
    "its name, which is not enumerable": Object.defineProperty(error({}), "name", { value: url }),
    "its code": error({ code: url }),
    "the name of a DOMException": new DOMException("failed", secret),
    "the message of a DOMException": new DOMException(url, "NetworkError"),
    "a field": error({ url }),
    "a field that is not enumerable": Object.defineProperty(error({}), "a", { value: secret }),
    "a field named by a symbol": error({ [Symbol("url")]: url }),
    "the name of a field": error({ [url]: 1 }),
    "a field of a field": error({ config: { params: { email: secret } } }),
    "an array": error({ args: ["GET", [url]] }),
    "its cause": new Error("outer", { cause: new Error(url) }),
    "a cause that is a text": new Error("outer", { cause: url }),
    "a cause that is an object": new Error("outer", { cause: { input: url } }),
    "a cause of a cause of a cause": nested(new Error(url), 3),
    "a cause ten deep": nested(new Error(url), 10),
    "one of several errors": new AggregateError([new Error("a"), new Error(url)], "all failed"),
    "a cause of one of several errors": new AggregateError([nested(new Error(url), 1)], "all"),
    "a Request": error({ request: new Request(url.replace("@", "%40")), url }),
    "the URL of a Request": error({ request: new Request(url) }),
    "a URL": error({ url: new URL(url) }),
    "the headers of a Request": error({
      request: new Request("https://api.test", { headers: { authorization: `Bearer ${secret}` } }),
    }),
    "a Headers": error({ headers: new Headers({ authorization: `Bearer ${secret}` }) }),
    "a URLSearchParams": error({ params: new URLSearchParams([["email", secret]]) }),
    "a Map": error({ headers: new Map([["authorization", secret]]) }),
    "a Set": error({ values: new Set([secret]) }),
    "a symbol": Symbol(secret),
    "a function": Object.assign(() => {}, { url }),
    "an object of its own": { config: { url } },
    "a toJSON": error({ toJSON: () => url }),
    "a way to be inspected": error({ [inspect.custom]: () => url }),
    "the way in which its class is inspected": new (class extends Error {
      [inspect.custom]() {
        return url;
      }
    })(),
    "a getter": Object.defineProperty(error({}), "url", { get: () => url, enumerable: true }),
    "a class of its own": new (class extends Error {
      url = url;
    })(),
    "a circle": circular,
    "an object met deep down first": error({ a: { b: { c: shared } }, z: shared }),
  };
  for (const [name, failure] of Object.entries(failures)) {
    test(name, () => {
      expect(shown(failure)).not.toContain(secret);
    });
  }

  test("any of several secrets", () => {
    const failure = new Error("token-1 failed");
    expect(shown(failure, ["other", "token-1"])).not.toContain("token-1");
  });
});

describe("a look at a failure never fails itself", () => {
  const hostile: Record<string, unknown> = {
    "a getter that throws": Object.defineProperty(error({}), "detail", {
      enumerable: true,
      get() {
        throw new Error("No.");
      },
    }),
    "a url that throws": {
      get url() {
        throw new Error("No.");
      },
    },
    "a proxy that throws": new Proxy(error({}), {
      ownKeys() {
        throw new Error("No.");
      },
      get() {
        throw new Error("No.");
      },
    }),
    "a proxy that is revoked": (() => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    })(),
    "a getter of its class": Object.create(Request.prototype),
  };
  for (const [name, failure] of Object.entries(hostile)) {
    test(name, () => {
      expect(() => redact(failure, [secret])).not.toThrow();
      expect(() => redact(error({ failure }), [secret])).not.toThrow();
    });
  }

  test("and a secret beside such a getter is not shown", () => {
    const failure = Object.assign(hostile["a getter that throws"] as object, { zzz: secret });
    expect(shown(failure)).not.toContain(secret);
  });
});

describe("a look at a failure takes no time to speak of", () => {
  const ring = Array.from({ length: 30 }, () => ({}) as Record<string, unknown>);
  for (const one of ring) for (const [index, other] of ring.entries()) one[`a${index}`] = other;
  const everything = (depth: number): object =>
    Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `a${index}`,
        depth ? everything(depth - 1) : index,
      ]),
    );
  const large: Record<string, unknown> = {
    "that is deep": nested(new Error("inner"), 100_000),
    "that is wide": Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`a${at}`, "b"])),
    "with a long array": error({ rows: Array(1_000_000).fill(0) }),
    "with a long text": error({ text: "a".repeat(5_000_000) }),
    "with bytes": error({ body: new Uint8Array(2_000_000) }),
    "in which all lead to all": error({ ring }),
    "that branches": everything(4),
    "without end": new Proxy({}, { ownKeys: () => ["a"], get: () => ({ ...process.versions }) }),
  };
  for (const [name, failure] of Object.entries(large)) {
    test(name, () => {
      expect(duration(failure)).toBeLessThan(1_000);
    });
  }
});
