/**
 * The server of the benchmarks: a process of its own, so that its work is not counted as the client's. Bodies are
 * rendered before the first request. It ends with the process that started it, however that one ends.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { customerOf, idOf, rowsPerPage, scenarioOf } from "./api.js";
import { answerBucket, isBucket } from "./bucket.js";

/** How many bodies there are; a longer list comes round to them again. */
const bodyCount = 20;

const customerBody = Buffer.from(JSON.stringify(customerOf(1)));
const pageBodies = Array.from({ length: bodyCount }, (_, page) => {
  const numbers = Array.from({ length: rowsPerPage }, (_, row) => page * rowsPerPage + row);
  return Buffer.from(JSON.stringify(numbers.map(customerOf)));
});

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const url = new URL(request.url ?? "", `http://${request.headers.host}`);
  const [, , organizationId = "", , customer] = url.pathname.split("/");
  if (!request.headers.authorization?.startsWith("Bearer ")) {
    response.writeHead(401).end();
    return;
  }
  if (isBucket(organizationId)) {
    answerBucket(url, response);
    return;
  }
  const headers: Record<string, string | number> = { "content-type": "application/json" };
  if (customer !== undefined) {
    headers["content-length"] = customerBody.length;
    response.writeHead(200, headers).end(customerBody);
    return;
  }
  const { pages, headersAfterMs } = scenarioOf(organizationId);
  const page = Number(url.searchParams.get("after")?.slice(-10) ?? 0);
  const body = pageBodies[page % bodyCount] as Buffer;
  headers["content-length"] = body.length;
  if (page + 1 < pages) {
    headers["x-next-page"] = `${url.origin}${url.pathname}?after=${idOf(page + 1)}`;
  }
  const answer = () => response.writeHead(200, headers).end(body);
  if (headersAfterMs > 0) setTimeout(answer, headersAfterMs);
  else answer();
});

process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ origin: `http://127.0.0.1:${port}` });
});
