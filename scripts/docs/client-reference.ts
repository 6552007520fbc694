import { readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type MarkdownIt from "markdown-it";
import {
  Application,
  Converter,
  DefaultTheme,
  DefaultThemeRenderContext,
  JSX,
  Logger,
  LogLevel,
  OptionDefaults,
  type PageEvent,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  Renderer,
  type Router,
} from "typedoc";
import { expectNone } from "./expect-none.js";
import { highlight } from "./highlight.js";
import { programsIn } from "./markdown.js";
import { clientReference, type MenuEntry } from "./page.js";
import type { ShownProgram } from "./programs.js";

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

/** Where the reference stands, from the root of the site. */
const folderOfPages = dirname(clientReference.href);

/** The reference of the client, read and not yet written. */
export interface ClientReference {
  /** The programs that its pages show. */
  examples: ShownProgram[];
  /**
   * Writes its pages into a folder of the site.
   *
   * @param frame - puts a page into the frame that all pages of the site have
   * @throws {CliError} with TypeDoc's warnings
   */
  write(site: string, frame: (page: ClientPage) => string): Promise<void>;
}

/** A page of the client's reference. */
export interface ClientPage {
  /** From the root of the site. */
  readonly path: string;
  readonly title: string;
  /** As HTML. */
  readonly main: string;
  /** The modules, with the names that they export. */
  readonly menu: readonly MenuEntry[];
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
    // The colours of code are those of the other pages. TypeDoc would highlight with style attributes, and give up on lines that
    // take long.
    markdownItLoader({ options }: MarkdownIt) {
      options.highlight = (code, language) => highlight(code, language || "ts");
    },
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
  app.renderer.defineTheme("site", SiteTheme);
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
    async write(site, frame) {
      const folder = join(site, folderOfPages);
      const addFrame = (page: PageEvent) => {
        page.contents = frame(pageOf(page, app.renderer.router));
      };
      app.renderer.on(Renderer.EVENT_END_PAGE, addFrame);
      await app.generateDocs(project, folder);
      app.renderer.off(Renderer.EVENT_END_PAGE, addFrame);
      expectNone(logger.complaints);
      // Scripts and styles of a theme that these pages do not have.
      await rm(join(folder, "assets"), { recursive: true });
    },
  };
}

/**
 * Renders what TypeDoc says of a name, and neither its toolbar, menu and settings nor its scripts: the frame of the site has
 * these.
 */
class SiteTheme extends DefaultTheme {
  override ContextClass = class extends DefaultThemeRenderContext {
    override defaultLayout = (
      template: (page: PageEvent<Reflection>) => JSX.Element | string,
      page: PageEvent<Reflection>,
    ) => JSX.createElement(JSX.Fragment, null, this.header(page), template(page));
  };
}

function pageOf(page: PageEvent, router: Router | undefined): ClientPage {
  const entryOf = (of: Reflection): MenuEntry => ({
    text: of.name,
    href: `${folderOfPages}/${router?.getFullUrl(of)}`,
  });
  const menu = (page.project.children ?? []).map((module) => {
    const names = module.groups?.flatMap(({ children }) => children) ?? [];
    const withPages = names.filter((name) => router?.hasUrl(name));
    return { ...entryOf(module), entries: withPages.map(entryOf) };
  });
  return {
    path: `${folderOfPages}/${page.url}`,
    title: page.isReflectionEvent() ? page.model.name : "",
    main: withoutScripting(page.contents ?? "").replace("<!DOCTYPE html>", ""),
    menu,
  };
}

/**
 * Takes away what needs TypeDoc's script: icons, and sections that fold up. These hold headings that are links, one control
 * inside another.
 */
function withoutScripting(html: string): string {
  return (
    html
      .replaceAll(/<svg.*?<\/svg>/gs, "")
      // A gap between "Readonly" and the name behind it that is not only drawn.
      .replaceAll(/<code class="tsd-tag">.*?<\/code>/g, "$& ")
      .replaceAll(/<(\/?)(details|summary)\b/g, "<$1div")
  );
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

/** TypeDoc's warnings and errors, each with the file and line it is about. */
class ListOfComplaints extends Logger {
  readonly #root: string;
  readonly complaints: string[] = [];

  constructor(root: string) {
    super();
    this.#root = root;
  }

  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.complaints.push(stripVTControlCharacters(message));
  }

  protected override addContext(...[message, , ...place]: AddContext): string {
    const [where, file] = place;
    const [position, source] =
      typeof where === "object" ? [where.getStart(), where.getSourceFile()] : [where, file];
    if (position === undefined || source === undefined) return message;
    const { line } = source.getLineAndCharacterOfPosition(position);
    return `${relative(this.#root, source.fileName)}:${line + 1}: ${message}`;
  }
}

type AddContext = Parameters<Logger["addContext"]>;
