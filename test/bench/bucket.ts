import type { ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";

/** A token bucket, as many services have one in front of them. It travels as the organization's ID. */
export interface Bucket {
  /** Requests a second, and as many at once when it is full. 0 is no limit. */
  readonly perSecond: number;
  /** From so many accepted requests on, the rate is half. 0 is never. */
  readonly halvesAfter: number;
  /** Tells buckets apart. */
  readonly name: string;
}

/** A request that a bucket has seen. */
export interface Seen {
  /** Since the first, in milliseconds. */
  readonly atMs: number;
  readonly isAccepted: boolean;
}

export function bucketId({ halvesAfter, name, perSecond }: Bucket): string {
  return `bucket-${perSecond}-${halvesAfter}-${name}`;
}

export function isBucket(organizationId: string): boolean {
  return organizationId.startsWith("bucket-");
}

/** The customers of a bucket have 517 pages of memberships in 300 lists. */
export function pagesOf(customer: number): number {
  return customer % 300 < 217 ? 2 : 1;
}

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
export function answerBucket(url: URL, response: ServerResponse): void {
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
