import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  Application,
  Converter,
  OptionDefaults,
  type ProjectReflection,
  ReflectionKind,
} from "typedoc";
import { type ClientPage, clientTheme, parserOptions } from "./client-theme.js";
import { expectNone } from "./expect-none.js";
import { ListOfComplaints } from "./list-of-complaints.js";
import { programsIn } from "./markdown.js";
import type { ShownProgram } from "./run-programs.js";

/**
 * Names that stand in a public signature and are not public: how a type is worked out of the document. The pages show
 * what comes of it.
 */
const behindTheScenes = [
  "AnyJson",
  "Body",
  "Collections",
  "Content",
  "DeclaredAs",
  "EndAttempt",
  "Flatten",
  "In",
  "Inputs",
  "ItemIn",
  "OwnersOf",
  "PacedAttempt",
  "Responses",
  "StatusOf",
  "operations",
];

/** The reference of the client, read and not yet written. */
export interface ClientReference {
  /** The programs that its pages show. */
  examples: ShownProgram[];
  /**
   * Writes its pages.
   *
   * @param frame - puts a page into the frame that all pages of the site have
   * @throws {CliError} with TypeDoc's warnings
   */
  write(folder: string, frame: (page: ClientPage) => string): Promise<void>;
}

/**
 * Reads the public names of the package and their doc comments, by TypeDoc.
 *
 * @param root - the package: what its `exports` name is public
 * @param notPublic - names that stand in public signatures all the same
 * @throws {CliError} with TypeDoc's warnings, such as a link in a comment that leads nowhere
 */
export async function readClientReference(
  root: string,
  notPublic: readonly string[] = behindTheScenes,
): Promise<ClientReference> {
  const { name, exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const entries = entryPoints(name, exports);
  const readme = join(root, "scripts/docs/client.md");
  const app = await Application.bootstrap({
    name,
    entryPoints: entries.map(({ source }) => join(root, source)),
    tsconfig: join(root, "src/tsconfig.json"),
    basePath: root,
    readme,
    // The colours of code are those of the other pages.
    markdownItLoader: parserOptions,
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    // There is no public repository to link to, and the lines of a file say little.
    disableSources: true,
    disableGit: true,
    githubPages: false,
    hideGenerator: true,
    theme: "site",
    // Written into generated/; the type says it.
    blockTags: [...OptionDefaults.blockTags, "@constant"],
    excludeTags: [...OptionDefaults.excludeTags, "@constant"],
    groupOrder: ["Modules", "Functions", "Type Aliases", "Interfaces", "Classes"],
    intentionallyNotExported: [...notPublic],
    validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true },
  });
  const logger = new ListOfComplaints(root);
  app.logger = logger;
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, reflection) => {
    // TypeDoc calls a module by its file; its users by what they import.
    const entry = entries.find(
      ({ source }) => source.replace(/(\/index)?\.ts$/, "") === reflection.name,
    );
    if (reflection.kind === ReflectionKind.Module && entry) reflection.name = entry.module;
  });
  let frame = ({ main }: ClientPage) => main;
  app.renderer.defineTheme(
    "site",
    clientTheme((page) => frame(page)),
  );
  const project = await app.convert();
  if (project) app.validate(project);
  expectNone(logger.complaints);
  if (project === undefined) throw new Error("TypeDoc gave no result, and no reason.");

  return {
    examples: [
      ...programsIn(await readFile(readme, "utf8"), "ts").map(({ line, code }) => ({
        place: "scripts/docs/client.md",
        line,
        language: "ts" as const,
        source: code,
      })),
      ...examplesOf(project),
    ],
    async write(folder, frameOfSite) {
      frame = frameOfSite;
      await app.generateDocs(project, folder);
      expectNone(logger.complaints);
      // Scripts and styles of a theme that these pages do not have.
      await rm(join(folder, "assets"), { recursive: true });
    },
  };
}

/** The programs in the doc comments, each once: a name that is inherited has its comment again. */
function examplesOf(project: ProjectReflection): ShownProgram[] {
  // An example in what is generated is a value of the document's.
  const ours = Object.values(project.reflections).filter(
    (each) => !project.getSymbolIdFromReflection(each)?.packagePath.startsWith("generated/"),
  );
  const examples = ours.flatMap((reflection) =>
    (reflection.comment?.blockTags ?? [])
      .filter(({ tag }) => tag === "@example")
      .flatMap(({ content }) => programsIn(content.map(({ text }) => text).join(""), "ts"))
      .map(({ code }) => ({
        place: `The example of ${reflection.getFriendlyFullName()}`,
        language: "ts" as const,
        source: code,
      })),
  );
  return [...new Map(examples.map((example) => [example.source, example])).values()];
}

/** `./drift` → `./dist/src/drift.js` is built from `src/drift.ts`. Data and package.json have no reference. */
export function entryPoints(
  name: string,
  exports: Record<string, string | { default: string }>,
): { module: string; source: string }[] {
  return Object.entries(exports).flatMap(([path, target]) => {
    const file = typeof target === "string" ? target : target.default;
    const source = /^\.\/dist\/(src\/.+)\.js$/.exec(file)?.[1];
    return source ? [{ module: name + path.slice(1), source: `${source}.ts` }] : [];
  });
}
