import { describe, expect, test } from "vitest";
import { placesOf } from "../../src/place.js";

const href = "https://api.test/organizations/o/customers?email=jo%40example.com&after=01FCCG";
const query = { email: "jo@example.com" };

function places(id = "listCustomers", path: object = { organizationId: "o" }, of: object = query) {
  return placesOf(id, { path: { ...path }, query: { ...of }, body: undefined });
}

describe("a place", () => {
  test("leads back to what it was made of", () => {
    for (const one of [href, "", "https://api.test/?a#", "http://[::1]:1/", "about:invalid"]) {
      expect(places().decode(places().encode(one))).toBe(one);
    }
  });

  test("is a string that survives JSON, URLs and headers", () => {
    const place = places().encode(href);
    expect(place).toMatch(/^[ -~]+$/);
    expect(JSON.parse(JSON.stringify(place))).toBe(place);
    expect(decodeURIComponent(encodeURIComponent(place))).toBe(place);
  });

  test("does not mind the order of the arguments", () => {
    const one = places("listCustomers", { organizationId: "o" }, { a: "1", b: "2" });
    const other = places("listCustomers", { organizationId: "o" }, { b: "2", a: "1" });
    expect(other.decode(one.encode(href))).toBe(href);
  });

  test("is refused with a character changed, left out, doubled or swapped, wherever", () => {
    const place = places().encode(href);
    const taken: string[] = [];
    for (let at = 0; at < place.length; at++) {
      const [before, one = "", after] = [place.slice(0, at), place[at], place.slice(at + 1)];
      const damaged = [
        before + after,
        before + one + one + after,
        ...["a", "0", " ", "%", "é", "\u0000"].map((other) => before + other + after),
        before + (after[0] ?? "") + one + after.slice(1),
      ].filter((text) => text !== place);
      for (const text of damaged) {
        try {
          taken.push(places().decode(text));
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }
    }
    expect(taken).toEqual([]);
  });

  test("is refused cut short at either end, or with something added", () => {
    const place = places().encode(href);
    for (let at = 1; at <= place.length; at++) {
      expect(() => places().decode(place.slice(at))).toThrow(TypeError);
      expect(() => places().decode(place.slice(0, -at))).toThrow(TypeError);
    }
    for (const text of [
      ` ${place}`,
      `${place} `,
      `${place}\n`,
      place + place,
      place.toUpperCase(),
    ]) {
      expect(() => places().decode(text)).toThrow(TypeError);
    }
  });

  for (const text of ["", " ", "0", "0 ", href, ` ${href}`, `0 ${href}`, "undefined", "null"]) {
    test(`is not ${JSON.stringify(text)}`, () => {
      expect(() => places().decode(text)).toThrow(TypeError);
    });
  }

  test("is not damage that the message quotes", () => {
    const text = `${places().encode(href)}x`;
    expect(() => places().decode(text)).toThrow(/^listCustomers: "from" /);
    expect(() => places().decode(text)).not.toThrow(/example|http/);
  });

  const others: Record<string, ReturnType<typeof places>> = {
    operation: places("listMemberships"),
    "path value": places("listCustomers", { organizationId: "p" }),
    "query value": places("listCustomers", { organizationId: "o" }, { email: "jo@example.org" }),
    "letter case": places("listCustomers", { organizationId: "O" }),
    "query name": places("listCustomers", { organizationId: "o" }, { phoneNumber: query.email }),
    "number of arguments": places("listCustomers", { organizationId: "o" }, {}),
    "empty argument": places("listCustomers", { organizationId: "o" }, { ...query, after: "" }),
  };
  for (const [name, other] of Object.entries(others)) {
    test(`of a list with another ${name} is refused`, () => {
      expect(() => places().decode(other.encode(href))).toThrow(TypeError);
      expect(() => other.decode(places().encode(href))).toThrow(TypeError);
      expect(() => other.decode(places().encode(""))).toThrow(TypeError);
    });
  }

  test("of a list with another character outside the basic plane is refused", () => {
    const one = places("listCustomers", { organizationId: "😀" });
    const other = places("listCustomers", { organizationId: "😁" });
    expect(() => other.decode(one.encode(href))).toThrow(TypeError);
  });
});
