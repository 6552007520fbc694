import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** A server on a free port of this machine. */
export interface Listening {
  readonly port: number;
  readonly url: string;
  /** Breaks what is open of HTTP, and resolves when the server has closed. */
  close(): Promise<void>;
}

/** Starts a server on loopback. */
export async function listen(server: Server | HttpServer): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close() {
      if ("closeAllConnections" in server) server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
