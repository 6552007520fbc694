import { onTestFinished } from "vitest";

/** What a request is answered with: a response serves one request, a function that comes last serves all that follow. */
export type Reply = Response | ((request: Request) => Response | Promise<Response>);

export interface ObservedFetch {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** What `fetch` was called with, in order, as requests. */
  readonly requests: readonly Request[];
  /** What `fetch` was called with, in order. */
  readonly calls: readonly (readonly unknown[])[];
  /** The URLs that were asked for, in order. */
  readonly urls: readonly string[];
}

/** A `fetch` without a network, which keeps what it was given. A request too many fails. */
export function observeFetch(...replies: readonly Reply[]): ObservedFetch {
  const queue = [...replies];
  const calls: unknown[][] = [];
  const requests: Request[] = [];
  return {
    calls,
    requests,
    get urls() {
      return requests.map(({ url }) => url);
    },
    async fetch(...given) {
      calls.push(given);
      const request = new Request(...given);
      requests.push(request);
      const [first] = queue;
      const reply = queue.length === 1 && typeof first === "function" ? first : queue.shift();
      if (!reply) throw new Error("No request was due.");
      return typeof reply === "function" ? reply(request) : reply;
    },
  };
}

/** A success, or what else `init` says, whose body is the value as JSON. */
export function json(value: unknown, init?: ResponseInit): Response {
  return Response.json(value, init);
}

/** A page whose paging header leads to `next`, if there is one. */
export function page(items: readonly unknown[], next?: string): Response {
  return json(items, next === undefined ? {} : { headers: { "x-next-page": next } });
}

/** The fields that the error of one attempt of a call has. */
export const errorFacts = {
  operation: "getCustomer",
  method: "GET",
  path: "/organizations/{organizationId}/customers/{customerId}",
  origin: "https://api.loke.global",
  attempts: 1,
};

/** Replaces the global `fetch` until the test ends. */
export function replaceFetch(
  replacement: (url: string, init: RequestInit) => Promise<Response>,
): void {
  const { fetch } = globalThis;
  onTestFinished(() => {
    globalThis.fetch = fetch;
  });
  globalThis.fetch = replacement as typeof fetch;
}

/** What a piece of work throws, or rejects with. */
export async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (failure) {
    return failure;
  }
  throw new Error("It did not fail.");
}
