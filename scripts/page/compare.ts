import { compareModels } from "./compare-models.js";
import { compareOperation } from "./compare-operation.js";
import {
  type Comparison,
  createComparison,
  type KeyedDifference,
  type PageSide,
  pairs,
} from "./comparison.js";
import { pointerOf } from "./document-source.js";
import { keys, type ModelFacts } from "./facts.js";
import { rate } from "./rate.js";
import type { DocumentReading } from "./read-document.js";
import { unexplained } from "./review.js";
import { scopeTo } from "./scope.js";

/** All in which the page and the document differ, in both directions, but for words. */
export function compare(
  page: PageSide,
  document: DocumentReading,
  earlier?: readonly ModelFacts[],
): KeyedDifference[] {
  return [...compareFacts(page, document, earlier), ...compareBeyond(document)];
}

/** The facts in which the page and the document differ. */
export function compareFacts(
  page: PageSide,
  whole: DocumentReading,
  earlier?: readonly ModelFacts[],
): readonly KeyedDifference[] {
  const document = scopeTo(page.facts, whole, earlier);
  const comparison = createComparison(page, document);
  comparePage(comparison);
  for (const [ours, theirs] of pairs(page.facts.operations, document.facts.operations, "request")) {
    compareOperation(ours, theirs, comparison);
  }
  compareModels(comparison);
  return comparison.found;
}

function comparePage({ page, document, note }: Comparison): void {
  const thing = { key: keys.page, subject: "page" };
  const beta = ({ facts }: Pick<PageSide, "facts">) => (facts.beta ? "beta" : undefined);
  note("beta", thing, { page: beta(page), document: beta(document) }, rate.docs, "beta");
  const heading = ({ facts }: Pick<PageSide, "facts">) => facts.heading || undefined;
  note("heading", thing, { page: heading(page), document: heading(document) }, rate.docs);
}

/** What the document says that is neither a fact of a page nor explained. */
function compareBeyond({ root, beyond }: DocumentReading): KeyedDifference[] {
  return unexplained(root, beyond).map(({ path, value, line }) => ({
    kind: "beyond",
    subject: pointerOf(path),
    page: null,
    document: JSON.stringify(value),
    line: null,
    documentLine: line,
    level: rate.beyond,
    key: "",
  }));
}
