import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientPage } from "../../../scripts/docs/client-reference.js";
import { entryPoints, readClientReference } from "../../../scripts/docs/client-reference.js";
import { CliError } from "../../../scripts/lib/cli-error.js";

// TypeDoc compiles what it reads.
vi.setConfig({ testTimeout: 120_000 });

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "loke-client-reference-"));
  await write("package.json", {
    name: "pets",
    exports: {
      ".": { default: "./dist/src/index.js" },
      "./toys": { default: "./dist/src/toys.js" },
    },
  });
  await write("src/tsconfig.json", { compilerOptions: { strict: true, types: [] } });
  await write(
    "scripts/docs/client.md",
    "Begin with {@link pets!pet | pet}.\n\n```ts\nbegin();\n```\n",
  );
  await write("src/toys.ts", "/** A toy. */\nexport interface Toy {\n  name: string;\n}\n");
  await write("src/index.ts", source("Pets a pet. See {@link Pet}."));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: object | string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(
    join(root, path),
    typeof content === "string" ? content : JSON.stringify(content),
  );
}

function source(words: string): string {
  return `import type { Toy } from "./toys.js";
interface Shape {
  /** What it is called. */
  name: string;
}
/** @interface */
export type Pet = { readonly [Key in keyof Shape]: Shape[Key] };
/**
 * ${words}
 *
 * @example
 * pet({ name: "Rex" });
 */
export function pet(who: Pet, toy?: Toy): void {}
/** @internal */
export function secret(): void {}
`;
}

async function problems(): Promise<readonly string[]> {
  const error = await readClientReference(root, []).catch((reason: unknown) => reason);
  if (error instanceof CliError) return error.message.split("\n");
  throw error;
}

describe("the reference of the client", () => {
  it("has what the package exports, by the names that its users import", async () => {
    const reference = await readClientReference(root, []);
    const to = join(root, "out");
    const pages: ClientPage[] = [];
    await reference.write(to, (page) => {
      pages.push(page);
      return `<main>${page.main}</main>`;
    });
    const page = (path: string) => readFile(join(to, path), "utf8");
    expect(await page("modules/pets_toys.html")).toContain("Toy");
    expect(await page("index.html")).toContain('<a href="functions/pets.pet.html"');
    const [{ menu } = { menu: [] }] = pages;
    expect(
      menu.map(({ text, href, entries }) => [text, href, entries?.map(({ text }) => text)]),
    ).toEqual([
      ["pets", "modules/pets.html", ["pet", "Pet"]],
      ["pets/toys", "modules/pets_toys.html", ["Toy"]],
    ]);
    expect(await page("modules/pets.html")).not.toContain("secret");
    // The fields of a mapped type, and not how it is written.
    expect(await page("interfaces/pets.Pet.html")).toContain("What it is called.");
    expect(await page("interfaces/pets.Pet.html")).not.toContain("Shape");
  });

  it("needs no script, style or icon of its renderer, and colours code as the other pages do", async () => {
    const reference = await readClientReference(root, []);
    const to = join(root, "out");
    await reference.write(to, ({ main }) => main);
    const files = await readdir(to, { recursive: true });
    expect(files.filter((file) => file.includes("assets"))).toEqual([]);
    const html = await readFile(join(to, "functions/pets.pet.html"), "utf8");
    expect(html).toContain('<span class="token-string-expression">&quot;Rex&quot;</span>');
    expect(html).not.toMatch(/<svg|<script|<style| style=|<details|<summary/);
  });

  it("gives the programs that it shows", async () => {
    const { examples } = await readClientReference(root, []);
    expect(examples).toEqual([
      { place: "scripts/docs/client.md", line: 4, language: "ts", source: "begin();\n" },
      { place: "The example of pets.pet", language: "ts", source: 'pet({ name: "Rex" });\n' },
    ]);
  });

  it("takes no value of the document for a program, and no tag of what is generated for a mistake", async () => {
    await write(
      "generated/shapes.ts",
      "export interface Bowl {\n  /**\n   * Its kind.\n   * @example Rex\n   * @constant\n   */\n  kind: 'bowl';\n}\n",
    );
    await write("src/toys.ts", 'export type { Bowl as Toy } from "../generated/shapes.js";\n');
    const { examples } = await readClientReference(root, []);
    expect(examples.map(({ source: code }) => code)).not.toContain("Rex\n");
    expect(examples).toHaveLength(2);
  });

  it("is refused for a link in a doc comment that leads nowhere", async () => {
    await write("src/index.ts", source("Pets a pet. See {@link Cat}."));
    expect(await problems()).toEqual([expect.stringMatching(/"Cat".*pets\.pet/)]);
  });

  it("is refused for a link in its first page that leads nowhere", async () => {
    await write("scripts/docs/client.md", "Begin with {@link pets!cat}.");
    expect(await problems()).toEqual([expect.stringContaining('"pets!cat"')]);
  });

  it("is refused for a type that a public name needs and that is not public", async () => {
    await write("src/toys.ts", "interface Shop {}\nexport interface Toy {\n  from: Shop;\n}\n");
    expect(await problems()).toEqual([expect.stringMatching(/^Shop, .*Toy\.from/)]);
  });

  it("is refused with the compiler's words where the sources do not compile", async () => {
    await write("src/toys.ts", "export type Toy = Gone;\n");
    expect((await problems()).join()).toMatch(/src\/toys\.ts.*1.*Cannot find name 'Gone'/s);
  });
});

it("entry points are the built modules among the exports", () => {
  expect(
    entryPoints("pets", {
      ".": { default: "./dist/src/index.js" },
      "./toys/all": { default: "./dist/src/toys/all.js" },
      "./openapi.json": "./generated/openapi.json",
      "./package.json": "./package.json",
    }),
  ).toEqual([
    { module: "pets", source: "src/index.ts" },
    { module: "pets/toys/all", source: "src/toys/all.ts" },
  ]);
});
