import type { Facts, ModelFacts } from "./facts.js";
import type { DocumentReading } from "./read-document.js";
import { modelsOf } from "./roles.js";

/** Whether a page and the document have an operation in common. If not, they are of different things. */
export function haveCommonOperation(page: Facts, document: Facts): boolean {
  const requests = requestsOf(page);
  return document.operations.some(({ request }) => requests.has(request));
}

/**
 * The document as far as it transcribes one page: the operations that have its heading for a tag, and the models that they
 * use. `earlier` are the models that the page had when it was last transcribed, of which no operation may use one.
 */
export function scopeTo(
  page: Facts,
  document: DocumentReading,
  earlier: readonly ModelFacts[] = [],
): DocumentReading {
  const { facts, tags } = document;
  const requests = requestsOf(page);
  const tagsOf = (request: string) => tags.get(request) ?? [];
  const common = new Set([...requests].flatMap(tagsOf));
  const headings = common.has(page.heading) ? new Set([page.heading]) : common;
  const operations = facts.operations.filter(({ request }) => {
    const own = tagsOf(request);
    return requests.has(request) || own.length === 0 || own.some((tag) => headings.has(tag));
  });
  const [heading = "", ...others] = headings;
  const scoped = {
    ...facts,
    operations,
    heading: others.length > 0 ? "" : heading || facts.heading,
  };
  if (operations.length === facts.operations.length) return { ...document, facts: scoped };
  const used = modelsOf({ ...facts, operations });
  const listed = new Set([...page.models, ...earlier].map(({ name }) => name));
  const models = facts.models.filter(({ name }) => used.has(name) || listed.has(name));
  return { ...document, facts: { ...scoped, models } };
}

function requestsOf({ operations }: Facts): ReadonlySet<string> {
  return new Set(operations.map(({ request }) => request));
}
