import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A list on a loopback server, in the shape of the fixture's list of customers. */
export interface ApiServer {
  readonly url: string;
  /** The paths and queries that were asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface ApiOptions {
  readonly rows: readonly unknown[];
  readonly pageSize: number;
  /** Answers a request in place of the list, and says whether it did. */
  readonly attend?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Decides which requests fail: a number from 0 to 1 for each. */
  readonly random?: () => number;
  /** The wait before each answer, in milliseconds. */
  readonly delayMs?: () => number;
}

export async function startApi(options: ApiOptions): Promise<ApiServer> {
  const { attend = () => false, delayMs = () => 0, pageSize, random = () => 1, rows } = options;
  const requests: string[] = [];
  /** Failures in a row of each page: the client retries three times, and a run must not end by that. */
  const failures = new Map<string, number>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    requests.push(request.url ?? "");
    response.on("error", () => {});
    if (attend(request, response)) return;
    const answer = () => {
      const failed = failures.get(url.search) ?? 0;
      const drawn = random();
      const chance = failed < 3 ? drawn : 1;
      failures.set(url.search, chance < 0.15 ? failed + 1 : 0);
      if (chance < 0.05) return void response.destroy();
      if (chance < 0.1) return void response.writeHead(503, { "retry-after": "0.01" }).end();
      const begin = Number(url.searchParams.get("after") ?? 0);
      const end = begin + pageSize;
      const body = JSON.stringify(rows.slice(begin, end));
      url.searchParams.set("after", String(end));
      const next = end < rows.length ? { "x-next-page": `${url.pathname}${url.search}` } : {};
      response.writeHead(200, { "content-type": "application/json", ...next });
      if (chance >= 0.15) return void response.end(body);
      response.write(body.slice(0, body.length / 2), () => response.destroy());
    };
    const wait = delayMs();
    if (wait > 0) setTimeout(answer, wait);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A small generator of random numbers (mulberry32): one seed, one sequence. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Customers of the fixture: some lack optional fields, and names hold what CSV and terminals trip over. */
export function customers(count: number): Record<string, unknown>[] {
  const names = [
    "Zoë",
    'Jo "Jo" Smith',
    "O'Neil, Jr.",
    "多田 健",
    "line\nbreak",
    "👩🏽‍🚀",
    " padded ",
  ];
  return Array.from({ length: count }, (_, index) => ({
    id: `01FCCGYZA9JPQ97H${String(index).padStart(10, "0")}`,
    firstName: names[index % names.length],
    lastName: `Nr. ${index}`,
    ...(index % 2 === 0 && { email: `customer.${index}@example.com`, phoneNumber: `+614${index}` }),
    ...(index % 3 === 0 && { statistics: { pointsBalance: 1 - index, totalSpend: index * 100 } }),
  }));
}
