import { server } from "../generated/operations.js";
import type { PaginationReason } from "./errors.js";
import { withoutSecrets } from "./secrets.js";

/**
 * What to do with the link to the next page:
 *
 * - `"same-origin"`: follow it on the origin of `baseUrl`, refuse any other before a credential is sent. Links that
 *   name the document's own server are taken as rebased, so that a mock or gateway in front of the API works.
 * - `"rebase"`: keep its path and query, and stay on `baseUrl`.
 * - a function: returns the URL to ask for. It gets the token, whatever its origin: allow only what you know.
 */
export type NextPagePolicy = "same-origin" | "rebase" | ((next: URL, current: URL) => URL);

/** A link that cannot be followed, and why. */
export interface BadLink {
  readonly reason: PaginationReason;
  /** The link as a URL, where it may be kept. */
  readonly href: string;
  /** What the policy threw, without what is private. */
  readonly cause?: unknown;
}

/**
 * Where the next page is: the value of the paging header, a full URL, a path or a query, such as
 * `https://api.loke.global/organizations/1/customers?after=01FCCGYZA9JPQ97HBSTKW0KT7P`.
 */
export function followLink(
  link: string,
  current: URL,
  baseUrl: URL,
  policy: NextPagePolicy,
): URL | BadLink {
  // A URL in a header has no blank, control character or backslash; `new URL` would mend them without a word.
  const isWhole = /^[!-[\]-~]+$/.test(link) && URL.canParse(link, current);
  let url = isWhole ? new URL(link, current) : undefined;
  if (!isHttp(url)) return invalidLink;
  if (/^\/(?!\/)/.test(link)) url.pathname = underBase(url, baseUrl);
  if (typeof policy === "function") {
    try {
      url = new URL(policy(url, new URL(current)));
      url.hash = "";
      return isHttp(url) ? url : invalidLink;
    } catch (cause) {
      const values = [
        ...new URL(link, current).searchParams.values(),
        ...current.searchParams.values(),
      ];
      return { ...invalidLink, cause: withoutSecrets(cause, values) };
    }
  }
  url.hash = "";
  if (url.origin === baseUrl.origin && policy === "same-origin") return url;
  if (policy === "rebase" || url.origin === new URL(server).origin) {
    const rebased = new URL(baseUrl);
    rebased.pathname = underBase(url, baseUrl);
    rebased.search = url.search;
    return rebased;
  }
  return { reason: "foreign-origin", href: url.href };
}

const invalidLink: BadLink = { reason: "invalid-link", href: "about:invalid" };

/** Whether a value is an http(s) URL without user name and password. */
export function isHttp(url: unknown): url is URL {
  return url instanceof URL && /^https?:$/.test(url.protocol) && !(url.username + url.password);
}

/** The path below the base URL's own, which a gateway adds and the API does not know. */
function underBase({ pathname }: URL, baseUrl: URL): string {
  const prefix = baseUrl.pathname.replace(/\/$/, "");
  return pathname.startsWith(`${prefix}/`) ? pathname : prefix + pathname;
}
