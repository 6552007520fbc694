import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pageAddresses } from "../../scripts/page/page-address.js";
import { documentText, facts } from "./real-page.js";

const [address, ...others] = pageAddresses(documentText);
const textOf = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

test("the document names the address of its page", () => {
  expect(others).toEqual([]);
  expect(address).toEqual({ heading: facts.heading, url: expect.stringMatching(/^https:/) });
});

test.each(["CONTRIBUTING.md", ".github/ISSUE_TEMPLATE/api-changed.yml"])(
  "%s names the same address",
  (name) => {
    const addresses = textOf(name).match(/https:[^\s)]+\/docs\/api\/[^\s),]+/g);
    expect(addresses).toEqual([address?.url]);
  },
);
