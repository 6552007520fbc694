/** The issues that the watch keeps: what is in them, and when they are open. */
import { createHash } from "node:crypto";
import type { ComparedPage } from "./compare-pages.js";

/** There is one issue of each kind at most. */
export const kinds = ["differs", "unreadable"] as const;

export type Kind = (typeof kinds)[number];

export const titles: Readonly<Record<Kind, string>> = {
  differs: "The vendor's page differs from the document",
  unreadable: "The vendor's page cannot be read",
};

/** How an issue should be: open with a body, closed, or as it is, because nothing is known of its subject. */
export type Wanted = { readonly body: string } | "closed" | "as it is";

const introductions: Readonly<Record<Kind, string>> = {
  differs:
    "The vendor's page says something else than `openapi/openapi.yaml`. CONTRIBUTING.md has all steps under " +
    '"When the beta changes"; `npm run beta` shows what is left.',
  unreadable:
    "The vendor's page could not be fetched, or a part of it could not be read, so nothing is known of that part. " +
    "`npm run page` fetches it again. Where the page has moved, its new address is for `externalDocs` in " +
    "`openapi/openapi.yaml`; where it is written in another way, `scripts/page/` has to learn that.",
};

const closing: Readonly<Record<Kind, string>> = {
  differs: "This text is kept up to date, and the issue is closed once page and document agree.",
  unreadable: "This text is kept up to date, and the issue is closed once the page can be read.",
};

/** GitHub's limit for the body of an issue, in characters. */
const maxLength = 65_536;

/** Which issues there should be, after the pages were compared. */
export function wantedIssues(pages: readonly ComparedPage[]): Record<Kind, Wanted> {
  const unreadable = pages.filter(({ code }) => code !== 0 && code !== 1);
  const differing = pages.filter(({ code }) => code === 1);
  return {
    differs:
      differing.length > 0
        ? { body: bodyOf("differs", differing) }
        : unreadable.length > 0
          ? "as it is"
          : "closed",
    unreadable: unreadable.length > 0 ? { body: bodyOf("unreadable", unreadable) } : "closed",
  };
}

/** Finds the kind of an issue by the first line of its body. Text of the page never begins a body. */
export function kindOf(body: string): Kind | undefined {
  return kinds.find((kind) => body.startsWith(`<!-- beta: ${kind} `));
}

/** Whether a body has the same report as another, whatever GitHub has done to its line ends. */
export function isSameBody(a: string, b: string): boolean {
  return firstLine(a) === firstLine(b);
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1).join("");
}

function bodyOf(kind: Kind, pages: readonly ComparedPage[]): string {
  const reports = pages.map(({ name, stderr, stdout }) => ({
    name,
    text: plain([stderr, stdout].map((part) => part.trim()).join("\n\n")).trim(),
  }));
  const hash = createHash("sha256").update(JSON.stringify(reports)).digest("hex").slice(0, 32);
  const write = (maxReport: number) =>
    [
      `<!-- beta: ${kind} ${hash} -->`,
      introductions[kind],
      ...reports.flatMap(({ name, text }) => [`${inline(name)}:`, fenced(text, maxReport)]),
      closing[kind],
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
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > room) break;
    kept.push(line);
  }
  const left = lines.length - kept.length;
  const note =
    left === 0
      ? ""
      : `\n\n${left === 1 ? "One line is" : `${left} lines are`} left out here. \`npm run page\` prints all.`;
  return `${fence}text\n${kept.join("\n")}\n${fence}${note}`;
}

function inline(name: string): string {
  return `\`${plain(name).replaceAll(/[`\n]/g, "")}\``;
}
