import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import { listen } from "../listen.js";

/** One thing the server does on its way through an answer. */
export type Step = (response: ServerResponse) => unknown;

/** What the server does with one request, step after step. */
export type Turn = readonly Step[];

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string | undefined;
  /** Path and query, byte for byte. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the client closes the connection before the answer is complete. */
  readonly hungUp: Promise<void>;
  readonly hasHungUp: boolean;
}

/** A loopback server that misbehaves on cue, and remembers what it was asked. */
export interface FaultServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Sets what happens from now on: the n-th request for a target takes the n-th turn. */
  script(turns: Readonly<Record<string, readonly Turn[]>>): void;
  /** Resolves when a target has been asked for, for the n-th time. */
  seen(target: string, nth?: number): Promise<SeenRequest>;
  /** Resolves when whatever the client was about to send has come, and what came of that. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** The answer to a request that no script foresees: a status that no client repeats. */
const unforeseen: Turn = [head(599), end];

const sentinel = "/sentinel";

/** @param attend - answers what no script should see, such as a browser's preflight, and says whether it did */
export async function startServer(
  attend: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const waiting = new Set<() => void>();
  let turns = new Map<string, Turn[]>();

  const server = createServer(async (request, response) => {
    const target = request.url ?? "";
    response.on("error", () => {});
    if (target === sentinel) return void response.end();
    if (attend(request, response)) return;
    let hangUp = () => {};
    let hasHungUp = false;
    const hungUp = new Promise<void>((resolve) => {
      hangUp = () => {
        hasHungUp = true;
        resolve();
      };
    });
    response.once("close", () => {
      if (!response.writableFinished && !cutByUs.has(response)) hangUp();
    });
    const { method, headers } = request;
    requests.push({
      method,
      target,
      headers,
      hungUp,
      get hasHungUp() {
        return hasHungUp;
      },
    });
    for (const wake of waiting) wake();
    for (const step of turns.get(target)?.shift() ?? unforeseen) {
      if (response.destroyed) return;
      await step(response);
    }
  });
  const { close, url } = await listen(server);

  return {
    url,
    close,
    requests,
    script(given) {
      turns = new Map(Object.entries(given).map(([target, list]) => [target, [...list]]));
    },
    seen(target, nth = 1) {
      return new Promise((resolve) => {
        const look = () => {
          const found = requests.filter((one) => one.target === target)[nth - 1];
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    async quiet() {
      // Whatever was sent before a round trip has come when it is back; so we go on until nothing comes any more.
      for (let idle = 0, before = 0; idle < 4; idle++) {
        await (await fetch(url + sentinel, { headers: { connection: "close" } })).text();
        if (requests.length !== before) idle = 0;
        before = requests.length;
      }
    },
  };
}

const cutByUs = new WeakSet<ServerResponse>();

/** Sends the status line and the headers. */
export function head(status: number, headers: OutgoingHttpHeaders = {}): Step {
  return (response) => {
    response.writeHead(status, headers);
    response.flushHeaders();
  };
}

/** Sends a part of the body, and goes on when it is out. */
export function write(part: string | Uint8Array): Step {
  return (response) => new Promise<void>((resolve) => response.write(part, () => resolve()));
}

/** Writes past HTTP, straight on the socket. */
export function raw(bytes: string): Step {
  return (response) =>
    new Promise<void>((resolve) => response.socket?.write(bytes, "latin1", () => resolve()));
}

/** Ends the body as HTTP wants it. */
export function end(response: ServerResponse): void {
  response.end();
}

/** Resets the connection (RST). */
export function reset(response: ServerResponse): void {
  cutByUs.add(response);
  response.socket?.resetAndDestroy();
}

/** Closes the connection (FIN), wherever the answer is. */
export function cut(response: ServerResponse): void {
  cutByUs.add(response);
  response.socket?.end();
}

/** Says nothing any more. */
export function hang(): Promise<never> {
  return new Promise(() => {});
}

/** Goes on when something has happened. */
export function until(event: () => Promise<unknown>): Step {
  return () => event();
}

/** Sends a whole answer. */
export function answer(
  status: number,
  body: string | Uint8Array = "",
  headers: OutgoingHttpHeaders = {},
): Turn {
  return [(response) => void response.writeHead(status, headers).end(body)];
}

/** Sends a whole answer in JSON. */
export function json(value: unknown, headers: OutgoingHttpHeaders = {}, status = 200): Turn {
  const type = { "content-type": "application/json; charset=utf-8" };
  return answer(status, JSON.stringify(value), { ...type, ...headers });
}
