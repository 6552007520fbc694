import { createClientIn } from "../../src/client.js";
import type { ClientOptions, LokeClient, LokeEvent } from "../../src/index.js";
import { type Clock, handClock } from "./clock.js";
import { type FaultServer, json, startServer, type Turn } from "./server.js";

/** A page by its number, or a target as it stands. */
export type Ask = number | string;

export const token = "token-of-the-owner";

export const organizationId = "org";

const customers = `/organizations/${organizationId}/customers`;

/** The path and query of a page. */
export function target(ask: Ask): string {
  if (typeof ask === "string") return ask;
  return ask === 1 ? customers : `${customers}?after=${ask}`;
}

/** The page that a target names, if it is one. */
export function ask(seen: string): Ask {
  if (seen === customers) return 1;
  const [, page] = /\?after=(\d+)$/.exec(seen) ?? [];
  return page !== undefined && seen === target(Number(page)) ? Number(page) : seen;
}

/** The IDs of the two rows on a page. */
export function ids(...pages: readonly number[]): string[] {
  return pages.flatMap((page) => [`${page}a`, `${page}b`]);
}

/** The paging header, for a link or for the path of a page. */
export function linkTo(next: Ask | undefined): Record<string, string> {
  return next === undefined ? {} : { "x-next-page": target(next) };
}

/** A page as it should be. */
export function page(number: number, next?: Ask): Turn {
  return json(rowsOf(ids(number)), linkTo(next));
}

export function rowsOf(of: readonly string[]): { id: string }[] {
  return of.map((id) => ({ id }));
}

/** The API on one loopback port, a stranger on another, and a client whose time stands still. */
export interface Site {
  readonly api: FaultServer;
  readonly stranger: FaultServer;
  readonly clock: Clock;
  readonly events: readonly LokeEvent[];
  /** The waits before retries, in milliseconds. Each is over at once. */
  readonly waits: readonly number[];
  client(options?: ClientOptions): LokeClient;
  /** What the API was asked for, in order. */
  asked(): Ask[];
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const [api, stranger] = await Promise.all([startServer(), startServer()]);
  const clock = handClock();
  const events: LokeEvent[] = [];
  const waits: number[] = [];
  return {
    api,
    stranger,
    clock,
    events,
    waits,
    client: (options) =>
      createClientIn(clock, {
        baseUrl: api.url,
        accessToken: token,
        ...options,
        onEvent(event) {
          events.push(event);
          options?.onEvent?.(event);
          if (event.type !== "retry") return;
          waits.push(event.delayMs);
          setImmediate(() => clock.advance(event.delayMs));
        },
      }),
    asked: () => api.requests.map((request) => ask(request.target)),
    close: async () => void (await Promise.all([api.close(), stranger.close()])),
  };
}

/** What a reader was given before the end, and the error if there was one. */
export interface Reading {
  readonly rows: string[];
  readonly error?: unknown;
}

/** Reads rows until there is no more, or an error. */
export async function read(rows: AsyncIterable<{ id: string }>): Promise<Reading> {
  const seen: string[] = [];
  try {
    for await (const { id } of rows) seen.push(id);
  } catch (error) {
    return { rows: seen, error };
  }
  return { rows: seen };
}
