import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  Application,
  Converter,
  JSX,
  OptionDefaults,
  type ProjectReflection,
  ReflectionKind,
} from "typedoc";
import { expectNone } from "./expect-none.js";
import { ListOfComplaints } from "./list-of-complaints.js";
import { programsIn } from "./markdown.js";
import { noIcon } from "./page-frame.js";
import { withPolicy } from "./policy.js";
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
   * @param header - for a page, given the way from there to the root of the site
   * @throws {CliError} with TypeDoc's warnings
   */
  write(folder: string, header: (toRoot: string) => string): Promise<void>;
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
    customCss: join(root, "scripts/docs/site.css"),
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    // There is no public repository to link to, and the lines of a file say little.
    disableSources: true,
    disableGit: true,
    githubPages: false,
    hideGenerator: true,
    navigation: { includeGroups: true },
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
  let headerOf = (_toRoot: string) => "";
  const raw = (html: string) => JSX.createElement(JSX.Raw, { html });
  app.renderer.hooks.on("head.end", () => raw(noIcon));
  app.renderer.hooks.on("body.begin", (page) => raw(headerOf(page.relativeURL("../") ?? "../")));
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
    async write(folder, header) {
      headerOf = header;
      // Twice: TypeDoc's highlighter gives a line of code 500 ms and then leaves it plain. The first it meets take longer
      // on a busy machine, and the same sources would not give the same bytes.
      await app.generateDocs(project, folder);
      await app.generateDocs(project, folder);
      expectNone(logger.complaints);
      await mendPages(folder);
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

/** Each page may load what stands beside it, and nothing else. */
async function mendPages(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => name.endsWith(".html"))) {
    const path = join(folder, file);
    const html = await readFile(path, "utf8");
    // TypeDoc's script draws its icons into each page. From a file, only there they may be used.
    const mended = html.replaceAll(/ href="[^"]*assets\/icons\.svg#/g, ' href="#');
    const page = withPolicy(mended, {
      "script-src": "'self'",
      // Its scripts set styles.
      "style-src": "'self' 'unsafe-inline'",
      "img-src": "'self' data:",
    });
    await writeFile(path, page);
  }
}
