import type { Document } from "../../scripts/generate/document.js";
import { type GeneratedFiles, render } from "../../scripts/generate/render.js";
import { compileProgram } from "../random/compile-program.js";
import { type LoadedPackage, loadPackage } from "../random/load-package.js";

/** What the package is when it is made of another document. */
export interface ClientOfDocument {
  readonly files: GeneratedFiles;
  /** What `generate` has to say. */
  readonly notices: readonly string[];
  /** What the compiler says of a program that imports the package, as `line: message`; its lines count from 1. */
  compile(program: string): string[];
  /** The package's functions, made of the document. */
  load(): Promise<LoadedPackage>;
}

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
    load: () => loadPackage(files),
  };
}

/** Beside the package's own files, where a program can import them as they import each other. */
const path = "src/program-of-a-test.ts";

function compile(files: GeneratedFiles, program: string): string[] {
  return compileProgram(files, { [path]: program }, false).map(({ file, line, message }) => {
    const where = file === path ? `${line + 1}` : `${file}:${line + 1}`;
    return `${where}: ${message}`;
  });
}
