import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { build } from "esbuild";
import { bundle } from "../lint/redocly.js";
import { type ClientReference, readClientReference } from "./client-reference.js";
import { type CommandHelp, commandText, readCommandHelp } from "./command-page.js";
import type { Document } from "./document.js";
import { expectNone } from "./expect-none.js";
import { guideFolder, readGuide } from "./guide.js";
import { followLinks, sitesIn } from "./links.js";
import { escapeMarkdown, headOf, renderMarkdown } from "./markdown.js";
import { clientReference, htmlPage, type Page, type Site } from "./page.js";
import { runPrograms, type ShownProgram } from "./programs.js";
import { operationsTable, referencePages } from "./reference.js";
import { makeSamples, type Sample, withOwnSamples } from "./samples.js";
import { searchIndex } from "./search-index.js";
import { statedElsewhere } from "./stated-elsewhere.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The document, in both forms. Readers download these files as they are. */
const yaml = "openapi/openapi.yaml";
const json = "generated/openapi.json";

/** All that the site is made from. */
export interface Sources {
  document: Document;
  guide: readonly Page[];
  samples: readonly Sample[];
  client: ClientReference;
  command: readonly CommandHelp[];
  changelog: string;
}

/**
 * Reads what the site is made from.
 *
 * @throws {CliError} when a file is a sample of nothing, when the two forms of the document differ, or with what TypeDoc warns of
 */
export async function readSources(): Promise<Sources> {
  const { "x-generated": _, ...document } = JSON.parse(await readFile(join(root, json), "utf8"));
  if (!isDeepStrictEqual(document, await bundle(join(root, yaml)))) {
    expectNone([`${json} is not what ${yaml} makes. Run: npm run generate`]);
  }
  return {
    document,
    guide: await readGuide(),
    samples: await withOwnSamples(root, makeSamples(document)),
    client: await readClientReference(root),
    command: await readCommandHelp(root, document),
    changelog: await readFile(join(root, "CHANGELOG.md"), "utf8"),
  };
}

/** Returns the programs that the references show. Those of the guide are run by the tests of the guide. */
export function shownPrograms({
  samples,
  client,
}: Pick<Sources, "samples" | "client">): ShownProgram[] {
  return [...samples.map((sample) => ({ ...sample, mustPrint: true })), ...client.examples];
}

/**
 * Type-checks and runs every program that the references show.
 *
 * @returns how many were run; and what could not be, and why
 * @throws {CliError} naming each program that is wrong
 */
export async function checkPrograms(
  sources: Sources,
): Promise<{ count: number; skipped: string | undefined }> {
  const programs = shownPrograms(sources);
  const { problems, skipped } = await runPrograms(programs);
  expectNone(problems);
  const ran = programs.filter(({ language }) => !skipped || language === "ts");
  return { count: ran.length, skipped };
}

/**
 * Writes the site into a folder that is empty.
 *
 * @returns how many links were followed
 * @throws {CliError} naming each link that leads nowhere
 */
export async function writeSite(sources: Sources, folder: string): Promise<{ links: number }> {
  const site = siteOf(sources);
  const html = new Map<string, string>();
  for (const page of site.pages) {
    const path = `${page.path}.html`;
    const main = renderMarkdown(page.markdown, { marksChanges: page.path === "changes" });
    html.set(path, htmlPage(site, { ...page, path, main }));
  }
  const files: [path: string, text: string][] = [
    ...html,
    ...site.pages.map(({ path, markdown }): [string, string] => [`${path}.md`, markdown]),
    ["llms.txt", homeText(site, sources.document)],
    ["site.css", await readFile(join(root, "scripts/docs/site.css"), "utf8")],
    ["search.js", await bundleScript(join(root, "scripts/docs/search.ts"))],
  ];
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const isNoPage = (path: string) => !path.endsWith(".md");
  await cp(guideFolder, folder, { recursive: true, filter: isNoPage });
  await copyFile(join(root, json), join(folder, "openapi.json"));
  await copyFile(join(root, yaml), join(folder, "openapi.yaml"));
  await sources.client.write(folder, ({ menu, ...page }) => {
    const summary = `${page.title} in the reference of the client for the ${site.title}.`;
    const text = htmlPage(site, { ...page, summary, siblings: menu });
    html.set(page.path, text);
    return text;
  });
  await writeFile(join(folder, "search-index.js"), searchIndex(html));
  const { count, broken } = await followLinks(folder, sitesIn(sources.document));
  expectNone(broken);
  return { links: count };
}

/** Writes the pages of the site, as far as they are Markdown. */
export function siteOf({
  document,
  guide,
  samples,
  command,
  changelog,
}: Omit<Sources, "client">): Site {
  const { betaNotice } = descriptionOf(document);
  const more = [
    { path: "command", markdown: commandText(command) },
    { path: "changes", markdown: changelog },
  ];
  const pages: Page[] = [
    ...guide.map((page) => ({ ...page, markdown: completed(document, page) })),
    ...referencePages(document, samples),
    ...more.map((page) => ({ ...page, ...headOf(page.markdown), part: "More" as const })),
  ];
  const site = { title: document.info.title, betaNotice, pages };
  const markdown = homeText(site, document);
  return { ...site, pages: [{ path: "index", ...headOf(markdown), markdown }, ...pages] };
}

/** Puts into a page of the guide the tables that are made from the document, and takes its remarks for tests away. */
function completed(document: Document, { path, markdown }: Page): string {
  const text = markdown
    .replace("<!-- operations -->", () => operationsTable(document, "api/"))
    .replaceAll(/^<!--.*-->\n+/gm, "");
  return path === "not-stated" ? `${text.trimEnd()}\n\n${statedElsewhere(document)}\n` : text;
}

/** Writes the home page, which is `llms.txt` too: every page, with a line about each. */
function homeText(site: Site, document: Document): string {
  const list = (pages: readonly Page[]) =>
    pages
      .map(({ title, path, summary }) => {
        const words = summary ? `: ${escapeMarkdown(summary)}` : "";
        return `- [${escapeMarkdown(title)}](${path}.md)${words}`;
      })
      .join("\n");
  const partOf = (part: Page["part"]) => list(site.pages.filter((page) => page.part === part));
  return `# ${escapeMarkdown(site.title)}

${descriptionOf(document).rest}

## Guide

${partOf("Guide")}

## API

${partOf("API")}

## More

- [Client reference](${clientReference.href}): every function, type, option and error of the package.
${partOf("More")}
- [openapi.json](openapi.json) and [openapi.yaml](openapi.yaml): the API as an OpenAPI 3.1 document.
`;
}

/**
 * Returns the first paragraph of the document's description, and the others.
 *
 * @throws Error if the first is not the notice that the API is beta, which each page begins with.
 */
export function descriptionOf(document: Document): { betaNotice: string; rest: string } {
  const [betaNotice = "", ...rest] = (document.info.description ?? "").trim().split(/\n{2,}/);
  if (!/^\*\*Beta\b/.test(betaNotice)) {
    throw new Error("The document's info.description must begin with its **Beta** notice.");
  }
  return { betaNotice, rest: rest.join("\n\n") };
}

/** Bundles a script for browsers into one file. */
async function bundleScript(path: string): Promise<string> {
  const options = { bundle: true, minify: true, write: false, target: "es2022" } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [path], legalComments: "inline" });
  return outputFiles[0]?.text ?? "";
}
