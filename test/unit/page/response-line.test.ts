import { describe, expect, test } from "vitest";
import { readResponseLine } from "../../../scripts/page/read-response.js";

const models = new Set(["Customer", "CustomerTiny", "Content"]);
const read = (text: string) => readResponseLine(text, models);

describe("a line of a response reads as", () => {
  const lines: [text: string, status: string, code: string, words: string, type: string][] = [
    ["200: OK response.Customer[]", "200", "", "OK", "Customer[]"],
    ["404: Not Found response.", "404", "", "Not Found", ""],
    ["404: not_found: Not Found response.", "404", "not_found", "Not Found", ""],
    ["404: gone: Gone response.", "404", "gone", "Gone", ""],
    ["404: not_found: Customer not found.", "404", "not_found", "Customer not found.", ""],
    ["404: not_found: customer not found.", "404", "not_found", "customer not found.", ""],
    ["409: conflict: There is one. It stays.", "409", "conflict", "There is one. It stays.", ""],
    ["404: Customer not found.", "404", "", "Customer not found.", ""],
    ["404: Not a Customer.", "404", "", "Not a Customer.", ""],
    ["404: Not Found", "404", "", "Not Found", ""],
    ["200: OK. Customer[]", "200", "", "OK.", "Customer[]"],
    ["200: OK.Customer[]", "200", "", "OK.", "Customer[]"],
    ["200: OK. string", "200", "", "OK.", "string"],
    ["400: no_body: Gives one. Customer", "400", "no_body", "Gives one.", "Customer"],
    // A type that the page has no table for is reported as such.
    ["200: OK response.Cat", "200", "", "OK", "Cat"],
    ["200: OK. Cat[]", "200", "", "OK.", "Cat[]"],
  ];
  test.for(lines)("%s", ([text, status, code, words, type]) => {
    const optional = { ...(code ? { code } : {}), ...(type ? { type } : {}) };
    expect(read(text)).toEqual({ status, words, ...optional });
  });
});

describe("a line of a response reads in more than one way, or in none:", () => {
  test.for([
    // A code, or a word.
    "404: not_found",
    "404: not_found.",
    "404: gone",
    "404: note: not for you.",
    // A model, or a word.
    "200: OK Customer",
    "200: OK Customer[]",
    "200: OKCustomer",
    "204: No Content",
    "200: OK. Cat",
    // The word "response", but not as the other lines have it.
    "200: OK response",
    "200: OK responseCustomer",
    "404: Not: Found: Not Found response.",
    "404: not_found: Note: not here.",
    "404: NotFound: Not here.",
    "404:",
    "404: ",
    "404: not_found: ",
    "404 Not Found.",
  ])("%s", (text) => {
    expect(read(text)).toBeUndefined();
  });
});
