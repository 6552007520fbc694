import { createClientIn } from "../../src/client.js";
import type { ClientOptions, LokeClient } from "../../src/index.js";
import { type Clock, handClock } from "./clock.js";
import { turn } from "./held-fetch.js";

/** A request as the server saw it. */
export interface BucketRequest {
  readonly atMs: number;
  readonly path: string;
  readonly status: number;
  readonly token: string | undefined;
}

export interface BucketOptions {
  /** Requests a second. A function is asked at each request, with the time since the first. */
  readonly perSecond?: number | ((atMs: number) => number);
  /** The most that it holds. @default a second's requests */
  readonly burst?: number;
  /** From the request to the answer. @default 4 */
  readonly latencyMs?: number;
  /** The headers of a 429. @default Retry-After: 1 */
  readonly refusal?: () => Record<string, string>;
  /** Answers in place of the bucket, if it gives a response. */
  readonly answer?: (request: Request, clock: Clock) => Response | undefined;
  /** How many pages a list has. @default 2 */
  readonly pages?: number;
  readonly random?: () => number;
}

/** A server with a token bucket, in this process and in a time that stands still until a test lets it pass. */
export interface BucketServer {
  readonly clock: Clock;
  readonly requests: readonly BucketRequest[];
  /** The most requests that were in flight at once. */
  readonly mostInFlight: () => number;
  client(options?: ClientOptions): LokeClient;
  /** Lets time pass until a promise is settled. */
  settle<T>(promise: Promise<T>): Promise<T>;
  /** Lets time pass. */
  pass(delayMs: number): Promise<void>;
}

export function bucketServer({
  answer,
  burst,
  latencyMs = 4,
  pages = 2,
  perSecond = 40,
  random,
  refusal = () => ({ "retry-after": "1" }),
}: BucketOptions = {}): BucketServer {
  const clock = handClock(random);
  const requests: BucketRequest[] = [];
  const startMs = clock.now();
  const rateAt = typeof perSecond === "function" ? perSecond : () => perSecond;
  let filledAtMs = startMs;
  let tokens = burst ?? rateAt(0);
  let inFlight = 0;
  let most = 0;

  function takeToken(): boolean {
    const rate = rateAt(clock.now() - startMs);
    tokens += ((clock.now() - filledAtMs) / 1_000) * rate;
    tokens = Math.min(burst ?? rate, tokens);
    filledAtMs = clock.now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  }

  function respond(request: Request): Response {
    const given = answer?.(request, clock);
    if (given) return given;
    if (!takeToken()) return new Response("", { status: 429, headers: refusal() });
    const url = new URL(request.url);
    const page = Number(url.searchParams.get("after") ?? 1);
    if (!/customers$|memberships$/.test(url.pathname)) return Response.json({ id: "c" });
    const next = page < pages ? { "x-next-page": `?after=${page + 1}` } : undefined;
    return Response.json([{ id: `${page}` }], next && { headers: next });
  }

  function fetch(url: string, init: RequestInit): Promise<Response> {
    const request = new Request(url, init);
    inFlight += 1;
    most = Math.max(most, inFlight);
    const end = () => {
      inFlight -= 1;
    };
    return new Promise((resolve, reject) => {
      const cancel = clock.timer(() => {
        end();
        const response = respond(request);
        const { pathname, search } = new URL(url);
        const token = request.headers.get("authorization")?.slice("Bearer ".length);
        const atMs = clock.now() - startMs;
        requests.push({ atMs, path: pathname + search, status: response.status, token });
        resolve(response);
      }, latencyMs);
      init.signal?.addEventListener("abort", () => {
        cancel();
        end();
        reject(init.signal?.reason);
      });
    });
  }

  async function step(limitMs: number): Promise<number> {
    await turn(3);
    const delayMs = Math.min(limitMs, ...clock.pending());
    clock.advance(Math.max(0, delayMs));
    return delayMs;
  }

  return {
    clock,
    requests,
    mostInFlight: () => most,
    client: (options) => createClientIn(clock, { fetch, ...options }),
    async settle(promise) {
      let isSettled = false;
      const settled = () => {
        isSettled = true;
      };
      promise.then(settled, settled);
      for (let steps = 0; !isSettled; steps++) {
        if (steps > 100_000) throw new Error("It is never settled.");
        await turn(1);
        if (!isSettled && clock.pending().length === 0) await turn(20);
        if (!isSettled) await step(60_000);
      }
      return promise;
    },
    async pass(delayMs) {
      for (let leftMs = delayMs; leftMs > 0; ) leftMs -= await step(leftMs);
      await turn(3);
    },
  };
}

/** The lists of memberships of so many customers, each read to its end, all at once. */
export function readAll(
  loke: LokeClient,
  count: number,
): Promise<PromiseSettledResult<{ id: string }[]>[]> {
  return Promise.allSettled(
    Array.from({ length: count }, (_, customer) =>
      loke
        .listMemberships({ organizationId: "org", customerId: `c${customer}` })
        .toArray({ limit: 100 }),
    ),
  ) as Promise<PromiseSettledResult<{ id: string }[]>[]>;
}

/** The share of requests that the server refused. */
export function refusedShare({ requests }: BucketServer): number {
  return requests.filter(({ status }) => status === 429).length / requests.length;
}
