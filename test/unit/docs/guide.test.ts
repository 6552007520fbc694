import { describe, expect, it } from "vitest";
import { inOrder, readGuide } from "../../../scripts/docs/guide.js";

describe("the pages of the guide", () => {
  it("come in the order in which they are read", () => {
    expect(inOrder(["b", "a"], ["a", "b"])).toEqual(["a", "b"]);
  });

  it("are refused when one is missing, or has no place", () => {
    expect(() => inOrder(["a"], ["a", "b"])).toThrow("scripts/docs/guide/b.md is missing.");
    expect(() => inOrder(["b", "a"], ["a"])).toThrow("guide.ts does not say where b.md comes.");
  });

  it("are built last while they are renamed", () => {
    expect(inOrder(["d", "c", "a"], ["a", "b"])).toEqual(["a", "c", "d"]);
  });

  it("each have a title and a summary, and stand under their file's name", async () => {
    const pages = await readGuide();
    expect(pages.length).toBeGreaterThan(0);
    for (const { path, title, summary, part } of pages) {
      expect(path).toMatch(/^[a-z-]+$/);
      expect({ path, hasTitle: title !== "", hasSummary: summary !== "", part }).toEqual({
        path,
        hasTitle: true,
        hasSummary: true,
        part: "Guide",
      });
    }
  });
});
