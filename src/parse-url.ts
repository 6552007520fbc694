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

/** Whether a URL leads to this machine, so that http is safe. */
export function isLoopback({ hostname }: URL): boolean {
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
