import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import apiDocument from "../../generated/openapi.json" with { type: "json" };
import { openEditor } from "../editor.js";
import { type CompilerOptions, compilers, typeCheck } from "./compile.js";
import { installation } from "./installation.js";

const { project, installed } = installation();
const folder = join(project, "types");
const consumerPath = join(folder, "consumer.ts");
const consumer = readFileSync(new URL("programs/consumer.ts", import.meta.url), "utf8");

/** A program of CommonJS, to which the package is `require`d: since 5.8, TypeScript knows that Node can do that. */
const commonJs = `
  import { createClient, type Customer } from "loke-customers";
  const customer: Promise<Customer> = createClient().getCustomer({ organizationId: "1", customerId: "2" });
  // @ts-expect-error a path value is missing
  createClient().getCustomer({ organizationId: "1" });
  export = { customer };
`;

const common: CompilerOptions = {
  strict: true,
  skipLibCheck: false,
  target: "es2022",
  // What a library that exports things made with the client needs: types that can be named.
  declaration: true,
  resolveJsonModule: true,
  types: [],
};
const exact: CompilerOptions = { exactOptionalPropertyTypes: true };
const nodenext: CompilerOptions = { ...common, module: "nodenext" };
const bundler: CompilerOptions = { ...common, module: "esnext", moduleResolution: "bundler" };
const withoutDom: CompilerOptions = { ...nodenext, lib: ["es2022"], types: ["node"] };

/** How modules are found and how exact optional properties are do not depend on each other: not each pair is here. */
const settings: [title: string, options: CompilerOptions][] = [
  ["nodenext", nodenext],
  ["bundler, exact optional properties", { ...bundler, ...exact }],
  ["Node's types, no DOM, exact optional properties", { ...withoutDom, ...exact }],
];

beforeAll(async () => {
  await mkdir(folder);
  await cp(new URL("programs/consumer.ts", import.meta.url), consumerPath);
  await writeFile(join(folder, "required.cts"), commonJs);
  await writeFile(join(folder, "mistaken.ts"), withoutExpectations(consumer));
});

/** The consumer with its mistakes, and nothing that says they are expected. Lines stay where they are. */
function withoutExpectations(source: string): string {
  return source.replaceAll("// @ts-expect-error", "//");
}

/** The lines with a mistake, from 1. */
function mistakenLines(source: string): number[] {
  return source
    .split("\n")
    .flatMap((line, index) => (line.includes("// @ts-expect-error") ? [index + 2] : []));
}

describe.for(compilers.map((compiler) => [compiler.version, compiler] as const))(
  "TypeScript %s",
  ([, compiler]) => {
    it.concurrent.for(settings)("accepts a user's program: %s", async ([title, options]) => {
      // To a bundler, CommonJS is no kind of its own.
      const files = title.includes("bundler") ? ["consumer.ts"] : ["consumer.ts", "required.cts"];
      expect(await typeCheck(compiler, folder, title, files, options)).toEqual([]);
    });

    it.concurrent("accepts a program of CommonJS that is compiled for a Node that cannot require modules", async () => {
      const options = { ...withoutDom, module: "node16" };
      expect(await typeCheck(compiler, folder, "node16", ["required.cts"], options)).toEqual([]);
    });

    it.concurrent("finds each mistake of it, and only these", async () => {
      const options = { ...withoutDom, skipLibCheck: true };
      const errors = await typeCheck(compiler, folder, "mistaken", ["mistaken.ts"], options);
      const lines = [...new Set(errors.map(({ line }) => line))];
      expect(lines).toEqual(mistakenLines(consumer));
    });
  },
);

describe("an editor", () => {
  const options = ts.convertCompilerOptionsFromJson({ ...nodenext, ...exact }, folder).options;
  const editor = openEditor(folder, options, [consumerPath]);

  /** What an editor shows when the pointer rests on the first place where the text is followed by the name. */
  function hover(before: string, name: string): { type: string; documentation: string } {
    const start = consumer.indexOf(before + name);
    expect(start, `${before}${name} is not in consumer.ts`).toBeGreaterThan(-1);
    const info = editor.getQuickInfoAtPosition(consumerPath, start + before.length);
    return {
      type: ts.displayPartsToString(info?.displayParts),
      documentation: [info?.documentation, ...(info?.tags ?? []).map(({ text }) => text)]
        .map(ts.displayPartsToString)
        .join("\n"),
    };
  }

  it("shows the document's summary and description of a method", () => {
    const { summary, description } =
      apiDocument.paths["/organizations/{organizationId}/customers"].get;
    const { documentation } = hover("loke.", "listCustomers");
    expect(documentation).toContain(summary);
    expect(documentation).toContain(description);
  });

  it("shows the document's description of an argument", () => {
    const { parameters } = apiDocument.paths["/organizations/{organizationId}/customers"].get;
    const description = parameters.find(({ name }) => name === "sort")?.description;
    expect(hover("organizationId, ", 'sort: "updated"').documentation).toContain(description);
    expect(hover("args.", "sort").documentation).toContain(description);
  });

  it("shows the document's description of a field", () => {
    const { description } = apiDocument.components.schemas.Customer.properties.dob;
    const { type, documentation } = hover("customer.", "dob");
    expect(type).toBe("(property) Customer.dob?: string | undefined");
    expect(documentation).toContain(description);
  });

  it("shows what an option and an error are for", () => {
    expect(hover("", "timeoutMs: 10_000").documentation).toContain("in milliseconds");
    expect(hover("instanceof ", "NotFoundError").documentation).toContain("404");
  });

  it("shows a type other than any for each name of the user's program", () => {
    const program = editor.getProgram();
    const source = program?.getSourceFile(consumerPath);
    if (!program || !source) throw new Error("The program has no consumer.ts.");
    const checker = program.getTypeChecker();
    const mistaken = new Set(mistakenLines(consumer));
    const untyped: string[] = [];
    let names = 0;
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) return;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (ts.isIdentifier(node) && !mistaken.has(line)) {
        names += 1;
        const { flags } = checker.getTypeAtLocation(node);
        if (flags & ts.TypeFlags.Any) untyped.push(`${line}: ${node.text}`);
      }
      node.forEachChild(visit);
    };
    visit(source);
    expect(untyped).toEqual([]);
    expect(names).toBeGreaterThan(300);
  });

  it("finds each public name of each entry in the user's program", () => {
    const program = editor.getProgram();
    const entries = Object.values<string | { default: string }>(
      JSON.parse(readFileSync(join(installed, "package.json"), "utf8")).exports,
    );
    const names = entries.flatMap((entry) => {
      if (typeof entry === "string") return [];
      const types = entry.default.replace(/\.js$/, ".d.ts");
      const source = program?.getSourceFile(join(installed, types));
      const symbol = source && program?.getTypeChecker().getSymbolAtLocation(source);
      // The program imports nothing of this entry.
      if (!program || !symbol) return [types];
      return program
        .getTypeChecker()
        .getExportsOfModule(symbol)
        .map(({ name }) => name);
    });
    // The models come out of the document; one that is added there needs no line here.
    const models = Object.keys(apiDocument.components.schemas);
    const ours = names.filter((name) => !models.includes(name));
    expect(ours.length).toBeGreaterThan(20);
    expect(ours.filter((name) => !new RegExp(`\\b${name}\\b`).test(consumer))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(models));
  });
});

describe("the declarations", () => {
  const declarations = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".d.ts"))
    .map((path) => {
      const text = readFileSync(join(installed, "dist", path), "utf8");
      return { path, source: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
    });

  it("hold no any", () => {
    const found: string[] = [];
    for (const { path, source } of declarations) {
      const visit = (node: ts.Node): void => {
        if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(`${path}: ${node.parent.getText()}`);
        node.forEachChild(visit);
      };
      visit(source);
    }
    expect(declarations.length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  it("name no type of openapi-fetch, openapi-typescript or any other package", () => {
    const foreign = declarations.flatMap(({ path, source }) =>
      ts
        .preProcessFile(source.text)
        .importedFiles.filter(({ fileName }) => !fileName.startsWith("."))
        .map(({ fileName }) => `${path}: ${fileName}`),
    );
    expect(foreign).toEqual([]);
  });
});
