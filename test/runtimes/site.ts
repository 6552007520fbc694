import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type FaultServer, startServer } from "../faults/server.js";
import { listen } from "../listen.js";
import { apiScript, isHidden, issuerScript, strangerScript } from "./scenes.js";
import type { Seen } from "./suite/client.js";
import { control, patienceMs, type World } from "./suite/world.js";

/** The servers that one run of the suite talks to, all on loopback. */
export interface Site {
  readonly urls: Pick<World, "apiUrl" | "strangerUrl" | "issuerUrl" | "refusedUrl">;
  close(): Promise<void>;
}

/** @param waitMs - how long a check may wait for what it asks about */
export async function openSite(waitMs: number = patienceMs.server): Promise<Site> {
  const [api, stranger, issuer] = await Promise.all([open(waitMs), open(waitMs), open(waitMs)]);
  api.script(apiScript(api, stranger.url));
  stranger.script(strangerScript);
  issuer.script(issuerScript(issuer));
  return {
    urls: {
      apiUrl: api.url,
      strangerUrl: stranger.url,
      issuerUrl: issuer.url,
      refusedUrl: await closedUrl(),
    },
    close: async () => void (await Promise.all([api, stranger, issuer].map((one) => one.close()))),
  };
}

/** A server that lets pages of other origins in, and tells them what it has seen. */
async function open(waitMs: number): Promise<FaultServer> {
  const server: FaultServer = await startServer((request, response) => {
    allowOrigins(request, response);
    return isPreflight(request, response) || isControl(server, waitMs, request, response);
  });
  return server;
}

function allowOrigins({ url = "" }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*");
  if (!isHidden(url)) {
    response.setHeader("access-control-expose-headers", "X-Next-Page, Retry-After");
  }
}

function isPreflight({ method }: IncomingMessage, response: ServerResponse): boolean {
  if (method !== "OPTIONS") return false;
  // "*" does not cover `authorization`: https://fetch.spec.whatwg.org/#http-new-header-syntax
  response.writeHead(204, { "access-control-allow-headers": "authorization" }).end();
  return true;
}

/** Tells a check what the server has seen, if that is what a request asks for. */
function isControl(
  server: FaultServer,
  waitMs: number,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { pathname, searchParams } = new URL(request.url ?? "", server.url);
  const target = searchParams.get("target") ?? "";
  const questions: Record<string, () => Promise<string>> = {
    async [control.requests]() {
      await server.quiet();
      return requestsOf(server);
    },
    async [control.seen]() {
      await server.seen(target);
      return "";
    },
    async [control.hungUp]() {
      await (await server.seen(target)).hungUp;
      return "";
    },
  };
  const ask = questions[pathname];
  if (ask === undefined) return false;
  const late = sleep(waitMs, undefined, { ref: false });
  Promise.race([ask(), late]).then(
    (text) => {
      if (text === undefined) response.writeHead(504).end(`${target}: not ${pathname} in time`);
      else response.end(text);
    },
    // The servers have been closed meanwhile: nobody is left to tell.
    () => response.destroy(),
  );
  return true;
}

function requestsOf({ requests }: FaultServer): string {
  const seen = requests.map(
    ({ method = "", target, headers: { authorization = null } }): Seen => ({
      method,
      target,
      authorization,
    }),
  );
  return JSON.stringify(seen);
}

/** An address that was free a moment ago, at which nobody listens. */
async function closedUrl(): Promise<string> {
  const { close, url } = await listen(createServer());
  await close();
  return url;
}
