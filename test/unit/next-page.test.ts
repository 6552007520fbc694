import { describe, expect, test } from "vitest";
import { followLink, type NextPagePolicy } from "../../src/next-page.js";

interface Row {
  readonly link: string;
  /** What it leads to, or why it leads nowhere. */
  readonly to: string;
  /** @default https://api.test */
  readonly base?: string;
  /** @default the list of customers of organization o, under the base */
  readonly current?: string;
}

function follow(
  { link, base = "https://api.test", current }: Omit<Row, "to">,
  policy: NextPagePolicy,
) {
  const from = current ?? `${base.replace(/\/$/, "")}/organizations/o/customers?after=1`;
  const options = { allowHttp: false, baseUrl: new URL(base), nextPage: policy };
  const found = followLink(link, new URL(from), options);
  return found instanceof URL ? found.href : found.reason;
}

function check(policy: NextPagePolicy, rows: readonly Row[]): void {
  for (const { to, ...row } of rows) {
    const where = row.base ? ` under ${row.base}` : "";
    test(`${JSON.stringify(row.link)}${where} leads to ${to}`, () => {
      expect(follow(row, policy)).toBe(to);
    });
  }
}

const list = "https://api.test/organizations/o/customers";
const gateway = "https://gw.test/loke/v1";

/** Links that are none, whatever the policy. */
const invalid: readonly Row[] = [
  "ftp://api.test/x",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/plain,x",
  "blob:https://api.test/x",
  "about:blank",
  "mailto:jo@example.com",
  "https://jo@api.test/x",
  "https://jo:password@api.test/x",
  "https://:password@api.test/x",
  "//jo:password@api.test/x",
  "https://",
  "https://api.test:99999/x",
  "http://[::1/x",
  " https://api.test/x",
  "https://api.test/x ",
  "https://api.test/a b",
  "https://api.test/a\tb",
  "https://api.test/a\nb",
  "?after=a b",
  "\t",
  " ",
  "https:\\\\evil.test\\x",
  "\\\\evil.test",
  "/\\evil.test",
  "https://api.test\\@evil.test/x",
  "https://api.test/é",
  "https://еvil.test/",
  "?after=\u0000",
].map((link) => ({ link, to: "invalid-link" }));

describe('"same-origin"', () => {
  describe("follows links on the origin of baseUrl byte for byte", () => {
    check("same-origin", [
      { link: `${list}?after=2`, to: `${list}?after=2` },
      { link: `${list}?b=2&a=1&a=`, to: `${list}?b=2&a=1&a=` },
      { link: `${list}?after=%7e%2F+%20%zz&x`, to: `${list}?after=%7e%2F+%20%zz&x` },
      {
        link: "/organizations/o%2Fp/customers?after=2",
        to: `${new URL(list).origin}/organizations/o%2Fp/customers?after=2`,
      },
      { link: "/other/path", to: "https://api.test/other/path" },
      { link: "?after=2", to: `${list}?after=2` },
      { link: "customers?after=2", to: `${list}?after=2` },
      { link: "./customers?after=2", to: `${list}?after=2` },
      { link: "../p/customers", to: "https://api.test/organizations/p/customers" },
      { link: "//api.test/x", to: "https://api.test/x" },
      { link: "HTTPS://API.TEST:443/x", to: "https://api.test/x" },
      { link: "https://api.test//evil.test/a", to: "https://api.test//evil.test/a" },
    ]);
  });

  describe("drops the fragment, which no server sees", () => {
    check("same-origin", [
      { link: `${list}?after=2#a`, to: `${list}?after=2` },
      { link: "?after=2#", to: `${list}?after=2` },
    ]);
  });

  describe("keeps the path that a gateway adds", () => {
    check("same-origin", [
      {
        base: gateway,
        link: "/organizations/o/customers",
        to: `${gateway}/organizations/o/customers`,
      },
      { base: `${gateway}/`, link: "/organizations/o", to: `${gateway}/organizations/o` },
      { base: gateway, link: "/loke/v1/organizations/o", to: `${gateway}/organizations/o` },
      { base: gateway, link: "/loke/v12/x", to: `${gateway}/loke/v12/x` },
      { base: gateway, link: "?after=2", to: `${gateway}/organizations/o/customers?after=2` },
      { base: gateway, link: "https://gw.test/x?a=1", to: "https://gw.test/x?a=1" },
    ]);
  });

  describe("takes links that name the document's own server as rebased", () => {
    const own = "https://api.loke.global";
    check("same-origin", [
      { link: `${own}/organizations/o/customers?after=2`, to: `${list}?after=2` },
      { link: `${own}:443/x?a=%20#b`, to: "https://api.test/x?a=%20" },
      { base: gateway, link: `${own}/x`, to: `${gateway}/x` },
      { base: "http://localhost:4010", link: `${own}/x?a=1`, to: "http://localhost:4010/x?a=1" },
      { link: `${own}//evil.test/a`, to: "https://api.test//evil.test/a" },
      { base: own, link: `${own}/x`, to: `${own}/x` },
    ]);
  });

  describe("refuses any other origin", () => {
    check(
      "same-origin",
      [
        "https://evil.test/organizations/o/customers?after=2",
        "//evil.test/x",
        "///evil.test/x",
        "http://api.test/x",
        "https://api.test:8443/x",
        "https://api.test.evil.test/x",
        "https://sub.api.test/x",
        "https://api.test./x",
        "http://api.loke.global/x",
        "https://api.loke.global:8443/x",
      ].map((link) => ({ link, to: "foreign-origin" })),
    );
  });

  describe("refuses what is no link", () => check("same-origin", invalid));
});

describe('"rebase"', () => {
  describe("keeps path and query, and stays on baseUrl", () => {
    check("rebase", [
      {
        link: "https://x.test/organizations/o?after=%2f+",
        to: "https://api.test/organizations/o?after=%2f+",
      },
      { link: "http://x.test:81/a?b#c", to: "https://api.test/a?b" },
      { link: "//x.test/a", to: "https://api.test/a" },
      { link: "https://x.test", to: "https://api.test/" },
      { link: "?after=2", to: `${list}?after=2` },
      { link: "/a", to: "https://api.test/a" },
      { base: gateway, link: "https://x.test/a?b", to: `${gateway}/a?b` },
      { base: gateway, link: "https://x.test/loke/v1/a", to: `${gateway}/a` },
      { base: `${gateway}/`, link: "/a", to: `${gateway}/a` },
    ]);
  });

  describe("does not leave baseUrl by a path that looks like a host", () => {
    check("rebase", [
      { link: "https://x.test//evil.test/a", to: "https://api.test//evil.test/a" },
      { link: "https://x.test///evil.test/a", to: "https://api.test///evil.test/a" },
      { link: "https://x.test/%2F/evil.test/a", to: "https://api.test/%2F/evil.test/a" },
      { link: "https://x.test/@evil.test/a", to: "https://api.test/@evil.test/a" },
      { link: "https://x.test/:80/a", to: "https://api.test/:80/a" },
      { base: gateway, link: "https://x.test//evil.test/a", to: `${gateway}//evil.test/a` },
      { base: gateway, link: "https://x.test/../../a", to: `${gateway}/a` },
      { base: gateway, link: "https://x.test/%2e%2e/a", to: `${gateway}/a` },
    ]);
  });

  describe("refuses what is no link", () => check("rebase", invalid));
});

describe("a function", () => {
  test("is given the link as a URL, and where it was found", () => {
    const seen: string[] = [];
    const policy: NextPagePolicy = (next, current) => {
      seen.push(next.href, current.href);
      return next;
    };
    follow({ link: "https://x.test/a?b=%20" }, policy);
    follow({ link: "?after=2" }, policy);
    follow({ base: gateway, link: "/a" }, policy);
    expect(seen).toEqual([
      "https://x.test/a?b=%20",
      `${list}?after=1`,
      `${list}?after=2`,
      `${list}?after=1`,
      `${gateway}/a`,
      `${gateway}/organizations/o/customers?after=1`,
    ]);
  });

  test("decides, whatever the origin", () => {
    const link = "https://x.test/a";
    expect(follow({ link }, (next) => next)).toBe(link);
    expect(follow({ link }, () => new URL("https://y.test/b"))).toBe("https://y.test/b");
  });

  test("cannot send the token over http to another machine, unless allowHttp says so", () => {
    const nextPage = () => new URL("http://y.test/b");
    const baseUrl = new URL("https://api.test");
    const followed = (allowHttp: boolean) =>
      followLink("?b", baseUrl, { allowHttp, baseUrl, nextPage });
    expect(followed(false)).toMatchObject({ reason: "invalid-link" });
    expect(followed(true)).toEqual(new URL("http://y.test/b"));
  });

  test("cannot change what it is given for others", () => {
    const current = new URL("https://api.test/a");
    const baseUrl = new URL("https://api.test");
    const nextPage = (next: URL, given: URL) => {
      given.host = "evil.test";
      next.host = "evil.test";
      return next;
    };
    followLink("?b", current, { allowHttp: false, baseUrl, nextPage });
    expect([current.href, baseUrl.href]).toEqual(["https://api.test/a", "https://api.test/"]);
  });

  test("has what it gives checked", () => {
    const given: unknown[] = [
      undefined,
      null,
      { href: "https://api.test/a" },
      Promise.resolve(new URL("https://api.test/a")),
      new URL("ftp://api.test/a"),
      new URL("https://jo:password@api.test/a"),
    ];
    for (const one of given) expect(follow({ link: "?a" }, () => one as URL)).toBe("invalid-link");
  });

  test("has the fragment of what it gives dropped", () => {
    expect(follow({ link: "?a" }, () => new URL("https://x.test/a#b"))).toBe("https://x.test/a");
  });

  describe("is not asked about what is no link", () => {
    check((next) => next, invalid);
  });
});
