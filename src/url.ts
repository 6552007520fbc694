/**
 * Returns a URL, or `undefined` for what is none. Browsers from before 2023 and the jsdom of Jest 29 have no
 * `URL.canParse`.
 */
export function parseUrl(href: string, base?: URL): URL | undefined {
  try {
    return new URL(href, base);
  } catch {
    return undefined;
  }
}

/** Parses the address of a server: an http(s) URL without user name, password, query and fragment. */
export function parseAddress(value: unknown): URL | undefined {
  const href = String(value);
  const url = /[?#]/.test(href) ? undefined : parseUrl(href);
  return isHttp(url) ? url : undefined;
}

/** Whether a value is an http(s) URL without user name and password. */
export function isHttp(url: unknown): url is URL {
  return url instanceof URL && /^https?:$/.test(url.protocol) && !(url.username + url.password);
}

/** Whether a token can be sent to a URL: over http it can be read on the network, unless it stays on this machine. */
export function isSecure(url: URL, allowHttp = false): boolean {
  return url.protocol === "https:" || allowHttp || isLoopback(url);
}

/** Whether a URL leads to this machine, so that http is safe. */
export function isLoopback({ hostname }: URL): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
