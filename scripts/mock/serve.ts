import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A `fetch` that is served on 127.0.0.1. */
export interface Served {
  /** Such as `http://127.0.0.1:35211`. */
  url: string;
  /** May be called again. */
  close(): Promise<void>;
}

/**
 * Serves a `fetch` on a free port of 127.0.0.1. What fails in it becomes what a client sees of such a failure: a connection
 * that is reset. An answer that does not come does not come.
 *
 * @param publicUrl - What the `fetch` is told that it was asked for. @default where it is served
 */
export async function serve(
  answer: (request: Request) => Promise<Response>,
  publicUrl?: () => string,
): Promise<Served> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      await reply(incoming, outgoing);
    } catch {
      incoming.socket.resetAndDestroy();
    }
  });

  async function reply(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const hungUp = new AbortController();
    outgoing.once("close", () => hungUp.abort());
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const parts: Uint8Array[] = [];
    for await (const part of incoming) parts.push(part);
    // Joined as text: as a relative URL, a path such as "//" would be a host.
    const request = new Request((publicUrl?.() ?? url) + incoming.url, {
      method: incoming.method ?? "GET",
      headers,
      signal: hungUp.signal,
      ...(parts.length > 0 && { body: Buffer.concat(parts) }),
    });
    const response = await answer(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.flushHeaders();
    // Node's can be iterated over, which the types of browsers do not know.
    const body = response.body as AsyncIterable<Uint8Array> | null;
    for await (const part of body ?? []) {
      await new Promise((resolve) => outgoing.write(part, resolve));
    }
    outgoing.end();
  }

  // Prism keeps connections alive. One that closes here while Prism begins to use it would be a
  // 500 of Prism's; without a limit they close with the server.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const closed = once(server, "close");
  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
