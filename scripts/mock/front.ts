import type { Checker, Verdict } from "./check-by-prism.js";
import type { Fixture } from "./fixture.js";
import { type DocumentedOperation, locate } from "./operations.js";

export interface FrontOptions {
  readonly operations: readonly DocumentedOperation[];
  readonly fixture: Pick<Fixture, "answer" | "answers">;
  /** Prism, once it has started. */
  readonly checker: () => Promise<Checker>;
  /** Hears of each request that the mock and Prism do not agree on. */
  readonly onDisagreement: (words: string) => void;
}

/** Statuses of requests that are not in order. */
const refusals = [400, 401, 405, 413, 415];

/**
 * What stands before Prism, and answers as the mock in process does. The mock decides; Prism checks the request and the
 * answer, and has the last word where they are not as the document says.
 */
export function createFront({ checker, fixture, operations, onDisagreement }: FrontOptions) {
  return async (request: Request): Promise<Response> => {
    const { headers, method } = request;
    const url = new URL(request.url);
    const { found, path } = locate(operations, url.pathname);
    const operation = found.find((one) => one.method === method);
    const body = await request.clone().text();
    // What only CORS asks, only Prism answers.
    const isForPrism = isPreflight(request) || (operation && !fixture.answers(operation));
    const answer = isForPrism ? undefined : await fixture.answer(request, operation);
    if (answer && !isEscaped(url.pathname)) return answer;

    // A body that the document does not have is no mistake.
    const checked = {
      method,
      path: path + url.search,
      headers,
      body: operation?.hasBody ? body : "",
    };
    const verdict = await checker()
      .then(({ check }) => check({ ...checked, answer: answer?.clone() }))
      .catch((error: unknown) => String(error));
    const where = `${method} ${operation?.path ?? url.pathname}`;
    if (typeof verdict === "string") return fault(`Prism gives no answer to ${where}: ${verdict}`);
    if (answer === undefined) return asOthers(verdict.response);
    const words = await disagreement(answer, verdict, found.length > 0);
    if (words !== undefined) onDisagreement(`${where}: ${words}`);
    // Sound, as far as the mock can tell, and not as the document says.
    if (words !== undefined && answer.ok) return fault(`${where}: ${words}`);
    if (verdict.accepts && verdict.response.status !== answer.status) return verdict.response;
    return withCors(answer, verdict.response.headers);
  };
}

/**
 * What the mock and Prism see differently in a request, in words.
 *
 * @param isKnown - whether the document has the path
 */
async function disagreement(
  { status }: Response,
  { accepts, response }: Verdict,
  isKnown: boolean,
): Promise<string | undefined> {
  if (accepts) {
    return refusals.includes(status) ? `the mock answers ${status}, Prism accepts it` : undefined;
  }
  if ((await statusOf(response, isKnown)) === status) return undefined;
  return `the mock answers ${status}, Prism ${response.status}: ${await response.clone().text()}`;
}

/** The status of a refusal of Prism's as other servers have it: its 422 is for all that does not fit. */
async function statusOf(response: Response, isKnown = true): Promise<number> {
  if (response.status !== 422) return response.status;
  // An empty parameter in a path is one that does not fit, too.
  if (!isKnown) return 404;
  const { validation = [] } = Object(await response.clone().json());
  return validation.some(({ code }: { code: unknown }) => code === 415) ? 415 : 400;
}

async function asOthers(response: Response): Promise<Response> {
  const { body, headers } = response;
  const status = await statusOf(response);
  return status === response.status ? response : new Response(body, { status, headers });
}

/** Prism knows what a browser has to be told. */
function withCors(answer: Response, theirs: Headers): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of theirs)
    if (/^(access-control-|vary$)/.test(name)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}

function fault(message: string): Response {
  return Response.json({ code: "mock_fault", message }, { status: 500 });
}

function isPreflight({ headers, method }: Request): boolean {
  return (
    method === "OPTIONS" && headers.has("origin") && headers.has("access-control-request-method")
  );
}

/** Prism ends with an error at a percent sign that begins no escape. */
function isEscaped(path: string): boolean {
  try {
    return decodeURIComponent(path) !== undefined;
  } catch {
    return false;
  }
}
