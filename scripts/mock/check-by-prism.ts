import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { type Prism, startPrism } from "./prism.js";
import type { PrismRequest } from "./prism-reading.js";

/** An answer with all of its body. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where there is none. */
  readonly text: string;
}

/** A request that Prism is to check, with the answer that it would get. */
export interface Exchange {
  readonly request: PrismRequest;
  /** Where there is none, Prism makes one of the document's examples and schemas. */
  readonly answer: WholeAnswer | undefined;
}

/** What Prism says of an exchange. */
export interface Verdict {
  /** Whether it has found the request in order. */
  readonly accepts: boolean;
  /** What it answers: the given answer, if that is in order as well. */
  readonly response: WholeAnswer;
}

/** Prism, as what checks requests and answers by the document. */
export interface Checker {
  readonly prism: Prism;
  /** @throws Error when Prism does not answer */
  check(exchange: Exchange): Promise<Verdict>;
  stop(): Promise<void>;
}

/** Names an exchange, on the way from Prism to the server behind it. */
const exchangeHeader = "x-mock-exchange";

/** A check takes a fraction of a second; a busy machine may need more. */
const checkTimeoutMs = 30_000;

/** A body that is announced and does not come is not waited for: Prism drops a JSON `null`, and keeps its length. */
const bodyWaitMs = 250;

/** Starts Prism, and the server behind it, which gives each request the answer that was decided on before. */
export async function startChecker(document: string, signal: AbortSignal): Promise<Checker> {
  const exchanges = new Map<
    string,
    { readonly answer: WholeAnswer | undefined; isReached: boolean }
  >();
  let count = 0;

  const upstream = createServer(async (incoming, outgoing) => {
    const exchange = exchanges.get(`${incoming.headers[exchangeHeader]}`);
    if (exchange) exchange.isReached = true;
    // 501 is what makes Prism answer by itself.
    const { status = 501, headers = [], text = "" } = exchange?.answer ?? {};
    incoming.resume();
    await Promise.race([once(incoming, "end"), setTimeout(bodyWaitMs)]).catch(() => {});
    outgoing.writeHead(status, Object.fromEntries(headers));
    outgoing.end(text);
  });
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  const { port } = upstream.address() as AddressInfo;

  async function closeUpstream() {
    if (!upstream.listening) return;
    const closed = once(upstream, "close");
    upstream.close();
    upstream.closeAllConnections();
    await closed;
  }

  try {
    const prism = await startPrism({ document, upstream: `http://127.0.0.1:${port}`, signal });
    return {
      prism,
      async check({ answer, request }) {
        const id = String(++count);
        const exchange = { answer, isReached: false };
        exchanges.set(id, exchange);
        try {
          const response = await ask(prism.url, request, id);
          return { accepts: exchange.isReached, response };
        } finally {
          exchanges.delete(id);
        }
      },
      async stop() {
        await Promise.all([prism.stop(), closeUpstream()]);
      },
    };
  } catch (error) {
    await closeUpstream();
    throw error;
  }
}

/** Sends a request to Prism, and reads all of its answer. */
async function ask(prismUrl: string, request: PrismRequest, id: string): Promise<WholeAnswer> {
  const { body, method, path, query } = request;
  const headers = new Headers(request.headers);
  headers.set(exchangeHeader, id);
  // One that Prism keeps alive can close just as the next request begins.
  headers.set("connection", "close");
  const response = await fetch(`${prismUrl}${path}?${query}`, {
    method,
    headers,
    ...(body !== "" && { body }),
    redirect: "manual",
    signal: AbortSignal.timeout(checkTimeoutMs),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
