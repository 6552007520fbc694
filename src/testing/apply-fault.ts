import type { MockOperation } from "./document.js";
import type { FaultName } from "./fault.js";
import type { ListPage } from "./list-page.js";
import type { MockResponse } from "./mock-response.js";
import { type AnySchema, type Shape, shapeOf } from "./schema.js";

/** A response, and the page that it serves if it is one of a list. */
export interface Served {
  readonly answer: MockResponse;
  readonly page?: ListPage;
  /** Applies the changes that the request makes. */
  readonly commit?: () => void;
}

/** Returns a response with a fault; `undefined` if the fault cannot apply to it. */
export type ApplyFault = (
  good: Served,
  operation: Pick<MockOperation, "result" | "errors" | "errorTypes">,
) => MockResponse | undefined;

/** The host of foreign links. No host exists under `example` (RFC 2606). */
export const foreignHost = "elsewhere.example";

const reset = { code: "ECONNRESET", syscall: "read" };

/** The effect of each fault. A name without one fails the build. */
export const faultAppliers: Readonly<Record<FaultName, ApplyFault>> = {
  reset: ({ answer }) => ({ ...answer, breaksOff: "before the headers", error: reset }),
  "reset-in-body": ({ answer }) => inBody({ ...answer, error: reset }),
  stall: ({ answer }) => ({ ...answer, breaksOff: "before the headers" }),
  "stall-in-body": ({ answer }) => inBody(answer),
  "cut-body": withText((text) => text.slice(0, text.length / 2)),
  "empty-body": withText(() => ""),
  "html-200": ({ answer }) =>
    answer.text === undefined
      ? undefined
      : {
          ...answer,
          headers: { ...answer.headers, "content-type": "text/html" },
          text: "<!doctype html><title>Sign in</title><p>Your session has expired.</p>",
        },
  "not-json": withText(() => "The service is being updated."),
  "wrong-type": withBody((body) => (Array.isArray(body) ? { data: body } : [body])),
  loop: withLink(({ beginning }) => beginning),
  "foreign-link": withLink(({ beginning }, link) => {
    const { pathname, search } = new URL(link ?? beginning);
    return `https://${foreignHost}${pathname}${search}`;
  }),
  "bad-link": withLink(() => "http://"),
  "hidden-header": ({ answer, page }) => {
    if (!page || !(page.header in answer.headers)) return undefined;
    const { [page.header]: _, ...headers } = answer.headers;
    return { ...answer, headers, isCors: true };
  },
  "empty-page": ({ page }) => page?.serve(0, 0, true),
  "short-page": ({ page }) => {
    const half = Math.floor((page?.size ?? 0) / 2);
    return half > 0 ? page?.serve(half) : undefined;
  },
  "repeated-row": ({ page }) =>
    page && page.size > 0 ? page.serve(page.size, page.size - 1) : undefined,
  "unknown-field": withRow((row) => ({ ...row, membershipTier: "GOLD" })),
  "missing-field": withRow((row, { required = [] }) => {
    const field = required.findLast((name) => name !== "id" && Object.hasOwn(row, name));
    if (field === undefined) return undefined;
    const { [field]: _, ...rest } = row;
    return rest;
  }),
  "number-as-string": withRow((row) => withTextForNumber(row)),
};

/** Returns an object whose first number, at any depth, is a text. */
function withTextForNumber(
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === "number") return { ...row, [name]: String(value) };
    const isObject = Object(value) === value && !Array.isArray(value);
    const changed = isObject ? withTextForNumber(value as typeof row) : undefined;
    if (changed) return { ...row, [name]: changed };
  }
  return undefined;
}

function inBody(answer: MockResponse): MockResponse | undefined {
  return answer.text === undefined ? undefined : { ...answer, breaksOff: "in the body" };
}

function withText(change: (text: string) => string): ApplyFault {
  return ({ answer }) =>
    answer.text === undefined ? undefined : { ...answer, text: change(answer.text) };
}

function withBody(change: (body: unknown, schema: AnySchema) => unknown): ApplyFault {
  return ({ answer }, { result = true }) => {
    if (answer.text === undefined) return undefined;
    const body = change(JSON.parse(answer.text), result);
    return body === undefined ? undefined : { ...answer, text: JSON.stringify(body) };
  };
}

/** Changes the first row to which the change applies, or the single object of the response. */
function withRow(
  change: (row: Record<string, unknown>, shape: Shape) => Record<string, unknown> | undefined,
): ApplyFault {
  const isObject = (one: unknown) => Object(one) === one && !Array.isArray(one);
  return withBody((body, schema) => {
    const shape = shapeOf(schema);
    const changed = (row: unknown, own: Shape) =>
      isObject(row) ? change(row as Record<string, unknown>, own) : undefined;
    if (!Array.isArray(body)) return changed(body, shape);
    const item = shapeOf(shape.items ?? true);
    const index = body.findIndex((row) => changed(row, item) !== undefined);
    return index === -1 ? undefined : body.with(index, changed(body[index], item));
  });
}

/** @param linkOf - receives the existing link, if there is one */
function withLink(linkOf: (page: ListPage, link: string | undefined) => string): ApplyFault {
  return ({ answer, page }) => {
    if (!page) return undefined;
    const link = linkOf(page, answer.headers[page.header]);
    return { ...answer, headers: { ...answer.headers, [page.header]: link } };
  };
}
