import fc from "fast-check";
import { expect, test } from "vitest";
import { keys } from "../../../scripts/page/facts.js";
import { readPage } from "../../../scripts/page/read-page.js";
import { pages, primitives } from "./invent-page.js";
import { fieldRow, type Page, parameterRow, renderPage, type Style } from "./render-page.js";

const marked: fc.Arbitrary<Style> = fc.record({
  rendition: fc.constantFrom("pipes", "tabs"),
  newline: fc.constantFrom("\n", "\r\n"),
  leadingPipe: fc.boolean(),
  runTogether: fc.boolean(),
  valuesInCell: fc.boolean(),
  navigation: fc.boolean(),
});

const glued: fc.Arbitrary<Style> = fc.record({
  rendition: fc.constant("glued"),
  newline: fc.constantFrom("\n", "\r\n"),
  navigation: fc.boolean(),
});

const runs = { numRuns: 500 };

test("reads what was written, with cells that pipes or tabs part", () => {
  fc.assert(
    fc.property(pages, marked, (page, style) => {
      expectReading(page, renderPage(page, usable(page, style)));
    }),
    runs,
  );
  console.info(
    `Renditions: ${runs.numRuns} pages with pipes or tabs were read as they were written.`,
  );
});

test("reads what was written in glued cells, or says which rows read in more than one way", () => {
  let ambiguous = 0;
  let read = 0;
  fc.assert(
    fc.property(pages, glued, (page, style) => {
      const text = renderPage(page, usable(page, style));
      const expected = ambiguousRows(page);
      if (expected.length === 0) {
        read++;
        expectReading(page, text);
        return;
      }
      ambiguous++;
      const lines = text.split(/\r?\n/);
      const { problems = [] } = readPage(text);
      expect(problems.filter(({ message }) => !/in more than one way/.test(message))).toEqual([]);
      expect(problems.map(({ line }) => lines[line - 1])).toEqual(expected);
    }),
    runs,
  );
  console.info(
    `Glued: ${read} pages were read as they were written, ${ambiguous} had ambiguous rows.`,
  );
  expect(Math.min(read, ambiguous)).toBeGreaterThan(30);
});

function expectReading({ facts, said, introduction }: Page, text: string): void {
  const { reading, problems } = readPage(text);
  expect(problems, text).toBeUndefined();
  expect(reading?.facts, text).toEqual(facts);
  const beta = facts.beta ? ["BETA: These may change."] : [];
  const page = [...beta, ...introduction].join(" ");
  const words = Object.fromEntries(
    [...(reading?.words ?? [])].map(([key, { text }]) => [key, text]),
  );
  expect(words).toEqual({
    ...Object.fromEntries(said),
    ...(page === "" ? {} : { [keys.page]: page }),
  });
  const lines = text.split(/\r?\n/);
  for (const { name, fields } of facts.models) {
    expect(lines[(reading?.lines.get(keys.model(name)) ?? 0) - 1]).toBe(name);
    for (const field of fields) {
      const line = lines[(reading?.lines.get(keys.field(name, field.name)) ?? 0) - 1];
      expect(line?.startsWith(field.name)).toBe(true);
    }
  }
}

/** What stands before a page is told from it by the line that begins it. */
function usable({ facts }: Page, style: Style): Style {
  return { ...style, navigation: style.navigation === true && facts.beta };
}

/** The glued rows that another row would be written as, too. Tried out by writing, not by reading. */
function ambiguousRows({ facts, said }: Page): string[] {
  const style: Style = { rendition: "glued" };
  const types = [...primitives, ...facts.models.map(({ name }) => name)];
  const all = types.flatMap((type) => [type, `${type}[]`, `${type}[][]`]);
  const isTwofold = (text: string, write: (name: string, type: string) => string[]) => {
    const fitting = all.flatMap((type) =>
      Array.from(text, (_, end) => text.slice(0, end))
        .filter((name) => /^[A-Za-z_][\w-]*$/.test(name) && text.startsWith(type, name.length))
        .flatMap((name) => write(name, type))
        .filter((written) => written === text),
    );
    return fitting.length > 1;
  };
  const rows: string[] = [];
  for (const { request, parameters } of facts.operations) {
    for (const parameter of parameters) {
      const { values, ...fact } = parameter;
      const [text = ""] = parameterRow(fact, said.get(keys.parameter(request, fact.name)), style);
      const isAmbiguous = isTwofold(text, (name, type) =>
        ["path", "query", "header", "cookie"].flatMap((place) => {
          const rest = text.slice(name.length + type.length + place.length);
          return parameterRow({ name, type, in: place }, rest, style);
        }),
      );
      if (isAmbiguous) rows.push(text);
    }
  }
  for (const { name: model, fields } of facts.models) {
    for (const field of fields) {
      const { values, ...fact } = field;
      const [text = ""] = fieldRow(fact, said.get(keys.field(model, fact.name)), style);
      const isAmbiguous = isTwofold(text, (name, type) => {
        const rest = text.slice(name.length + type.length);
        const marked = /^\(optional\)(?: |$)/.exec(rest)?.[0];
        return [
          ...(marked === undefined
            ? []
            : fieldRow({ name, type, optional: true }, rest.slice(marked.length), style)),
          ...fieldRow({ name, type, optional: false }, rest.replace(/^ /, ""), style),
        ];
      });
      if (isAmbiguous) rows.push(text);
    }
  }
  return rows;
}
