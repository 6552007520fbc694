import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  type ClientPage,
  type ClientReference,
  entryPoints,
  readClientReference,
} from "../../../scripts/docs/client-reference.js";
import { CliError } from "../../../scripts/lib/cli-error.js";

// TypeDoc compiles what it reads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const packageJson = {
  name: "pets",
  exports: {
    ".": { default: "./dist/src/index.js" },
    "./toys": { default: "./dist/src/toys.js" },
  },
};
const bowl = `export interface Bowl {
  /**
   * Its kind.
   * @example Rex
   * @constant
   */
  kind: "bowl";
}
`;

/** A package whose comments and types are as they should be. */
const files = {
  "package.json": JSON.stringify(packageJson),
  "src/tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, types: [] } }),
  "scripts/docs/client.md": "Begin with {@link pets!pet | pet}.\n\n```ts\nbegin();\n```\n",
  "generated/shapes.ts": bowl,
  "src/toys.ts":
    'export type { Bowl } from "../generated/shapes.js";\n/** A toy. */\nexport interface Toy {\n  name: string;\n}\n',
  "src/index.ts": `import type { Toy } from "./toys.js";
interface Shape {
  /** What it is called. */
  name: string;
}
/** @interface */
export type Pet = { readonly [Key in keyof Shape]: Shape[Key] };
/**
 * Pets a pet. See {@link Pet}.
 *
 * @example
 * pet({ name: "Rex" });
 */
export function pet(who: Pet, toy?: Toy): void {}
/** @internal */
export function secret(): void {}
`,
};

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Writes the package, with other files in place of some. */
async function write(others: Partial<typeof files> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "loke-client-reference-"));
  folders.push(root);
  for (const [path, text] of Object.entries({ ...files, ...others })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

async function problemsOf(others: Partial<typeof files>): Promise<string[]> {
  const error = await readClientReference(await write(others), []).catch((reason) => reason);
  if (error instanceof CliError) return error.message.split("\n");
  throw error;
}

describe("the reference of the client", () => {
  let reference: ClientReference;
  let to = "";
  const pages: ClientPage[] = [];
  const page = (path: string) => readFile(join(to, "client", path), "utf8");

  beforeAll(async () => {
    const root = await write();
    to = join(root, "out");
    reference = await readClientReference(root, []);
    await reference.write(to, (one) => {
      pages.push(one);
      return `<main>${one.main}</main>`;
    });
  });

  it("has what the package exports, by the names that its users import", async () => {
    expect(await page("modules/pets_toys.html")).toContain("Toy");
    expect(await page("index.html")).toContain('<a href="functions/pets.pet.html"');
    const [{ menu } = { menu: [] }] = pages;
    expect(
      menu.map(({ text, href, entries }) => [text, href, entries?.map(({ text }) => text)]),
    ).toEqual([
      ["pets", "client/modules/pets.html", ["pet", "Pet"]],
      ["pets/toys", "client/modules/pets_toys.html", ["Bowl", "Toy"]],
    ]);
    expect(await page("modules/pets.html")).not.toContain("secret");
    // The fields of a mapped type, and not how it is written.
    expect(await page("interfaces/pets.Pet.html")).toContain("What it is called.");
    expect(await page("interfaces/pets.Pet.html")).not.toContain("Shape");
  });

  it("needs no script, style or icon of its renderer, and colours code as the other pages do", async () => {
    const written = await readdir(to, { recursive: true });
    expect(written.filter((file) => file.includes("assets"))).toEqual([]);
    const html = await page("functions/pets.pet.html");
    expect(html).toContain('<span class="token-string-expression">&quot;Rex&quot;</span>');
    expect(html).not.toMatch(/<svg|<script|<style| style=|<details|<summary/);
  });

  it("gives the programs that it shows, and takes no value of the document for one", () => {
    expect(reference.examples).toEqual([
      { place: "scripts/docs/client.md", line: 4, language: "ts", source: "begin();\n" },
      { place: "The example of pets.pet", language: "ts", source: 'pet({ name: "Rex" });\n' },
    ]);
  });
});

describe("it is refused", () => {
  it("for links that lead nowhere, and for a type that a public name needs and that is not public", async () => {
    const problems = await problemsOf({
      "src/index.ts": files["src/index.ts"].replace("{@link Pet}", "{@link Cat}"),
      "scripts/docs/client.md": "Begin with {@link pets!cat}.",
      "src/toys.ts": "interface Shop {}\nexport interface Toy {\n  from: Shop;\n}\n",
    });
    expect(problems.sort()).toEqual([
      expect.stringMatching(/"Cat".*pets\.pet/),
      expect.stringContaining('"pets!cat"'),
      expect.stringMatching(/^Shop, .*Toy\.from/),
    ]);
  });

  it("with the compiler's words where the sources do not compile", async () => {
    const problems = await problemsOf({ "src/toys.ts": "export type Toy = Gone;\n" });
    expect(problems.join()).toMatch(/src\/toys\.ts.*1.*Cannot find name 'Gone'/s);
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
