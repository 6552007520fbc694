/** Something that the document says and the page does not. */
export interface Reviewed {
  /** JSON pointer; `*` stands for any one key, `**` for any number of them. */
  readonly at: string;
  /** The exact value. Without it, any text that is not blank. */
  readonly is?: unknown;
  /** Where it is from, or why it has to be said. */
  readonly because: string;
}

const paging = "LOKE's guide to paging";
const authentication = "LOKE's guide to authentication";
const fromExample = "Read off the page's example.";
const oauth2 = "/components/securitySchemes/oauth2";
const flows = `${oauth2}/flows`;
const nextPage = "/paths/*/*/responses/*/headers/X-Next-Page";

/**
 * All that the document may say beyond the page, each with its reason. Patterns are only for what is one kind of thing
 * wherever it stands, so that an operation which the vendor adds needs no entry. Anything else, and a new format among
 * it, is reported until somebody has added it here.
 */
export const beyondThePage: readonly Reviewed[] = [
  { at: "/openapi", is: "3.1.0", because: "The document's own format." },
  {
    at: "/info/title",
    is: "LOKE Customers API",
    because: "Every document has a title; it is ours.",
  },
  { at: "/servers/0/url", is: "https://api.loke.global", because: `From ${paging}.` },
  {
    at: "/security/0/oauth2",
    is: [],
    because: `${authentication}: each request has a token. No scopes are stated.`,
  },

  { at: "/**/description", because: "In our own words. An empty one is still to be written." },
  { at: "/**/x-source", because: "Says where something beyond the page is from." },
  { at: "/paths/*/*/operationId", because: "The name of the client's method, which we choose." },
  { at: "/paths/*/*/tags/*", because: "The heading of the page; lint knows which tags there are." },

  { at: `${nextPage}/required`, is: false, because: `${paging}: the last page is without it.` },
  { at: `${nextPage}/schema/type`, is: "string", because: `${paging}: it holds a URL.` },

  { at: `${oauth2}/type`, is: "oauth2", because: `From ${authentication}.` },
  ...["clientCredentials", "authorizationCode"].flatMap((flow) => [
    {
      at: `${flows}/${flow}/tokenUrl`,
      is: "https://auth.loke.global/token",
      because: `From ${authentication}.`,
    },
    { at: `${flows}/${flow}/scopes`, is: {}, because: "No scopes are stated." },
  ]),
  {
    at: `${flows}/authorizationCode/authorizationUrl`,
    is: "https://auth.loke.global/authorize",
    because: `From ${authentication}.`,
  },

  {
    at: format("Customer", "dob"),
    is: "date",
    because: "The page states it in words: YYYY-MM-DD.",
  },
  { at: format("Customer", "createdAt"), is: "date-time", because: fromExample },
  { at: format("Customer", "updatedAt"), is: "date-time", because: fromExample },
  { at: format("Customer", "email"), is: "email", because: fromExample },
  {
    at: format("CustomerTiny", "email"),
    is: "email",
    because: "Read off the page's example of Customer.",
  },
  { at: format("CustomerStatistics", "lastPointsEarnedAt"), is: "date-time", because: fromExample },
  {
    at: format("CustomerStatistics", "lastPointsRedeemedAt"),
    is: "date-time",
    because: fromExample,
  },
  {
    at: format("CustomerStatistics", "lastSpentAt"),
    is: "date-time",
    because: "Read off the page's example; its words speak of a date.",
  },
];

function format(model: string, field: string): string {
  return `/components/schemas/${model}/properties/${field}/format`;
}
