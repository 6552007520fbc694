/** The issues that the watch keeps: what is in them, and when they are open. */
import { createHash } from "node:crypto";
import type { ComparedPage } from "./compare-pages.js";

/** The words of each kind of issue. There is one issue of each kind at most. */
export const kinds = {
  differs: {
    title: "The vendor's page differs from the document",
    introduction:
      "The vendor's page says something else than `openapi/openapi.yaml`. CONTRIBUTING.md has all steps under " +
      '"When the beta changes"; `npm run beta` shows what is left.',
    openUntil: "once page and document agree",
    closed: "Page and document agree again.",
  },
  unreadable: {
    title: "The vendor's page cannot be read",
    introduction:
      "The vendor's page could not be fetched, or a part of it could not be read, so nothing is known of that part. " +
      "`npm run page` fetches it again. Where the page has moved, its new address is for `externalDocs` in " +
      "`openapi/openapi.yaml`; where it is written in another way, `scripts/page/` has to learn that.",
    openUntil: "once the page can be read",
    closed: "The page can be read again.",
  },
} as const;

export type Kind = keyof typeof kinds;

/** How an issue should be: open with a body, closed, or as it is, because nothing is known of its subject. */
export type Wanted = { readonly body: string } | "closed" | "as it is";

/** GitHub's limit for the body of an issue, in characters. */
const maxLength = 65_536;

/** Which issues there should be, after the pages were compared. */
export function wantedIssues(pages: readonly ComparedPage[]): Record<Kind, Wanted> {
  const unreadable = pages.filter(({ code }) => code !== 0 && code !== 1);
  const differing = pages.filter(({ code }) => code === 1);
  const issue = (kind: Kind, about: readonly ComparedPage[], otherwise: Wanted): Wanted =>
    about.length > 0 ? { body: bodyOf(kind, about) } : otherwise;
  return {
    differs: issue("differs", differing, unreadable.length > 0 ? "as it is" : "closed"),
    unreadable: issue("unreadable", unreadable, "closed"),
  };
}

/** Whether an issue is of a kind, by the first line of its body. Text of the page never begins a body. */
export function isOfKind(kind: Kind, body: string): boolean {
  return body.startsWith(`<!-- beta: ${kind} `);
}

/** Whether a body has the same report as another, whatever GitHub has done to its line ends. */
export function isSameBody(a: string, b: string): boolean {
  const [first, second] = [a, b].map((body) => body.split(/\r?\n/, 1).join(""));
  return first === second;
}

function bodyOf(kind: Kind, pages: readonly ComparedPage[]): string {
  const { introduction, openUntil } = kinds[kind];
  const reports = pages.map(({ name, stderr, stdout }) => ({
    name,
    text: plain([stderr, stdout].map((part) => part.trim()).join("\n\n")).trim(),
  }));
  const hash = createHash("sha256").update(JSON.stringify(reports)).digest("hex").slice(0, 32);
  const write = (maxReport: number) =>
    [
      `<!-- beta: ${kind} ${hash} -->`,
      introduction,
      ...reports.flatMap(({ name, text }) => [
        `\`${plain(name).replaceAll(/[`\n]/g, "")}\`:`,
        fenced(text, maxReport),
      ]),
      `This text is kept up to date, and the issue is closed ${openUntil}.`,
    ].join("\n\n");
  const rest = maxLength - write(0).length;
  return write(Math.floor(rest / reports.length));
}

/** Text without the characters that no one sees. */
function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(/[^\P{C}\n\t]/gu, "");
}

/**
 * A text in a fence that nothing in it can close: in it, no name is a mention and no number a link. A longer text is cut
 * after a line.
 */
function fenced(text: string, maxTextLength: number): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  // The fence counts too.
  const room = Math.max(0, maxTextLength - 2 * fence.length);
  const lines = text.split("\n");
  let length = 0;
  const kept = lines.filter((line) => {
    length += line.length + 1;
    return length <= room;
  });
  const left = lines.length - kept.length;
  const note = `\n\n${left === 1 ? "One line is" : `${left} lines are`} left out here. \`npm run page\` prints all.`;
  return `${fence}text\n${kept.join("\n")}\n${fence}${left === 0 ? "" : note}`;
}
