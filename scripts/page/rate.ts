import { type Level, levels } from "../changes/change.js";
import type { FieldFacts, ModelFacts, ParameterFacts, ResponseFacts } from "./facts.js";
import type { Roles } from "./roles.js";

type Values = readonly string[] | undefined;

/** Present on the page only, in the document only, or in both and not alike. */
interface Sides<Fact> {
  readonly page: Fact | undefined;
  readonly document: Fact | undefined;
}

/** What a field's model is to a user. */
interface Use {
  readonly isSent: boolean;
  readonly isReceived: boolean;
}

/** How each difference is rated: what it does to a user of the client when the document follows the page. */
export const rate = {
  operation: ({ page }: Sides<unknown>): Level => (page ? "compatible" : "breaking"),

  /** A list asks more or less often than before; a method that becomes a list, or no longer is one, changes its kind. */
  pageSize: (isListOnBoth: boolean): Level => (isListOnBoth ? "risky" : "breaking"),

  /** A method that gains or loses paging changes its kind. */
  pagingHeader: ({ page, document }: Sides<unknown>): Level =>
    page === undefined || document === undefined ? "breaking" : "risky",

  parameter: ({ page }: Sides<ParameterFacts>): Level =>
    page && page.in !== "path" ? "compatible" : "breaking",

  parameterType: (page: string, document: string): Level => typeChange(page, document, sentOnly),

  /** Arguments are one flat object, but those in a path are required and the client takes none from elsewhere. */
  parameterPlace: "breaking" as Level,

  parameterValues: ({ page, document }: Sides<Values>): Level => valuesSent(page, document),

  /** Also when it is dropped: a call that gives `body` no longer compiles. */
  requestBody: "breaking" as Level,

  response: ({ status }: ResponseFacts): Level => (isSuccess(status) ? "breaking" : "docs"),

  /** The bodies of errors have no type in the client. */
  responseModel: (
    page: string | undefined,
    document: string | undefined,
    status: string,
  ): Level => {
    if (!isSuccess(status)) return "docs";
    return typeChange(page, document, receivedOnly);
  },

  /** Also if no operation has it: its type is exported. */
  model: ({ page }: Sides<ModelFacts>): Level => (page ? "compatible" : "breaking"),

  field: ({ page }: Sides<FieldFacts>, use: Use): Level =>
    page && (page.optional || !use.isSent) ? "compatible" : "breaking",

  fieldType: (page: string, document: string, use: Use): Level => typeChange(page, document, use),

  /** Who reads must cope with what can be absent; who sends must give what cannot. */
  fieldOptional: (isOptional: boolean, use: Use): Level =>
    (isOptional ? use.isReceived : use.isSent) ? "breaking" : "compatible",

  /** Who reads: a value that is new does not fit the old type, and comparing with one that is gone does not compile. */
  fieldValues: ({ page, document }: Sides<Values>, use: Use): Level =>
    worst([
      ...(use.isSent ? [valuesSent(page, document)] : []),
      ...(use.isReceived ? ([isSameSet(page, document) ? "docs" : "breaking"] as const) : []),
    ]),

  /** A type that is taken for true, a check or a server. Nobody has said that the client does without. */
  beyond: "risky" as Level,

  /** Words, examples, titles, error codes and order: the client does the same. */
  docs: "docs" as Level,
};

const sentOnly: Use = { isSent: true, isReceived: false };
const receivedOnly: Use = { isSent: false, isReceived: true };

/** Both are `number` to the compiler; a fraction surprises who reads, and is refused from who sends. */
function typeChange(page: string | undefined, document: string | undefined, use: Use): Level {
  const isWider = page === "number" && document === "integer";
  const isNarrower = page === "integer" && document === "number";
  if (isWider) return "risky";
  if (isNarrower) return use.isSent ? "risky" : "compatible";
  return "breaking";
}

function valuesSent(page: Values, document: Values): Level {
  if (page === undefined) return "compatible";
  if (document === undefined) return "breaking";
  if (isSameSet(page, document)) return "docs";
  return document.every((value) => page.includes(value)) ? "compatible" : "breaking";
}

function isSameSet(page: Values, document: Values): boolean {
  return (
    page?.length === document?.length && page?.every((value) => document?.includes(value)) === true
  );
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

function worst(some: readonly Level[]): Level {
  return levels.find((level) => some.includes(level)) ?? "docs";
}

/** The use of a model on both sides, the worse of which counts. */
export function useOf(model: string, ...sides: readonly Roles[]): Use {
  return {
    isSent: sides.some(({ isSent }) => isSent(model)),
    isReceived: sides.some(({ isReceived }) => isReceived(model)),
  };
}
