import type { Fixture } from "./fixture.js";
import { type DocumentedOperation, locate } from "./operations.js";
import { asPrismReads, type Check, type Verdict, type WholeAnswer } from "./prism.js";

export interface FrontOptions {
  readonly operations: readonly DocumentedOperation[];
  readonly fixture: Pick<Fixture, "answer" | "answers">;
  readonly check: Check;
  /** Hears of each request that the mock and Prism do not agree on. */
  readonly onDisagreement: (words: string) => void;
}

/** Statuses of requests that are not in order. */
const refusals = [400, 401, 405, 413, 415];

/**
 * Answers as the mock in process does. The mock decides; Prism checks the request and the answer, and has the last word
 * where they are not as the document says.
 */
export function createFront({ check, fixture, operations, onDisagreement }: FrontOptions) {
  return async (request: Request): Promise<Response> => {
    const isAsking = isPreflight(request);
    const response = isAsking ? new Response(null, { status: 204 }) : await answer(request);
    allowAnyOrigin(request, response.headers);
    return response;
  };

  async function answer(request: Request): Promise<Response> {
    const { headers, method } = request;
    const url = new URL(request.url);
    const { found, path } = locate(operations, url.pathname);
    const operation = found.find((one) => one.method === method.toLowerCase());
    const body = await request.clone().text();
    const isForPrism = operation && !fixture.answers(operation);
    const answer = isForPrism ? undefined : await read(await fixture.answer(request, operation));
    if (answer && !isEscaped(url.pathname)) return responseOf(answer);

    const asked = { method, path, query: url.searchParams, headers, body };
    const verdict = await check(asPrismReads(asked, operation), answer).catch(String);
    const where = `${method} ${operation?.path ?? url.pathname}`;
    if (typeof verdict === "string") return fault(`Prism gives no answer to ${where}: ${verdict}`);
    const { accepts, response } = verdict;
    if (answer === undefined) return responseOf({ ...response, status: statusOf(response) });
    const problem = disagreement(answer, verdict, found.length > 0);
    const words = problem && `${where}: ${problem}`;
    if (words) onDisagreement(words);
    // Sound, as far as the mock can tell, and not as the document says.
    if (words && answer.status < 400) return fault(words);
    return responseOf(accepts ? response : answer);
  }
}

async function read(response: Response): Promise<WholeAnswer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function responseOf({ headers, status, text }: WholeAnswer): Response {
  return new Response(text === "" ? null : text, { status, headers });
}

/**
 * What the mock and Prism see differently in a request, in words.
 *
 * @param isKnown - whether the document has the path
 */
function disagreement(
  { status }: WholeAnswer,
  { accepts, response }: Verdict,
  isKnown: boolean,
): string | undefined {
  if (accepts) {
    return refusals.includes(status) ? `the mock answers ${status}, Prism accepts it` : undefined;
  }
  // Of several mistakes the mock names first a token of a form that Prism takes for a good one.
  if (statusOf(response, isKnown) === status || status === 401) return undefined;
  return `the mock answers ${status}, Prism ${response.status}: ${response.text}`;
}

/** The status of a refusal of Prism's as other servers have it: its 422 is for all that does not fit. */
function statusOf({ status, text }: WholeAnswer, isKnown = true): number {
  // To Prism an empty parameter of a path is one that does not fit, and `//` no path.
  if (!isKnown) return 404;
  if (status !== 422) return status;
  const { validation = [] } = Object(JSON.parse(text));
  return validation.some(({ code }: { code: unknown }) => code === 415) ? 415 : 400;
}

function fault(message: string): Response {
  return Response.json({ code: "mock_fault", message }, { status: 500 });
}

function isPreflight({ headers, method }: Request): boolean {
  const isAsked = headers.has("origin") && headers.has("access-control-request-method");
  return method === "OPTIONS" && isAsked;
}

/** Says what a browser has to be told: that a script of any origin may send the request and read the response. */
function allowAnyOrigin({ headers: asked }: Request, headers: Headers): void {
  headers.set("access-control-allow-origin", asked.get("origin") ?? "*");
  headers.set("access-control-allow-methods", asked.get("access-control-request-method") ?? "*");
  headers.set("access-control-allow-headers", asked.get("access-control-request-headers") ?? "*");
  headers.set("access-control-allow-credentials", "true");
  headers.set("access-control-expose-headers", "*");
  headers.set("vary", "origin");
}

/** Prism throws at a percent sign that begins no escape. */
function isEscaped(path: string): boolean {
  try {
    return decodeURIComponent(path) !== undefined;
  } catch {
    return false;
  }
}
