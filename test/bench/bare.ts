/**
 * What the client is compared with: the least code that does the same. The status is looked at, since code that
 * does not look does less; there is no timeout, retry or check of what came, since that is what a client is for.
 */
import { accessToken } from "./api.js";
import type { Row } from "./reader.js";

export async function bareGet(url: string): Promise<Response> {
  const headers = { authorization: `Bearer ${accessToken}`, accept: "application/json" };
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response;
}

/** Reads a list page by page: asks for a page, reads it, lets the reader work on it, asks for the next. */
export async function bareWalk(firstUrl: string, read: (rows: Row[]) => unknown): Promise<void> {
  let url: string | null = firstUrl;
  while (url !== null) {
    const response = await bareGet(url);
    await read((await response.json()) as Row[]);
    url = response.headers.get("x-next-page");
  }
}
