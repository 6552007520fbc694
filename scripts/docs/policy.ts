import { createHash } from "node:crypto";

/**
 * Puts a Content-Security-Policy into a page of HTML: nothing from elsewhere, nothing to elsewhere, and of the scripts
 * in the page itself only those that are there now, by their hashes.
 *
 * @param sources - what else the page needs, by directive
 */
export function withPolicy(html: string, sources: Readonly<Record<string, string>> = {}): string {
  const hashes = [...new Set(inlineScripts(html).map(hash))];
  const scripts = [...hashes, sources["script-src"]].filter(Boolean).join(" ");
  const directives = {
    "default-src": "'none'",
    ...sources,
    "script-src": scripts || "'none'",
    "connect-src": sources["connect-src"] ?? "'none'",
    "form-action": "'none'",
    "base-uri": "'none'",
  };
  const policy = Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const charset = /<meta charset="utf-8" ?\/?>/i;
  if (!charset.test(html)) throw new Error("The page has no <meta charset> to put a policy after.");
  // Before every script and style: a policy does not reach what stands above it.
  return html.replace(charset, (found) => found + meta);
}

/** The text of each script that a page holds itself. */
function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
    .filter(([, attributes = ""]) => !/\bsrc=/.test(attributes))
    .map(([, , text = ""]) => text);
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
