import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { bundle } from "../redocly.js";
import { changesPage } from "./changes-page.js";
import { type ClientReference, readClientReference } from "./client-reference.js";
import { type CommandHelp, commandPage, readCommandHelp } from "./command-page.js";
import type { Document } from "./document.js";
import { expectNone } from "./expect-none.js";
import { type GuideSection, readGuide } from "./guide.js";
import { followLinks, type Link, sitesIn } from "./links.js";
import { makeSamples } from "./make-samples.js";
import { linksIn } from "./markdown.js";
import { descriptionOf, publishedDocument } from "./published-document.js";
import { referencePage } from "./reference-page.js";
import { routesOf } from "./routes.js";
import { runPrograms, type ShownProgram } from "./run-programs.js";
import { type Sample, withOwnSamples } from "./samples.js";
import { siteHeader } from "./site-header.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The document, in both forms. Readers download these files as they are. */
const yaml = "openapi/openapi.yaml";
const json = "generated/openapi.json";

/** All that the site is made from. */
export interface Sources {
  document: Document;
  guide: readonly GuideSection[];
  samples: readonly Sample[];
  client: ClientReference;
  command: readonly CommandHelp[];
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
  const samples = await withOwnSamples(root, makeSamples(document));
  return {
    document,
    guide: await readGuide(),
    samples,
    client: await readClientReference(root),
    command: await readCommandHelp(root, document),
  };
}

/** The samples, and the programs of the doc comments. Those of the guide are run by test/document/readme.test.ts. */
export function shownPrograms({ samples, client }: Sources): ShownProgram[] {
  return [...samples.map((sample) => ({ ...sample, mustPrint: true })), ...client.examples];
}

/**
 * Type-checks and runs every program that the site shows.
 *
 * @returns what could not be run, and why
 * @throws {CliError} naming each program that is wrong
 */
export async function checkPrograms(sources: Sources): Promise<string | undefined> {
  const { problems, skipped } = await runPrograms(shownPrograms(sources));
  expectNone(problems);
  return skipped;
}

/**
 * Writes the site into a folder that is empty.
 *
 * @returns how many links were followed
 * @throws {CliError} naming each link that leads nowhere
 */
export async function writeSite(sources: Sources, folder: string): Promise<{ links: number }> {
  const { document, guide, samples, client, command } = sources;
  const style = await readFile(join(root, "scripts/docs/site.css"), "utf8");
  const { betaNotice } = descriptionOf(document);
  const published = publishedDocument(document, guide, samples);
  const downloads = [
    { title: "openapi.json", url: "openapi.json" },
    { title: "openapi.yaml", url: "openapi.yaml" },
  ];
  const reference = await referencePage(published, {
    description: `The ${document.info.title}: every operation and model, with samples that were run.`,
    header: siteHeader(betaNotice, "index.html", ""),
    style,
    downloads,
  });
  const changelog = await readFile(join(root, "CHANGELOG.md"), "utf8");
  const changes = changesPage(changelog, {
    header: siteHeader(betaNotice, "changes.html", ""),
    style,
  });
  const commandLine = commandPage(command, {
    header: siteHeader(betaNotice, "command.html", ""),
    style,
  });
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "index.html"), reference),
    writeFile(join(folder, "command.html"), commandLine),
    writeFile(join(folder, "changes.html"), changes),
    copyFile(join(root, json), join(folder, "openapi.json")),
    copyFile(join(root, yaml), join(folder, "openapi.yaml")),
  ]);
  await client.write(join(folder, "client"), (toRoot) =>
    siteHeader(betaNotice, "client/index.html", toRoot),
  );
  const { count, broken } = await followLinks(
    folder,
    { "index.html": routesOf(document, guide) },
    linksInWords(published),
    sitesIn(document),
  );
  expectNone(broken);
  return { links: count };
}

/** The links in a document's descriptions. Most of them the renderer draws only when its page runs. */
function linksInWords(part: unknown): Link[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === "description" && typeof value === "string"
      ? linksIn(value).map((href) => ({ from: "index.html", href }))
      : linksInWords(value),
  );
}
