/**
 * The server of the benchmarks: a process of its own, so that its work is not counted as the client's. Bodies are
 * rendered before the first request, but for the first row of a page. It ends with the process that started it, however
 * that one ends.
 */
import { createServer, type ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { listen } from "../listen.js";
import { customerOf, idOf, isBucket, pagesOf, rowsPerPage, type Seen, scenarioOf } from "./api.js";

/** How many bodies there are; a longer list comes round to them again. */
const bodyCount = 20;

const customerBody = Buffer.from(JSON.stringify(customerOf(1)));
/** Pages without their first row, which is another one on each page: a list that gives a page twice is endless to the client. */
const restBodies = Array.from({ length: bodyCount }, (_, page) => {
  const numbers = Array.from({ length: rowsPerPage - 1 }, (_, row) => page * rowsPerPage + row + 1);
  return Buffer.from(JSON.stringify(numbers.map(customerOf)).slice(1));
});

interface State {
  accepted: number;
  tokens: number;
  filledAtMs: number;
  readonly startMs: number;
  readonly seen: Seen[];
}

const states = new Map<string, State>();
const bodies = ["first", "second"].map((id) => Buffer.from(JSON.stringify([{ id }])));

/** Answers a page of memberships, a 429 with `Retry-After: 1`, or what the bucket has seen. */
function answerBucket(url: URL, response: ServerResponse): void {
  const [, , organizationId = "", what, customer = ""] = url.pathname.split("/");
  const [, perSecond = 0, halvesAfter = 0] = organizationId.split("-").map(Number);
  const nowMs = performance.now();
  const fresh = { accepted: 0, tokens: perSecond, filledAtMs: nowMs, startMs: nowMs, seen: [] };
  const state = states.get(organizationId) ?? fresh;
  if (what === "seen") {
    response.writeHead(200).end(JSON.stringify(state.seen));
    return;
  }
  states.set(organizationId, state);
  const rate = halvesAfter > 0 && state.accepted >= halvesAfter ? perSecond / 2 : perSecond;
  state.tokens = Math.min(rate, state.tokens + ((nowMs - state.filledAtMs) / 1_000) * rate);
  state.filledAtMs = nowMs;
  const isAccepted = perSecond === 0 || state.tokens >= 1;
  if (perSecond > 0) state.seen.push({ atMs: nowMs - state.startMs, isAccepted });
  if (!isAccepted) {
    response.writeHead(429, { "retry-after": "1" }).end();
    return;
  }
  state.tokens -= 1;
  state.accepted += 1;
  const isSecond = url.searchParams.has("after");
  const isLast = isSecond || pagesOf(Number(customer)) === 1;
  const link = isLast ? {} : { "x-next-page": `${url.origin}${url.pathname}?after=2` };
  const headers = { "content-type": "application/json", ...link };
  response.writeHead(200, headers).end(bodies[isSecond ? 1 : 0]);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const url = new URL(request.url ?? "", `http://${request.headers.host}`);
  const [, , organizationId = "", , customer] = url.pathname.split("/");
  if (!request.headers.authorization?.startsWith("Bearer ")) {
    response.writeHead(401).end();
    return;
  }
  if (isBucket(organizationId)) {
    answerBucket(url, response);
    return;
  }
  const headers: Record<string, string | number> = { "content-type": "application/json" };
  if (customer !== undefined) {
    headers["content-length"] = customerBody.length;
    response.writeHead(200, headers).end(customerBody);
    return;
  }
  const { pages, headersAfterMs } = scenarioOf(organizationId);
  const page = Number(url.searchParams.get("after")?.slice(-10) ?? 0);
  const first = Buffer.from(`[${JSON.stringify(customerOf(page * rowsPerPage))},`);
  const rest = restBodies[page % bodyCount] as Buffer;
  headers["content-length"] = first.length + rest.length;
  if (page + 1 < pages) {
    headers["x-next-page"] = `${url.origin}${url.pathname}?after=${idOf(page + 1)}`;
  }
  const answer = () => {
    response.writeHead(200, headers).write(first);
    response.end(rest);
  };
  if (headersAfterMs > 0) setTimeout(answer, headersAfterMs);
  else answer();
});

process.on("disconnect", () => process.exit());
process.send?.({ origin: (await listen(server)).url });
