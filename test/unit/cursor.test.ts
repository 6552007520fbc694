import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor, listKey } from "../../src/cursor.js";

const href = "https://api.test/organizations/o/customers?email=jo%40example.com&after=01FCCG";
const query = { email: "jo@example.com" };

function cursors(id = "listCustomers", path: object = { organizationId: "o" }, of: object = query) {
  const key = listKey(id, { path: { ...path }, query: { ...of }, body: undefined });
  return {
    encode: (url: string) => encodeCursor(key, url),
    decode: (cursor: string) => decodeCursor(key, cursor),
  };
}

describe("a cursor", () => {
  test("leads back to what it was made of", () => {
    for (const one of [href, "", "https://api.test/?a#", "http://[::1]:1/", "about:invalid"]) {
      expect(cursors().decode(cursors().encode(one))).toBe(one);
    }
  });

  test("is a string that survives JSON, URLs and headers", () => {
    const cursor = cursors().encode(href);
    expect(cursor).toMatch(/^[ -~]+$/);
    expect(JSON.parse(JSON.stringify(cursor))).toBe(cursor);
    expect(decodeURIComponent(encodeURIComponent(cursor))).toBe(cursor);
  });

  test("does not mind the order of the arguments", () => {
    const one = cursors("listCustomers", { organizationId: "o" }, { a: "1", b: "2" });
    const other = cursors("listCustomers", { organizationId: "o" }, { b: "2", a: "1" });
    expect(other.decode(one.encode(href))).toBe(href);
  });

  test("is refused with a character changed, left out, doubled or swapped, wherever", () => {
    const cursor = cursors().encode(href);
    const taken: string[] = [];
    for (let at = 0; at < cursor.length; at++) {
      const [before, one = "", after] = [cursor.slice(0, at), cursor[at], cursor.slice(at + 1)];
      const damaged = [
        before + after,
        before + one + one + after,
        ...["a", "0", " ", "%", "é", "\u0000"].map((other) => before + other + after),
        before + (after[0] ?? "") + one + after.slice(1),
      ].filter((text) => text !== cursor);
      for (const text of damaged) {
        try {
          taken.push(cursors().decode(text));
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }
    }
    expect(taken).toEqual([]);
  });

  test("is refused cut short at either end, or with something added", () => {
    const cursor = cursors().encode(href);
    for (let at = 1; at <= cursor.length; at++) {
      expect(() => cursors().decode(cursor.slice(at))).toThrow(TypeError);
      expect(() => cursors().decode(cursor.slice(0, -at))).toThrow(TypeError);
    }
    for (const text of [
      ` ${cursor}`,
      `${cursor} `,
      `${cursor}\n`,
      cursor + cursor,
      cursor.toUpperCase(),
    ]) {
      expect(() => cursors().decode(text)).toThrow(TypeError);
    }
  });

  for (const text of ["", " ", "0", "0 ", href, ` ${href}`, `0 ${href}`, "undefined", "null"]) {
    test(`is not ${JSON.stringify(text)}`, () => {
      expect(() => cursors().decode(text)).toThrow(TypeError);
    });
  }

  test("is not damage that the message quotes", () => {
    const text = `${cursors().encode(href)}x`;
    expect(() => cursors().decode(text)).toThrow(/^listCustomers: "from" /);
    expect(() => cursors().decode(text)).not.toThrow(/example|http/);
  });

  const others: Record<string, ReturnType<typeof cursors>> = {
    operation: cursors("listMemberships"),
    "path value": cursors("listCustomers", { organizationId: "p" }),
    "query value": cursors("listCustomers", { organizationId: "o" }, { email: "jo@example.org" }),
    "letter case": cursors("listCustomers", { organizationId: "O" }),
    "query name": cursors("listCustomers", { organizationId: "o" }, { phoneNumber: query.email }),
    "number of arguments": cursors("listCustomers", { organizationId: "o" }, {}),
    "empty argument": cursors("listCustomers", { organizationId: "o" }, { ...query, after: "" }),
  };
  for (const [name, other] of Object.entries(others)) {
    test(`of a list with another ${name} is refused`, () => {
      expect(() => cursors().decode(other.encode(href))).toThrow(TypeError);
      expect(() => other.decode(cursors().encode(href))).toThrow(TypeError);
      expect(() => other.decode(cursors().encode(""))).toThrow(TypeError);
    });
  }

  test("of a list with another character outside the basic plane is refused", () => {
    const one = cursors("listCustomers", { organizationId: "😀" });
    const other = cursors("listCustomers", { organizationId: "😁" });
    expect(() => other.decode(one.encode(href))).toThrow(TypeError);
  });
});
