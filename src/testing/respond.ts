import type { OperationId } from "../operation.js";
import { foreignHost, type Served } from "./apply-fault.js";
import { mockOperations } from "./document.js";
import type { Fault } from "./fault.js";
import type { FaultQueue } from "./fault-queue.js";
import { failure, type MockResponse } from "./mock-response.js";
import { isEscaped, paths, type Route, routeOf } from "./route.js";
import { refusal, serve, type World } from "./serve.js";

/** A request as the mock API saw it. */
export interface MockRequest {
  readonly method: string;
  /** Such as `https://api.loke.global`. It differs if a link to another host was followed. */
  readonly origin: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Absent if the document has no such operation. */
  readonly operation?: OperationId;
  /** Which page of a list it requested, from 1; absent for a single call. */
  readonly page?: number;
  /** Whether it had a bearer token. The token itself is not recorded. */
  readonly hasToken: boolean;
  /** The status of the response; absent if there was none. */
  readonly status?: number;
  /** The fault that was applied. */
  readonly fault?: Fault;
}

/** Decides on a response, applies the changes that the request makes, and returns what is recorded of it. */
export function respond(
  { body, request: { headers, method, url: href } }: { request: Request; body: string },
  world: World,
  faults: FaultQueue,
): { answer: MockResponse; seen: MockRequest } {
  const url = new URL(href);
  const found = routeOf(method, url);
  const route = "id" in found ? found : undefined;
  const token = /^bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];

  function served(): Served {
    if (url.hostname === foreignHost) return { answer: unknownHost };
    if (!isEscaped(url.pathname)) return { answer: badEscape(world) };
    if (!("id" in found)) return { answer: noRoute(found.methods, url.pathname, world) };
    const isGood = token !== undefined && token === (world.options.token ?? token);
    if (!isGood) return { answer: unauthorized(found, world) };
    if (!world.isWithinLimit()) return { answer: tooMany(found, world) };
    return serve(found, { text: body, type: headers.get("content-type") }, world);
  }

  const good = served();
  const isSound = route !== undefined && Math.floor(good.answer.status / 100) === 2;
  const bad = isSound ? faults.take(route.id, good) : undefined;
  const answer = bad?.answer ?? good.answer;
  // An error status, and a request that fails before the headers, change nothing.
  if (answer.status < 300 && answer.breaksOff !== "before the headers") good.commit?.();
  return {
    answer,
    seen: {
      method,
      origin: url.origin,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      ...(route && { operation: route.id }),
      ...(good.page && { page: good.page.page }),
      hasToken: token !== undefined,
      ...(answer.breaksOff !== "before the headers" && { status: answer.status }),
      ...(bad && { fault: bad.fault }),
    },
  };
}

/** How `fetch` fails for an unknown host. */
const unknownHost: MockResponse = {
  status: 0,
  headers: {},
  breaksOff: "before the headers",
  error: { code: "ENOTFOUND", syscall: "getaddrinfo" },
};

function badEscape({ instance }: World): MockResponse {
  const message = "The path has a percent sign that begins no escape; %25 is a percent sign.";
  return failure({ status: 400, code: "bad_request", message, instance: instance() });
}

/** @param methods - those that the document has there */
function noRoute(methods: readonly string[], path: string, { instance }: World): MockResponse {
  if (methods.length === 0) {
    const message = `The document has no path that ${path} ends with. It has ${paths.join(", ")}.`;
    return failure({ status: 404, code: "no_such_path", message, instance: instance() });
  }
  const allow = methods.join(", ");
  const message = `The document has ${allow} there, and no other method.`;
  const code = "method_not_allowed";
  return failure({ status: 405, code, message, instance: instance() }, { allow });
}

function unauthorized({ id }: Route, world: World): MockResponse {
  const message = "A good access token is needed.";
  return refusal(mockOperations[id] ?? {}, { status: 401, code: "unauthorized", message }, world);
}

function tooMany({ id }: Route, world: World): MockResponse {
  const message = "There are more requests a second than the option rateLimit accepts.";
  const error = { status: 429, code: "too_many_requests", message };
  const { headers, ...answer } = refusal(mockOperations[id] ?? {}, error, world);
  const { retryAfter } = world.options.rateLimit ?? {};
  const wait = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return { ...answer, headers: { ...headers, ...wait } };
}
