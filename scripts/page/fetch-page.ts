/** The vendor's page from its address, as text. */
import MarkdownIt from "markdown-it";
import { CliError } from "../lib/cli-error.js";
import { readHtml } from "./html.js";

export interface FetchPageOptions {
  /** https, or http on this machine. */
  readonly url: string;
  /**
   * Of the body, once it is decompressed.
   *
   * @default 4 MiB
   */
  readonly maxBytes?: number;
  /**
   * For all of it: redirects and body, too.
   *
   * @default 20,000
   */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
}

const maxRedirects = 5;

const howToMove =
  "Look for the page with a browser. Where it is now is for `externalDocs` of its tag in openapi/openapi.yaml; --url fetches another address.";

/**
 * Fetches the vendor's page without cookies or credentials, follows redirects on its host only, and returns its text in a
 * form that `readPage` reads.
 *
 * @throws {CliError} that says why there is no page to read, and what to do
 */
export async function fetchPage({ url: address, ...limits }: FetchPageOptions): Promise<string> {
  const { bytes, response, url } = await download(addressOf(address), limits);
  return textOf(bytes, response, url);
}

async function download(
  start: URL,
  {
    fetch = globalThis.fetch,
    maxBytes = 4 * 1024 * 1024,
    timeoutMs = 20_000,
  }: Omit<FetchPageOptions, "url">,
): Promise<{ response: Response; bytes: Uint8Array; url: URL }> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { response, url } = await follow(start, timeout, fetch);
    return { response, bytes: await readBody(response, maxBytes, url), url };
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = timeout.aborted
      ? `there was no complete answer within ${timeoutMs / 1000} s`
      : reasonOf(error);
    throw new CliError(`cannot fetch ${shown(start)}: ${reason}.`, { cause: error });
  }
}

/** The innermost cause says most: `getaddrinfo ENOTFOUND …` is the cause of `fetch failed`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

/** A query can hold what is for nobody else to read. */
function shown({ origin, pathname }: URL): string {
  return origin + pathname;
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !isAllowed(url)) {
    throw new CliError(
      "The address of a page begins with https://, or with http:// on this machine.",
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new CliError("The address of a page holds no user name and no password.");
  }
  url.hash = "";
  return url;
}

function isAllowed({ hostname, protocol }: URL): boolean {
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === "https:" || (protocol === "http:" && isLoopback);
}

async function follow(
  start: URL,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch,
): Promise<{ response: Response; url: URL }> {
  let url = start;
  for (let count = 0; count <= maxRedirects; count++) {
    const response = await fetch(url, {
      headers: {
        accept: "text/html, text/markdown;q=0.9, text/plain;q=0.8",
        "user-agent": "loke-customers",
      },
      credentials: "omit",
      redirect: "manual",
      signal,
    });
    if (response.ok) return { response, url };
    await response.body?.cancel();
    url = nextAddress(response, url, start);
  }
  throw new CliError(`${shown(start)} redirects more than ${maxRedirects} times. ${howToMove}`);
}

/** Where a response that is no page leads on to. */
function nextAddress({ headers, status }: Response, url: URL, start: URL): URL {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) {
    const isGone = status === 404 || status === 410;
    const why = isGone ? ": the page has moved, or is gone" : ", and no page";
    throw new CliError(`${shown(url)} answers with ${status}${why}. ${howToMove}`);
  }
  const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (
    !next ||
    next.host !== start.host ||
    !isAllowed(next) ||
    next.username + next.password !== ""
  ) {
    const where = next ? next.origin : "what is no address";
    throw new CliError(`${shown(start)} has moved: it redirects to ${where}. ${howToMove}`);
  }
  next.hash = "";
  return next;
}

async function readBody(response: Response, maxBytes: number, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > maxBytes) {
      await reader?.cancel();
      throw new CliError(`${shown(url)} is larger than ${maxBytes} bytes: that is not the page.`);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

function textOf(bytes: Uint8Array, { headers }: Response, url: URL): string {
  const contentType = headers.get("content-type") ?? "";
  const [type = ""] = contentType.toLowerCase().split(/[;\s]/, 1);
  const isHtml = type === "text/html" || type === "application/xhtml+xml";
  if (!isHtml && !["text/plain", "text/markdown", "text/x-markdown"].includes(type)) {
    const what = type === "" ? "without a content-type" : `of the type ${type}`;
    throw new CliError(
      `${shown(url)} is ${what}: the page is HTML, Markdown or text. ${howToMove}`,
    );
  }
  const text = decode(bytes, contentType, isHtml, url);
  if (text.trim() === "") throw new CliError(`${shown(url)} is empty. ${howToMove}`);
  if (isHtml) return htmlText(text, shown(url));
  const isMarkdown = type !== "text/plain" || /^#{1,6} \S/m.test(text);
  return isMarkdown ? htmlText(markdown.render(text), shown(url)) : text;
}

// Each line of the page is a line of its own, as a person would see it in the source.
const markdown = new MarkdownIt({ html: true, breaks: true });

/**
 * The text of a page of HTML.
 *
 * @throws {CliError} if the page has no content before its scripts have run
 */
export function htmlText(html: string, name: string): string {
  const { needsBrowser, text } = readHtml(html);
  if (!needsBrowser) return text;
  throw new CliError(
    `${name} needs a browser: its HTML has no content, and scripts that would fetch it. Open the page in a browser, ` +
      "select all, copy, paste into a file, and give that file.",
  );
}

/** Decodes a body as a browser does: by its byte order mark, its header, then its own word. */
function decode(bytes: Uint8Array, contentType: string, isHtml: boolean, url: URL): string {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  const [, inHeader] = /charset\s*=\s*"?([\w:.-]+)/i.exec(contentType) ?? [];
  const [, inPage] = (isHtml && /<meta\b[^>]*charset\s*=\s*["']?([\w:.-]+)/i.exec(start)) || [];
  const label = byteOrderMark(start) ?? inHeader ?? inPage ?? "utf-8";
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError(`${shown(url)} is no text in ${label}.`, { cause });
  }
}

function byteOrderMark(start: string): string | undefined {
  if (start.startsWith("\xEF\xBB\xBF")) return "utf-8";
  if (start.startsWith("\xFF\xFE")) return "utf-16le";
  return start.startsWith("\xFE\xFF") ? "utf-16be" : undefined;
}
