/** The sections of an operation, as the page names them. */
export const sectionNames = ["Parameters", "Request Body", "Responses"] as const;

const methods = "get|put|post|delete|options|head|patch";

/** `get /organizations/{organizationId}/customers`, also as `GET`, which is how a browser may show it. */
export function requestOf(text: string): string | undefined {
  const [, method, path] = new RegExp(`^(${methods})\\s+(/[\\w\\-.~:/{}]*)$`, "i").exec(text) ?? [];
  return method && path && `${method.toLowerCase()} ${path}`;
}

/** Whether a line is the name of one of an operation's sections. */
export function isSection(text: string): boolean {
  return (sectionNames as readonly string[]).includes(text);
}

/** `200: OK response.Customer`, well-formed or not. */
export function startsResponse(text: string): boolean {
  return /^\d{3}:/.test(text);
}

/** Whether a line begins the JSON of an example. */
export function startsJson(text: string): boolean {
  return /^[[{]/.test(text);
}

const values = String.raw`"[^"]*"(?:,\s*"[^"]*")*`;

/** `"created", "updated"`: the values of the row above it. A pipe can end the cell that they are in. */
export function valuesOf(text: string): string[] | undefined {
  if (!new RegExp(`^${values}(?:\\s*\\|)?$`).test(text)) return undefined;
  return [...text.matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value);
}

/** The words of a cell, and the list of values that it ends in, if it does. */
export function partValues(cell: string): { words: string; list?: string } {
  const [, words = "", list] = new RegExp(`^(.*?)(?:(?<=^|\\s)(${values}))?$`).exec(cell) ?? [];
  return { words: words.trim(), ...(list === undefined ? {} : { list }) };
}

/** Whether a line can only be from an example or a list of values: it is no sentence and no title. */
export function isData(text: string): boolean {
  return /^[{}[\]]|^"[^"]*"\s*:/.test(text) || valuesOf(text) !== undefined;
}

/** The text that begins the vendor's list of what is on the page: what follows is no part of it. */
export function startsNavigation(text: string): boolean {
  return text === "In this article";
}

export function startsBeta(text: string): boolean {
  return /^BETA\b/.test(text);
}

/** Whether a line can be an operation's title: a label, not a sentence. */
export function isTitle(text: string): boolean {
  return !/[.!?:;,]$/.test(text) && text.length <= 80;
}

/** Whether a line can be the name of a model. */
export function isModelName(text: string): boolean {
  return /^[A-Za-z]\w*$/.test(text);
}
