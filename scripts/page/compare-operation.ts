import {
  type Comparison,
  nameOf,
  noteOrder,
  pairs,
  type Thing,
  valuesSides,
  valuesText,
} from "./comparison.js";
import { exampleDifference } from "./example-difference.js";
import {
  type BodyFacts,
  keys,
  type OperationFacts,
  type ParameterFacts,
  type ResponseFacts,
} from "./facts.js";
import { rate } from "./rate.js";

/** Compares an operation of the page with that of the document; one of them may be missing. */
export function compareOperation(
  page: OperationFacts | undefined,
  document: OperationFacts | undefined,
  comparison: Comparison,
): void {
  const request = (page ?? document)?.request ?? "";
  const name = nameOf(request, comparison.page.facts, comparison.document);
  const thing = { key: keys.operation(request), subject: name };
  const { note } = comparison;
  if (!page || !document) {
    const sides = { page: page?.request, document: document?.request };
    note("operation", thing, sides, rate.operation({ page, document }));
    return;
  }
  // A title that could not be read is empty.
  if (page.title !== "" && page.title.toLowerCase() !== document.title.toLowerCase()) {
    note("title", thing, { page: page.title, document: document.title }, rate.docs, "title");
  }
  comparePaging(page, document, name, comparison);
  for (const [ours, theirs] of pairs(page.parameters, document.parameters, "name")) {
    compareParameter(ours, theirs, { request, name }, comparison);
  }
  noteOrder(page.parameters, document.parameters, { key: thing.key, subject: name }, comparison);
  compareBody(page.requestBody, document.requestBody, { request, name }, comparison);
  for (const [ours, theirs] of pairs(page.responses, document.responses, "status")) {
    compareResponse(ours, theirs, { request, name }, comparison);
  }
}

interface Owner {
  readonly request: string;
  readonly name: string;
}

function comparePaging(
  page: OperationFacts,
  document: OperationFacts,
  name: string,
  { document: { sourcedPaging }, note }: Comparison,
): void {
  const key = keys.paging(page.request);
  const theirs = document.pagingHeader;
  // A page that does not speak of paging agrees with a document that says where else it is from.
  const ours = page.pagingHeader ?? (sourcedPaging.has(page.request) ? theirs : undefined);
  const headers = { page: ours, document: theirs };
  const sizes = { page: page.pageSize?.toString(), document: document.pageSize?.toString() };
  const size = rate.pageSize(ours !== undefined && theirs !== undefined);
  note("page-size", { key, subject: `${name}.pageSize` }, sizes, size);
  const header = rate.pagingHeader(headers);
  note("paging-header", { key, subject: `${name}.pagingHeader` }, headers, header);
}

function compareParameter(
  page: ParameterFacts | undefined,
  document: ParameterFacts | undefined,
  { request, name: owner }: Owner,
  { note }: Comparison,
): void {
  const name = (page ?? document)?.name ?? "";
  const thing = { key: keys.parameter(request, name), subject: `${owner}.${name}` };
  if (!page || !document) {
    const text = (fact: ParameterFacts | undefined) =>
      fact && [`${fact.type} in ${fact.in}`, valuesText(fact.values)].filter(Boolean).join(", ");
    const sides = { page: text(page), document: text(document) };
    note("parameter", thing, sides, rate.parameter({ page, document }));
    return;
  }
  const types = { page: page.type, document: document.type };
  note("parameter-type", thing, types, rate.parameterType(page.type, document.type), "type");
  const places = { page: page.in, document: document.in };
  note("parameter-place", thing, places, rate.parameterPlace, "place");
  const values = { page: page.values, document: document.values };
  note("parameter-values", thing, valuesSides(values), rate.parameterValues(values), "values");
}

function compareBody(
  page: BodyFacts | undefined,
  document: BodyFacts | undefined,
  { request, name }: Owner,
  comparison: Comparison,
): void {
  const thing = { key: keys.requestBody(request), subject: `${name}.requestBody` };
  const sides = { page: page?.type, document: document?.type };
  comparison.note("request-body", thing, sides, rate.requestBody, "type");
  if (page && document) compareExamples(page, document, thing, comparison);
}

function compareResponse(
  page: ResponseFacts | undefined,
  document: ResponseFacts | undefined,
  { request, name }: Owner,
  comparison: Comparison,
): void {
  const fact = page ?? document;
  if (!fact) return;
  const { note } = comparison;
  const thing = { key: keys.response(request, fact.status), subject: `${name}.${fact.status}` };
  if (!page || !document) {
    const text = (one: ResponseFacts | undefined) =>
      one && [one.status, one.code, one.type].filter(Boolean).join(" ");
    note("response", thing, { page: text(page), document: text(document) }, rate.response(fact));
    return;
  }
  const types = { page: page.type, document: document.type };
  const level = rate.responseModel(page.type, document.type, fact.status);
  note("response-model", thing, types, level, "type");
  note("response-code", thing, { page: page.code, document: document.code }, rate.docs, "code");
  compareExamples(page, document, thing, comparison);
}

function compareExamples(
  page: { readonly example?: unknown },
  document: { readonly example?: unknown },
  thing: Thing,
  { note }: Comparison,
): void {
  const sides = exampleDifference(page.example, document.example);
  if (sides) note("example", thing, sides, rate.docs, "example");
}
