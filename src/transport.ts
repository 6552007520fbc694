import createFetchClient from "openapi-fetch";
import type { SortedArguments } from "./arguments.js";
import type { Operation } from "./operation.js";
import type { Settings } from "./options.js";

/** What is asked for: an operation with its arguments, or the next page of one. */
export type Target = SortedArguments | URL;

export interface Delivery {
  /** The response, with a body still to be read if it is a success. */
  readonly response: Response;
  /** The body of a failure: parsed if it is JSON, else its text; `undefined` if it is empty. */
  readonly errorBody: unknown;
  /** The URL that was asked for. */
  readonly url: string;
}

/**
 * What openapi-fetch makes of a call, in place of a `Request`: the global `fetch` would make a second `Request` of that,
 * with an `AbortSignal` for each, at a sixth of the cost of a call.
 */
class PlannedRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly method: string | undefined;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
    this.method = init.method;
  }
}

const client = createFetchClient<Record<string, Record<string, never>>>();

/**
 * Sends one request. All of openapi-fetch is behind this function: it builds the URL, serialises query and body, and
 * plans the request. The body of a success is left to the caller, who has work to do between headers and body.
 *
 * @param onResponse - called when the headers have arrived, before the body of a failure is read
 */
export async function send(
  operation: Operation,
  target: Target,
  settings: Settings,
  headers: Record<string, string>,
  signal: AbortSignal,
  onResponse: (response: Response) => void,
): Promise<Delivery> {
  let url = "";
  const options = {
    baseUrl: settings.baseUrl.href,
    headers,
    signal,
    parseAs: "stream",
    Request: PlannedRequest,
    async fetch({ url: planned, init }: PlannedRequest) {
      url = planned;
      const given = settings.fetch;
      const response = await (given ? given(new Request(url, init)) : fetch(url, init));
      // A fetch that does not heed its signal: nobody is left to read the body.
      if (signal.aborted) await response.body?.cancel();
      signal.throwIfAborted();
      onResponse(response);
      return response;
    },
    ...(target instanceof URL
      ? {
          // Byte for byte: the link holds all the context, and nothing of it is ours to rewrite.
          params: { path: {} },
          pathSerializer: () => target.origin + target.pathname,
          querySerializer: () => target.search,
        }
      : { params: target, body: target.body }),
  };
  const { method, path } = operation;
  const { response, error } = await client.request(
    method as "get",
    path as never,
    options as never,
  );
  return { response, errorBody: error === "" ? undefined : error, url };
}
