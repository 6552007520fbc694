import type { Level } from "../changes/change.js";
import type { Difference, Kind } from "./difference.js";
import type { Facts, Reading } from "./facts.js";
import { rate } from "./rate.js";
import type { DocumentReading } from "./read-document.js";

/** A page's side of a comparison: one that was read, or the facts of `openapi/page.json`, which have no lines. */
export type PageSide = Pick<Reading, "facts" | "lines">;

/** A difference, and the key of the thing it is about. */
export interface KeyedDifference extends Difference {
  readonly key: string;
}

export interface Thing {
  readonly key: string;
  readonly subject: string;
}

/** A fact as a text; undefined on the side that does not have it. */
export type Text = string | undefined;

export interface Comparison {
  readonly page: PageSide;
  readonly document: DocumentReading;
  readonly found: readonly KeyedDifference[];
  /** Notes a difference, unless the texts of the two sides are the same; its lines are those of the thing's `part`. */
  note(
    kind: Kind,
    thing: Thing,
    sides: { page: Text; document: Text },
    level: Level,
    part?: string,
  ): void;
}

export function createComparison(page: PageSide, document: DocumentReading): Comparison {
  const found: KeyedDifference[] = [];
  return {
    page,
    document,
    found,
    note(kind, { key, subject }, sides, level, part) {
      if (sides.page === sides.document) return;
      const lineIn = (lines: ReadonlyMap<string, number>) =>
        lines.get(`${key} ${part ?? ""}`) ?? lines.get(key) ?? null;
      found.push({
        kind,
        subject,
        page: sides.page ?? null,
        document: sides.document ?? null,
        line: lineIn(page.lines),
        documentLine: lineIn(document.lines),
        level,
        key,
      });
    },
  };
}

/** The name of an operation: that of the client's method; its title on the page until the document has the operation. */
export function nameOf(request: string, page: Facts, { operationIds }: DocumentReading): string {
  const { title } = page.operations.find((one) => one.request === request) ?? {};
  return operationIds.get(request) ?? (title || request);
}

/** The order of what both sides have. */
export function noteOrder<Fact extends { readonly name: string }>(
  page: readonly Fact[],
  document: readonly Fact[],
  thing: Thing,
  { note }: Comparison,
): void {
  const order = (facts: readonly Fact[], others: readonly Fact[]) =>
    facts
      .map(({ name }) => name)
      .filter((name) => others.some((other) => other.name === name))
      .join(", ");
  note("order", thing, { page: order(page, document), document: order(document, page) }, rate.docs);
}

/** Each thing of either side with its counterpart: the page's in its order, then those the document alone has. */
export function pairs<Name extends string, Fact extends { readonly [Key in Name]: string }>(
  page: readonly Fact[],
  document: readonly Fact[],
  name: Name,
): [page: Fact | undefined, document: Fact | undefined][] {
  const counterpart = (fact: Fact, others: readonly Fact[]) =>
    others.find((other) => other[name] === fact[name]);
  return [
    ...page.map((fact): [Fact, Fact | undefined] => [fact, counterpart(fact, document)]),
    ...document
      .filter((fact) => !counterpart(fact, page))
      .map((fact): [undefined, Fact] => [undefined, fact]),
  ];
}

/** The values of a thing as one text. */
export function valuesText(values: readonly string[] | undefined): Text {
  return values?.map((value) => JSON.stringify(value)).join(", ");
}

export function valuesSides(sides: {
  page: readonly string[] | undefined;
  document: readonly string[] | undefined;
}): { page: Text; document: Text } {
  return { page: valuesText(sides.page), document: valuesText(sides.document) };
}
