import { withPolicy } from "./policy.js";

/** For the head of each page: there is no icon, and no browser need ask the server for one. */
export const noIcon = '<link rel="icon" href="data:,">';

export interface PageParts {
  title: string;
  description: string;
  /** Style sheets, as text. */
  style: string;
  /** What else stands in the head, as HTML. */
  head?: string;
  /** As HTML. */
  body: string;
}

/** A page of HTML that holds its style itself. */
export function pageFrame({ title, description, style, head = "", body }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${noIcon}
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
${head}
<style>
${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** A page of words under the header that all pages of the site have. */
export function textPage({
  header,
  main,
  ...parts
}: Omit<PageParts, "body"> & { header: string; main: string }): string {
  const body = `${header}\n<main class="site-text">\n${main}</main>`;
  return withPolicy(pageFrame({ ...parts, body }), {
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
  });
}

/** Text for HTML, also between double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
