import { operations } from "../generated/operations.js";
import { type SortedArguments, sortArguments } from "./arguments.js";
import { type Call, perform } from "./call.js";
import { type Environment, realEnvironment } from "./environment.js";
import { createList, type List } from "./list.js";
import { followLink } from "./next-page.js";
import type { ArgumentsOf, ItemOf, Operation, OperationId, ResultOf } from "./operation.js";
import {
  type CallOptions,
  type ClientOptions,
  defaults,
  type ListOptions,
  settle,
} from "./options.js";
import { type Places, placesOf } from "./place.js";
import type { Target } from "./transport.js";

/** Arguments and options of a method; the arguments may be left out where none is required. */
type Inputs<Arguments, Options> = object extends Arguments
  ? [args?: Arguments, options?: Options]
  : [args: Arguments, options?: Options];

/** What a call gives together with its response. */
export interface WithResponse<Result> {
  readonly data: Result;
  /** For its status, headers and url: its body has been read. */
  readonly response: Response;
}

/** A method that makes one call. */
export interface Method<Id extends OperationId> {
  (...inputs: Inputs<ArgumentsOf<Id>, CallOptions>): Promise<ResultOf<Id>>;
  /** Makes the call, and gives the response beside the data. */
  withResponse(
    ...inputs: Inputs<ArgumentsOf<Id>, CallOptions>
  ): Promise<WithResponse<ResultOf<Id>>>;
}

/** A method that gives a list, to be read page by page. Nothing is sent before it is read. */
export type ListMethod<Id extends OperationId> = (
  ...inputs: Inputs<ArgumentsOf<Id>, ListOptions>
) => List<ItemOf<Id>>;

/** A client of the API: one method per operation of the document, named by its `operationId`. */
export type LokeClient = {
  readonly [Id in keyof typeof operations]: (typeof operations)[Id] extends { list: object }
    ? ListMethod<Id>
    : Method<Id>;
};

/**
 * Makes a client of the LOKE Customers API (beta). It keeps no connection and no state, so one for each access
 * token is enough, and there is nothing to close.
 *
 * @throws {TypeError} naming the option that is wrong.
 *
 * @example
 * import { createClient } from "loke-customers";
 *
 * const loke = createClient({ accessToken: process.env.LOKE_ACCESS_TOKEN });
 * const customer = await loke.getCustomer({
 *   organizationId: process.env.LOKE_ORGANIZATION_ID ?? "",
 *   customerId: "01FCCGYZA9JPQ97HBSTKW0KT7P",
 * });
 * console.log(customer.id);
 */
export function createClient(options: ClientOptions = {}): LokeClient {
  return createClientIn(realEnvironment, options);
}

/** `createClient` with a clock and chance of the caller's: for tests. */
export function createClientIn(environment: Environment, options: ClientOptions): LokeClient {
  const client = settle("createClient", "client", options, defaults);
  const methods = Object.entries<Operation>(operations).map(([id, operation]) => {
    const { list, method, path } = operation;
    // The path as the document writes it holds no value, so that messages may name it.
    const known = { id, label: `${id} (${method} ${path})`, operation, environment };
    const prepare = (args: unknown, given: ListOptions = {}) => {
      const target = sortArguments(id, operation, args);
      return { ...known, target, settings: settle(id, list ? "list" : "call", given, client) };
    };
    return [id, list ? listMethod(prepare, list) : singleMethod(prepare)];
  });
  return Object.fromEntries(methods);
}

type Prepare = (args: unknown, options?: ListOptions) => Call & { target: SortedArguments };

function singleMethod(prepare: Prepare) {
  async function withResponse(args?: unknown, options?: CallOptions) {
    const { data, response } = await perform(prepare(args, options));
    return { data, response };
  }
  const onlyData = async (args?: unknown, options?: CallOptions) =>
    (await perform(prepare(args, options))).data;
  return Object.assign(onlyData, { withResponse });
}

function listMethod(prepare: Prepare, list: NonNullable<Operation["list"]>) {
  return (args?: unknown, options?: ListOptions) => {
    const call = prepare(args, options);
    const places = placesOf(call.id, call.target);
    return createList({ ...call, list, places, target: startOf(call, places) });
  };
}

/** What to ask for first: the page that the option `from` stands for, or the beginning of the list. */
function startOf({ id, settings, target }: ReturnType<Prepare>, places: Places): Target {
  const { baseUrl, from, nextPage } = settings;
  const href = from === undefined ? "" : places.decode(from);
  if (!href) return target;
  // A place is the outcome of the policy already, but for one on another origin, which had none.
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.origin === baseUrl.origin) return url;
  const next =
    nextPage === "same-origin" ? undefined : followLink(href, baseUrl, baseUrl, nextPage);
  if (next instanceof URL) return next;
  throw new TypeError(`${id}: "from" names no place on ${baseUrl.origin}, the origin of baseUrl.`);
}
