import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Server as NetServer, type Socket } from "node:net";

/** A proxy on loopback, as companies have them, and the one server that it leads to. */
export interface Proxy {
  readonly url: string;
  /** What the proxy was asked to connect to, such as `api.example.com:443`. */
  readonly connections: readonly string[];
  /** What came out of it, such as `GET /path Bearer token`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts a proxy that knows `CONNECT` alone, and connects whatever it is asked for to a server on loopback, which answers with
 * a list of one. Its certificate is nobody's: programs run with `NODE_TLS_REJECT_UNAUTHORIZED=0`.
 */
export async function startProxy(): Promise<Proxy> {
  const connections: string[] = [];
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A program that has ended is no error of the proxy's.
    socket.on("error", () => socket.destroy());
  };

  const [key, cert] = await Promise.all(["key.pem", "certificate.pem"].map(read));
  const api = createTlsServer({ key, cert }, ({ headers, method, url }, response) => {
    requests.push(`${method} ${url} ${headers.authorization}`);
    response.writeHead(200, { "content-type": "application/json" }).end('[{"id":"1"}]');
  });
  const apiPort = await listen(api);

  const proxy: Server = createServer((_, response) => void response.writeHead(501).end());
  proxy.on("connect", ({ url = "" }, client: Socket, head: Buffer) => {
    connections.push(url);
    const upstream = connect(apiPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    keep(client);
    keep(upstream);
  });
  const proxyPort = await listen(proxy);

  return {
    url: `http://127.0.0.1:${proxyPort}`,
    connections,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([api, proxy].map(close));
    },
  };
}

function read(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8");
}

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
