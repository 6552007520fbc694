/** Something that the document says and the page does not. */
export interface Reviewed {
  /** JSON pointer; `*` stands for any one key, `**` for any number of them. */
  readonly at: string;
  /** The exact value. Without it, any text that is not blank. */
  readonly is?: unknown;
  /** Why it has to be said. */
  readonly because: string;
}

/**
 * What the document may say beyond the page without an `x-source` that explains it: kinds of things, wherever they
 * stand. A name or a value of the API has no place here; it stands in the document, beside its `x-source`.
 */
export const beyondThePage: readonly Reviewed[] = [
  { at: "/openapi", because: "The document's own format." },
  { at: "/**/description", because: "In our own words. An empty one is still to be written." },
  { at: "/**/x-source", because: "Says where something beyond the page is from." },
  { at: "/paths/*/*/operationId", because: "The name of the client's method, which we choose." },
  { at: "/paths/*/*/tags/*", because: "The heading of the page; lint knows which tags there are." },
  { at: "/tags/*/externalDocs/url", because: "The address of the page, which the page is at." },
  {
    at: "/security/*/*",
    is: [],
    because: "Requests carry a token of a scheme that says where it is from. No scopes are stated.",
  },
];
