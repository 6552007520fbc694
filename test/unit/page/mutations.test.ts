import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { compare } from "../../../scripts/page/compare.js";
import { openDocument } from "../../../scripts/page/document.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { compareWords, hashes } from "../../../scripts/page/saved-page.js";
import { renderPage, type Style } from "./render-page.js";
import { captured, documentText, pageInOtherWords } from "./this-page.js";

vi.setConfig({ testTimeout: 120_000 });

// No change of a page goes unseen: it is a difference, a problem, or other words.

const document = openDocument(documentText);

const texts: [name: string, text: string][] = (["glued", "pipes", "tabs"] as const).map(
  (rendition) => {
    const style: Style = { rendition, runTogether: rendition === "pipes" };
    return [rendition, renderPage(pageInOtherWords(), style)];
  },
);
if (captured) {
  const text = new TextDecoder().decode(captured);
  texts.push(["the captured page", text.slice(0, text.indexOf("In this article"))]);
}

type Outcome = "a problem" | "a difference" | "other words" | "nothing";

describe.for(texts)("of a page, %s", ([name, text]) => {
  const original = readPage(text).reading;
  const transcribed = hashes(original?.words ?? new Map());
  const counts: Record<string, number> = {};

  const outcome = (mutant: string): Outcome => {
    const { reading, problems } = readPage(mutant);
    if (problems) return "a problem";
    const { differences } = compare(reading, document);
    if (differences.length > 0) return "a difference";
    const words = compareWords(reading, transcribed, document, differences);
    return words.length > 0 ? "other words" : "nothing";
  };

  const expectSeen = (mutant: string, what: string) => {
    const result = outcome(mutant);
    counts[result] = (counts[result] ?? 0) + 1;
    expect(result, what).not.toBe("nothing");
  };

  const lines = text.split("\n");
  const without = (index: number, ...instead: string[]) =>
    lines.toSpliced(index, 1, ...instead).join("\n");

  test("nothing, when it is not changed", () => {
    expect(outcome(text)).toBe("nothing");
    expect(outcome(text.replaceAll("\n", "\r\n"))).toBe("nothing");
    expect(outcome(`${text}\n\nIn this article\nTop`)).toBe("nothing");
  });

  test("any line that is dropped is seen", () => {
    for (const [index, line] of lines.entries()) {
      if (line.trim() !== "") expectSeen(without(index), `without line ${index + 1}: ${line}`);
    }
  });

  test("any line that is there twice is seen", () => {
    for (const [index, line] of lines.entries()) {
      if (line.trim() !== "") expectSeen(without(index, line, line), `twice ${index + 1}: ${line}`);
    }
  });

  test("any type that is another one is seen", () => {
    const names = ["string", "integer", "boolean", "CustomerTiny", "nothing"];
    for (const [index, line] of lines.entries()) {
      for (const { 0: type, index: at } of line.matchAll(
        /string|integer|boolean|Customer[A-Z]?\w*/g,
      )) {
        for (const other of names.filter((one) => one !== type)) {
          const changed = line.slice(0, at) + other + line.slice(at + type.length);
          expectSeen(without(index, changed), `line ${index + 1}: ${changed}`);
        }
      }
    }
  });

  test("any end or beginning that is cut off is seen", () => {
    const end = text.search(/[A-Za-z0-9"][^A-Za-z0-9"]*$/);
    const start = text.search(/\S/);
    for (let at = 0; at <= end; at += 7) expectSeen(text.slice(0, at), `cut at ${at}`);
    for (let at = start + 1; at <= end; at += 29) expectSeen(text.slice(at), `begun at ${at}`);
    expectSeen(text.slice(0, end), "without its last letter");
  });

  test("any letter or digit that is dropped or another one is seen", () => {
    const places = [...text.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom("", "q", "7", "|"), (at, other) => {
        if (text[at]?.toLowerCase() === other) return;
        expectSeen(text.slice(0, at) + other + text.slice(at + 1), `"${other}" at ${at}`);
      }),
      { numRuns: 400 },
    );
    const seen = Object.entries(counts).map(([result, count]) => `${count} ${result}`);
    console.info(`Mutants of a page, ${name}: ${seen.join(", ")}.`);
  });
});
