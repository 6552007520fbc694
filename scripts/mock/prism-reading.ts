import type { DocumentedOperation } from "./operations.js";

/** A request on its way to Prism. */
export interface PrismRequest {
  readonly method: string;
  /** As the document has it. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

/** Of one hop only (RFC 9110, section 7.6.1), or said anew by whoever sends the body. */
const hopHeaders = [
  ..."connection keep-alive proxy-connection te trailer transfer-encoding upgrade".split(" "),
  ..."content-length expect host".split(" "),
];

/** How Prism is told what to mock, which a check has no use for. */
const promptHeader = "prefer";

/**
 * Writes a request so that Prism reads what it means, and only what the document has. Each of these Prism reads in another
 * way than HTTP and OpenAPI do, or throws at it where nobody catches.
 *
 * @param operation - what the request is for, if it is for any
 */
export function asPrismReads(
  request: PrismRequest,
  operation: DocumentedOperation | undefined,
): PrismRequest {
  const { method } = request;
  const body = operation?.hasBody ? request.body : "";
  const headers = new Headers(request.headers);
  for (const name of [...hopHeaders, promptHeader]) headers.delete(name);
  // The case of the scheme matters to Prism.
  const token = /^bearer (.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  // It throws at a type that is none.
  const type = headers.get("content-type") ?? "";
  if (body === "") headers.delete("content-type");
  else if (!/^([\w.+-]+\/[\w.+-]+\s*(;|$)|$)/.test(type)) headers.set("content-type", "any/any");
  // It takes `Sort` for `sort`, and `__code` for a word to itself.
  const names = operation?.queryNames ?? [];
  const known = [...request.query].filter(([name]) => names.includes(name.replace(/\[.*$/s, "")));
  // A comma makes a list of what is a text.
  const isList = Object.values(operation?.pathParameters ?? {}).some((one) => one.type === "array");
  const path = isList ? request.path : request.path.replaceAll(/,|%2c/gi, "_");
  return { method, path, headers, body, query: new URLSearchParams(known) };
}
