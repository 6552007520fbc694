import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";

/**
 * Serves the files of a folder to this machine, read anew at each request.
 *
 * @param port - 0 for a free one
 * @returns the address, and what stops the server
 * @throws the system's error, such as `EADDRINUSE`
 */
export async function serve(
  folder: string,
  port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const files = sirv(folder, { dev: true, extensions: ["html"] });
  const server = createServer((request, response) => {
    response.setHeader("x-content-type-options", "nosniff");
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const notFound = () => {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
    };
    const path = request.url?.replace(/[?#].*/s, "") ?? "/";
    // A folder without its slash would be served its index, whose relative links then lead elsewhere.
    if (/(\/|\.\w+)$/.test(path)) files(request, response, notFound);
    else notFound();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
