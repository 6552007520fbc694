import { server } from "../generated/operations.js";
import type { PaginationReason } from "./errors.js";
import type { Operation } from "./operation.js";
import { redact } from "./redact.js";
import { isHttp, isSecure, parseUrl } from "./url.js";

/**
 * Which link to the next page is followed:
 *
 * - `"same-origin"`: one on the origin of `baseUrl`; any other throws before a credential is sent. A link on the
 *   document's own server is rebased, so that a mock or gateway in front of the API works.
 * - `"rebase"`: any, with its path and query on `baseUrl`.
 * - a function: returns the URL to request. It gets the token, whatever its origin: allow only origins that you know.
 */
export type NextPagePolicy = "same-origin" | "rebase" | ((next: URL, current: URL) => URL);

/** A link that cannot be followed, and why. */
export interface BadLink {
  readonly reason: PaginationReason;
  /** The link as a URL, where it may be kept. */
  readonly href: string;
  /** The redacted error of the policy, if it threw one. */
  readonly cause?: unknown;
}

/** The options that decide on a link. */
interface LinkOptions {
  readonly baseUrl: URL;
  readonly allowHttp: boolean;
  readonly nextPage: NextPagePolicy;
}

/** The headers of a page have arrived. */
interface PageResponse {
  readonly list: NonNullable<Operation["list"]>;
  readonly response: Response;
  /** The URL that was requested. */
  readonly url: string;
  readonly options: LinkOptions;
}

/**
 * Returns where the next page is, or `undefined` after the last one. The only function that knows how this API pages: a
 * header holds the link.
 */
export function findNextPage({
  list,
  options,
  response,
  url,
}: PageResponse): URL | BadLink | undefined {
  const link = response.headers.get(list.header);
  if (!link) return undefined;
  // Only a redirect changes the URL that a path or query is relative to: a custom `fetch` can answer from elsewhere.
  const current = new URL(response.redirected ? response.url : url);
  return followLink(link, current, options);
}

/**
 * Whether a page may have a next link that is hidden. A script sees of a CORS response only the headers that the server
 * exposes, so a full page without a link is more likely cut off than the last. Without a documented page size no page is
 * known to be full.
 */
export function hidesNextPage(
  { header, pageSize = Number.POSITIVE_INFINITY }: PageResponse["list"],
  { headers, type }: Response,
  itemCount: number,
): boolean {
  return type === "cors" && !headers.has(header) && itemCount >= pageSize;
}

/**
 * Resolves a link to the next page: a full URL, a path or a query, such as
 * `https://api.loke.global/organizations/1/customers?after=01FCCGYZA9JPQ97HBSTKW0KT7P`.
 */
export function followLink(
  link: string,
  current: URL,
  { allowHttp, baseUrl, nextPage }: LinkOptions,
): URL | BadLink {
  // A URL in a header has no blank, control character or backslash; `new URL` would repair them silently.
  let url = /^[!-[\]-~]+$/.test(link) ? parseUrl(link, current) : undefined;
  if (!isHttp(url)) return invalidLink;
  if (/^\/(?!\/)/.test(link)) url.pathname = underBase(url, baseUrl);
  if (typeof nextPage === "function") {
    try {
      url = new URL(nextPage(url, new URL(current)));
      url.hash = "";
      return isHttp(url) && isSecure(url, allowHttp) ? url : invalidLink;
    } catch (error) {
      const links = [new URL(link, current), current];
      const values = links.flatMap(({ searchParams }) => [...searchParams.values()]);
      return { ...invalidLink, cause: redact(error, values) };
    }
  }
  url.hash = "";
  if (url.origin === baseUrl.origin && nextPage === "same-origin") return url;
  if (nextPage === "rebase" || url.origin === new URL(server).origin) {
    const rebased = new URL(baseUrl);
    rebased.pathname = underBase(url, baseUrl);
    rebased.search = url.search;
    return rebased;
  }
  return { reason: "foreign-origin", href: url.href };
}

const invalidLink: BadLink = { reason: "invalid-link", href: "about:invalid" };

/** The path below the base URL's own, which a gateway adds and the API does not know. */
function underBase({ pathname }: URL, baseUrl: URL): string {
  const prefix = baseUrl.pathname.replace(/\/$/, "");
  return pathname.startsWith(`${prefix}/`) ? pathname : prefix + pathname;
}
