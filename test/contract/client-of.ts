import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import type { Document } from "../../scripts/generate/document.js";
import { type GeneratedFiles, render } from "../../scripts/generate/render.js";
import type { createClient } from "../../src/client.js";
import type { watchDrift } from "../../src/drift.js";
import type { createMockApi } from "../../src/testing.js";

const generated: string = fileURLToPath(new URL("../../generated/", import.meta.url));
const source: string = fileURLToPath(new URL("../../src/", import.meta.url));

/** What the package is when it is made of another document. */
export interface ClientOfDocument {
  readonly files: GeneratedFiles;
  /** What `generate` has to say. */
  readonly notices: readonly string[];
  /** What the compiler says of a program that imports the package, as `line: message`; its lines count from 1. */
  compile(program: string): string[];
  /** The package's functions, made of the document. */
  load(): Promise<Loaded>;
}

export interface Loaded {
  // The methods and models are those of another document than the one that these types are made of.
  readonly createClient: (...options: Parameters<typeof createClient>) => Record<string, Method>;
  readonly createMockApi: typeof createMockApi;
  readonly watchDrift: typeof watchDrift;
}

// biome-ignore lint/suspicious/noExplicitAny: what a method takes and gives is the document's to say.
type Method = (args?: any, options?: any) => any;

/** Generates from a document that is as good as empty but for the given parts. */
export async function clientOf(parts: object): Promise<ClientOfDocument> {
  const document = {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example.com" }],
    ...parts,
  } as Document;
  const notices: string[] = [];
  const files = await render(document, (notice) => notices.push(notice));
  return {
    files,
    notices,
    compile: (program) => compile(files, program),
    load: () => load(files),
  };
}

/** Files that are the same for each document: parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function compile(files: GeneratedFiles, program: string): string[] {
  const path = `${source}program-of-a-test.ts`;
  const { config } = ts.readConfigFile(`${source}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, source);
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  const textOf = (name: string) =>
    name === path
      ? program
      : name.startsWith(generated)
        ? files[name.slice(generated.length)]
        : undefined;
  host.fileExists = (name) => textOf(name) !== undefined || fileExists(name);
  host.readFile = (name) => textOf(name) ?? readFile(name);
  host.getSourceFile = (name, languageVersion, ...others) => {
    const text = textOf(name);
    if (text !== undefined) return ts.createSourceFile(name, text, languageVersion);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, languageVersion, ...others));
    return parsed.get(name);
  };
  const compiled = ts.createProgram([path], { ...options, isolatedDeclarations: false }, host);
  return ts.getPreEmitDiagnostics(compiled).map(({ file, messageText, start = 0 }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const where = file?.fileName === path ? `${line}` : `${file?.fileName}:${line}`;
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

async function load(files: GeneratedFiles): Promise<Loaded> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { createClient } from "./client.js";
        export { createMockApi } from "./testing.js";
        export { watchDrift } from "./drift.js";`,
      resolveDir: source,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    plugins: [
      {
        name: "generated",
        setup({ onLoad }) {
          onLoad({ filter: /\/generated\/[^/]+\.ts$/ }, ({ path }) => ({
            contents: files[path.slice(generated.length)] ?? "",
            loader: "ts",
          }));
        },
      },
    ],
  });
  const [output] = outputFiles;
  const folder = await mkdtemp(join(tmpdir(), "loke-client-"));
  try {
    // Not a `data:` URL, which the stack of each error would show as a whole.
    const path = join(folder, "client.mjs");
    await writeFile(path, output?.contents ?? "");
    return await import(/* @vite-ignore */ pathToFileURL(path).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
