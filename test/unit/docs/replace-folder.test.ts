import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectReplaceable, replaceFolder } from "../../../scripts/docs/replace-folder.js";

let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "loke-replace-"));
});
afterEach(() => rm(base, { recursive: true }));

const fill = (text: string) => async (aside: string) => {
  await writeFile(join(aside, "index.html"), text);
  return text.length;
};

describe("a folder is replaced", () => {
  it("where there was none yet, and where there was one, with nothing left beside it", async () => {
    const folder = join(base, "deep/docs");
    expect(await replaceFolder(folder, fill("old"))).toBe(3);
    await writeFile(join(folder, "gone.html"), "");
    await replaceFolder(folder, fill("new"));
    expect(await readdir(join(base, "deep"))).toEqual(["docs"]);
    expect(await readdir(folder)).toEqual(["index.html"]);
    expect(await readFile(join(folder, "index.html"), "utf8")).toBe("new");
  });

  it("not when what fills it fails: the old one stays, and nothing is left beside it", async () => {
    const folder = join(base, "docs");
    await replaceFolder(folder, fill("old"));
    const failure = replaceFolder(folder, async (aside) => {
      await fill("new")(aside);
      throw new Error("broken");
    });
    await expect(failure).rejects.toThrow("broken");
    expect(await readdir(base)).toEqual(["docs"]);
    expect(await readFile(join(folder, "index.html"), "utf8")).toBe("old");
  });

  it("not when the new one cannot be put in its place: the old one is put back", async () => {
    const folder = join(base, "docs");
    await replaceFolder(folder, fill("old"));
    const failure = replaceFolder(folder, (aside) => rm(aside, { recursive: true }));
    await expect(failure).rejects.toThrow("ENOENT");
    expect(await readdir(base)).toEqual(["docs"]);
    expect(await readFile(join(folder, "index.html"), "utf8")).toBe("old");
  });
});

describe("a folder may be replaced", () => {
  it("if it is not there, is empty, or holds docs", async () => {
    const folder = join(base, "docs");
    await expect(expectReplaceable(folder)).resolves.toBeUndefined();
    await mkdir(folder);
    await expect(expectReplaceable(folder)).resolves.toBeUndefined();
    for (const name of ["index.html", "changes.html", "openapi.yaml", "client"]) {
      await writeFile(join(folder, name), "");
    }
    await expect(expectReplaceable(folder)).resolves.toBeUndefined();
  });

  it("if it holds something else, not", async () => {
    await writeFile(join(base, "index.html"), "");
    await expect(expectReplaceable(base)).rejects.toThrow("holds something else than docs");
    await expect(expectReplaceable(join(base, "index.html"))).rejects.toThrow("ENOTDIR");
  });
});
