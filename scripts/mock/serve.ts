import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CliError } from "../lib/cli-error.js";

/** A `fetch` that is served on 127.0.0.1. */
export interface Served {
  /** Such as `http://127.0.0.1:35211`. */
  url: string;
  /** May be called again. */
  close(): Promise<void>;
}

/** The largest body that is read; Prism reads none that is larger. */
const maxBodyBytes = 10 * 1024 * 1024;

/** Methods that a `Request` cannot have. Another stands in for them, which no document can have either. */
const forbiddenMethod = /^(trace|track|connect)$/i;
const standIn = "PROPFIND";

/**
 * Serves a `fetch` on 127.0.0.1. What fails in it becomes what a client sees of such a failure: a connection that is
 * reset. An answer that does not come does not come.
 *
 * @param port - 0 for a free one
 * @throws {CliError} if something else listens on the port, or listening there takes rights.
 */
export async function serve(
  answer: (request: Request) => Promise<Response>,
  port = 0,
): Promise<Served> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const hungUp = new AbortController();
      outgoing.once("close", () => hungUp.abort());
      const request = await readRequest(incoming, url, hungUp.signal);
      if (request instanceof Request) await send(await answer(request), outgoing);
      else outgoing.writeHead(request.status, { "content-type": "text/plain" }).end(request.words);
    } catch {
      incoming.socket.resetAndDestroy();
    }
  });
  // Node closes the connection of a CONNECT that nobody listens for, without an answer.
  server.on("connect", (_, socket) => {
    socket.on("error", () => {});
    socket.end("HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  // A client that keeps a connection alive would see a reset where it closes just as a request begins; without a limit
  // connections close with the server.
  server.keepAliveTimeout = 0;
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (cause) {
    const { code } = Object(cause);
    if (code === "EADDRINUSE") throw portError(port, "taken", cause);
    if (code === "EACCES") throw portError(port, "not allowed", cause);
    throw cause;
  }
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

/** A request as a `fetch` gets it, or the answer to one that can be none. */
async function readRequest(
  incoming: IncomingMessage,
  base: string,
  signal: AbortSignal,
): Promise<Request | { status: number; words: string }> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Read to the end, also what is too much: a client that is still sending would not read the answer.
  for await (const part of incoming) {
    bytes += part.length;
    if (bytes <= maxBodyBytes) parts.push(part);
  }
  if (bytes > maxBodyBytes) return { status: 413, words: "The body is larger than 10 MB." };
  const { headersDistinct, method = "GET", url = "" } = incoming;
  const target = targetOf(url, base);
  if (target === undefined) return { status: 400, words: "The request target is no path." };
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  // The body of a GET means nothing (RFC 9110, section 9.3.1), and a `Request` can have none.
  const hasBody = bytes > 0 && !/^(get|head)$/i.test(method);
  return new Request(target, {
    method: forbiddenMethod.test(method) ? standIn : method,
    headers,
    signal,
    ...(hasBody && { body: Buffer.concat(parts) }),
  });
}

/** The URL of a request target, which is a path, `*`, or, as proxies write it, a whole URL. */
function targetOf(target: string, base: string): string | undefined {
  // Joined as text: as a relative URL, a path such as "//" would be a host.
  if (target.startsWith("/")) return base + target;
  if (target === "*") return `${base}/*`;
  if (!URL.canParse(target)) return undefined;
  const { pathname, search } = new URL(target);
  return pathname.startsWith("/") ? base + pathname + search : undefined;
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  // Node's can be iterated over, which the types of browsers do not know.
  const body = response.body as AsyncIterable<Uint8Array> | null;
  for await (const part of body ?? []) {
    await new Promise((resolve) => outgoing.write(part, resolve));
  }
  outgoing.end();
}

function portError(port: number, reason: "taken" | "not allowed", cause: unknown): CliError {
  const otherwise = reason === "taken" ? "Stop what listens there, or choose" : "Choose";
  const message = `Port ${port} of 127.0.0.1 is ${reason}. ${otherwise} another port.`;
  return new CliError(message, { cause });
}
