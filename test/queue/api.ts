import { createServer, type ServerResponse } from "node:http";
import { listen } from "../listen.js";

/** A request for a page, as the server saw it. */
export interface SeenRequest {
  readonly organizationId: string;
  /** The access token, which is the worker's name. */
  readonly token: string;
  /** From 0. */
  readonly page: number;
}

/** A page that is not sent to its end. */
export interface HeldPage {
  /** Resolves when the page has been asked for, with the token of the worker that asked. */
  readonly reached: Promise<string>;
  /** Sends the rest. */
  release(): void;
}

/** The API on loopback, with organizations of several pages. */
export interface Api {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Sends half of a page, the next time that it is asked for, and then waits. */
  hold(organizationId: string, page: number): HeldPage;
  /** Answers with another status or other headers, the next time that a page is asked for. */
  answer(
    organizationId: string,
    page: number,
    status: number,
    headers: Record<string, string>,
  ): void;
  close(): Promise<void>;
}

type Turn = (response: ServerResponse, token: string, body: string) => void;

/** @param organizations - the pages of each, as IDs of customers */
export async function startApi(organizations: ReadonlyMap<string, string[][]>): Promise<Api> {
  const requests: SeenRequest[] = [];
  const turns = new Map<string, Turn>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    const [, , organizationId = ""] = url.pathname.split("/");
    const pages = organizations.get(organizationId) ?? [];
    const page = Number(url.searchParams.get("after") ?? 0);
    const rows = pages[page];
    if (rows === undefined) return response.writeHead(599).end();
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    requests.push({ organizationId, token, page });

    const customers = rows.map((id) => ({ id, firstName: "Ada", lastName: "Okafor" }));
    response.setHeader("content-type", "application/json");
    if (page + 1 < pages.length) {
      response.setHeader("x-next-page", `${url.origin}${url.pathname}?after=${page + 1}`);
    }
    const key = `${organizationId} ${page}`;
    const turn: Turn = turns.get(key) ?? ((_response, _token, body) => response.end(body));
    turns.delete(key);
    return turn(response, token, JSON.stringify(customers));
  });
  const { close, url } = await listen(server);

  return {
    url,
    requests,
    close,
    hold(organizationId, page) {
      let release = () => {};
      const reached = new Promise<string>((resolve) => {
        turns.set(`${organizationId} ${page}`, (response, token, body) => {
          const half = body.length / 2;
          response.write(body.slice(0, half));
          release = () => response.end(body.slice(half));
          resolve(token);
        });
      });
      return { reached, release: () => release() };
    },
    answer(organizationId, page, status, headers) {
      turns.set(`${organizationId} ${page}`, (response, _token, body) => {
        response.writeHead(status, headers).end(body);
      });
    },
  };
}

/** The organization whose walk is disturbed. */
export const long = "01HLONG";

/** Another one, of several pages too. */
export const gap = "01HGAP";

/** Three rows a page, and what a list can look like: long, with an empty page in it, of one page, without customers. */
export const organizations: ReadonlyMap<string, string[][]> = new Map([
  [long, pagesOf("LONG", [3, 3, 3, 3, 3, 3, 2])],
  [gap, pagesOf("GAP", [3, 3, 0, 3, 1])],
  ["01HSHORT", pagesOf("SHORT", [3])],
  ["01HNOBODY", pagesOf("NOBODY", [0])],
]);

function pagesOf(name: string, sizes: number[]): string[][] {
  return sizes.map((size, page) =>
    Array.from({ length: size }, (_, row) => `01H${name}${page}${row}`.padEnd(26, "0")),
  );
}
