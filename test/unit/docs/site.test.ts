import { describe, expect, it } from "vitest";
import { descriptionOf, siteOf } from "../../../scripts/docs/build-site.js";
import { petShop } from "./api.js";

const guide = ["start", "not-stated"].map((path) => ({
  path,
  title: `The ${path} *page*`,
  summary: "A line.",
  markdown: `# Title\n\nA line.\n\n<!-- operations -->\n\n<!-- for a test -->\n\nMore.\n<!-- end -->\n`,
  part: "Guide" as const,
}));
const changelog = "# Changes\n\nWhat changed.\n";
const { title, betaNotice, pages } = siteOf({
  document: petShop(),
  guide,
  samples: [],
  command: [],
  changelog,
});
const markdownOf = (path: string) => pages.find((page) => page.path === path)?.markdown ?? "";

describe("the site", () => {
  it("has the notice of beta apart from the other words of the document", () => {
    expect({ title, betaNotice }).toEqual({
      title: "Pet shop",
      betaNotice: "**Beta.** It may change.",
    });
    expect(markdownOf("index")).toMatch(
      /^# Pet shop\n\nPets,\nand their owners\.\n\nMore words\.\n/,
    );
    expect(markdownOf("index")).not.toContain("Beta");
  });

  it("begins with a page that leads to every other, with a line about each", () => {
    const others = pages.filter(({ path }) => path !== "index");
    expect(others.map(({ path }) => path)).toEqual([
      ...["start", "not-stated", "api/index", "api/get-pet", "api/list-pets", "api/models"],
      ...["command", "changes"],
    ]);
    for (const { path } of others) expect(markdownOf("index")).toContain(`](${path}.md)`);
    expect(markdownOf("index")).toContain("- [The start \\*page\\*](start.md): A line.\n");
    for (const href of ["client/index.html", "openapi.json", "openapi.yaml"]) {
      expect(markdownOf("index")).toContain(`](${href})`);
    }
  });

  it("has the table of operations where the guide has a place for it, and on one page what is stated elsewhere", () => {
    expect(markdownOf("start")).toContain("A line.\n\n| operation |");
    expect(markdownOf("start")).toContain("[Get a pet](api/get-pet.md)");
    expect(markdownOf("start")).not.toContain("| what |");
    expect(markdownOf("start")).not.toContain("<!--");
    expect(markdownOf("not-stated")).toMatch(/More\.\n\n\| what \| where it is from \|/);
  });

  it("has the changes as they are written", () => {
    expect(markdownOf("changes")).toBe(changelog);
  });
});

it("a document that does not begin with the notice of beta is refused", () => {
  const document = petShop();
  document.info.description = "Pets.\n\n**Beta.** It may change.";
  expect(() => descriptionOf(document)).toThrow("must begin with its **Beta** notice");
  delete document.info.description;
  expect(() => descriptionOf(document)).toThrow("must begin with its **Beta** notice");
});
