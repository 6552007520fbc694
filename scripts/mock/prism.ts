import type { IHttpRequest, IHttpResponse } from "@stoplight/prism-http";
import type { DocumentedOperation } from "./operations.js";

/** An answer with all of its body. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where there is none. */
  readonly text: string;
}

/** A request, with all of its body. */
export interface WholeRequest {
  readonly method: string;
  /** As the document has it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

/** What Prism says of a request and its answer. */
export interface Verdict {
  /** Whether it has found the request in order. */
  readonly accepts: boolean;
  /** The given answer if that is in order as well, else an error. */
  readonly response: WholeAnswer;
}

/**
 * Checks a request, and the answer that it would get. Where there is none, Prism makes one of the document's examples and
 * schemas.
 */
export type Check = (request: WholeRequest, answer: WholeAnswer | undefined) => Promise<Verdict>;

/** What a request or an answer breaks, as Prism names it. */
interface Violation {
  readonly path?: readonly string[];
  readonly code?: string | number;
  readonly message: string;
  /** 0 is an error. */
  readonly severity: number;
}

/** All that Prism can check, with errors instead of warnings. The answer comes from `forward`, so nothing is upstream. */
const config = {
  isProxy: true,
  upstream: new URL("http://mock.invalid"),
  upstreamProxy: undefined,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: true,
  mock: { dynamic: false },
} as const;

/** Makes Prism answer by itself. */
const notImplemented = "https://stoplight.io/prism/errors#UPSTREAM_NOT_IMPLEMENTED";

/** Prism writes a log of each step. */
const silent = {
  child: () => silent,
  debug() {},
  info() {},
  success() {},
  warn() {},
  error() {},
};

/**
 * Makes Prism check by a document.
 *
 * @param document - the path of the document
 */
export async function createCheck(document: string): Promise<Check> {
  // It takes a second to load, and not every command gets this far.
  const { createInstance, getHttpOperationsFromSpec } = await import("@stoplight/prism-http");
  const operations = await getHttpOperationsFromSpec(document);
  return async (request, answer) => {
    const input = inputOf(request);
    if (input === undefined) return refusal(400, { detail: "The body is no JSON." });
    let accepts = false;
    let violations: readonly Violation[] = [];
    const prism = createInstance(config, {
      logger: silent as never,
      // Called with what is wrong with the request. The answer to one that is in order comes from here, as from a server.
      forward: (given) => () => async () => {
        violations = given.validations;
        accepts = violations.length === 0;
        return accepts && answer
          ? { _tag: "Right", right: outputOf(answer) }
          : { _tag: "Left", left: { name: accepts ? notImplemented : "", message: "" } };
      },
    });
    const result = await prism.request(input, operations)();
    if (violations.length > 0) {
      const isUnsigned = violations.some(({ code }) => code === 401);
      return refusal(isUnsigned ? 401 : 422, { validation: violations });
    }
    if (result._tag === "Left") {
      const { status = 500, detail = result.left.message } = Object(result.left);
      return { accepts, response: problem(status, { detail }) };
    }
    const { output, validations } = result.right;
    const errors = validations.output.filter(({ severity }) => severity === 0);
    if (errors.length > 0) return { accepts, response: problem(500, { validation: errors }) };
    return { accepts, response: answer ?? answerOf(output) };
  };
}

function refusal(status: number, words: object): Verdict {
  return { accepts: false, response: problem(status, words) };
}

function problem(status: number, words: object): WholeAnswer {
  const headers = new Headers({ "content-type": "application/problem+json" });
  return { status, headers, text: JSON.stringify({ title: "Refused by Prism", ...words }) };
}

const isJson = (type: string | null) => /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type ?? "");

/** Returns what Prism reads of a request; undefined for a body of JSON that is none. */
function inputOf({ body, headers, method, path, query }: WholeRequest): IHttpRequest | undefined {
  const values = [...new Set(query.keys())].map((name) => {
    const all = query.getAll(name);
    return [name, all.length === 1 ? all[0] : all];
  });
  const parsed = isJson(headers.get("content-type")) ? parsedOr(body, undefined) : body;
  if (parsed === undefined && body !== "") return undefined;
  return {
    method: method.toLowerCase() as IHttpRequest["method"],
    url: { path, query: Object.fromEntries(values) },
    headers: Object.fromEntries(headers),
    body: body === "" ? null : parsed,
  };
}

function outputOf({ headers, status, text }: WholeAnswer): IHttpResponse {
  const body = isJson(headers.get("content-type")) ? parsedOr(text, text) : text;
  return { statusCode: status, headers: Object.fromEntries(headers), body };
}

function answerOf({ body, headers = {}, statusCode }: IHttpResponse): WholeAnswer {
  const own = new Headers(Object.entries(headers));
  const isText = typeof body === "string" && !isJson(own.get("content-type"));
  const text = isText ? body : (JSON.stringify(body) ?? "");
  return { status: statusCode, headers: own, text };
}

function parsedOr<Other>(text: string, other: Other): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return other;
  }
}

/**
 * Writes a request so that Prism reads what it means, and only what the document has. Each of these Prism reads in another
 * way than HTTP and OpenAPI do, or throws at it.
 *
 * @param operation - what the request is for, if it is for any
 */
export function asPrismReads(
  request: WholeRequest,
  operation: DocumentedOperation | undefined,
): WholeRequest {
  const body = operation?.body ? request.body : "";
  const headers = new Headers(request.headers);
  // The case of the scheme matters to Prism.
  const token = /^bearer (.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  // It reads the type of a body only with its length, and throws at a type that is none.
  const type = headers.get("content-type") ?? "text/plain";
  headers.delete("content-type");
  headers.set("content-length", String(body.length));
  if (body !== "") {
    headers.set("content-type", /^[\w.+-]+\/[\w.+-]+\s*(;|$)/.test(type) ? type : "any/any");
  }
  // It takes `Sort` for `sort`.
  const inQuery = operation?.parameters.filter((one) => one.in === "query") ?? [];
  const names = inQuery.map(({ name }) => name);
  const known = [...request.query].filter(([name]) => names.includes(name.replace(/\[.*$/s, "")));
  // A comma makes a list of what is a text.
  const isList = Object.values(operation?.pathParameters ?? {}).some((one) => one.type === "array");
  const path = isList ? request.path : request.path.replaceAll(/,|%2c/gi, "_");
  return { ...request, path, headers, body, query: new URLSearchParams(known) };
}
