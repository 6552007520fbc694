import { operations, server } from "../generated/operations.js";
import { parseArguments, type SortedArguments } from "./arguments.js";
import { type Call, performCall } from "./call.js";
import { type Environment, realEnvironment } from "./environment.js";
import { createList, type List } from "./list.js";
import type { ArgumentsOf, ItemOf, Operation, OperationId, ResultOf } from "./operation.js";
import {
  type CallOptions,
  type ClientOptions,
  type ListOptions,
  parseCallOptions,
  parseClientOptions,
} from "./options.js";

/** Arguments and options of a method; the arguments may be left out where none is required. */
type Inputs<Arguments, Options> = object extends Arguments
  ? [args?: Arguments, options?: Options]
  : [args: Arguments, options?: Options];

/** The result of a call together with its response. */
export interface WithResponse<Result> {
  readonly data: Result;
  /** The response, for its status, headers and url. Its body has been read. */
  readonly response: Response;
}

/** A method that makes one call. */
export interface Method<Id extends OperationId> {
  (...inputs: Inputs<ArgumentsOf<Id>, CallOptions>): Promise<ResultOf<Id>>;
  /** Makes the call, and resolves with the response beside the data. */
  withResponse(
    ...inputs: Inputs<ArgumentsOf<Id>, CallOptions>
  ): Promise<WithResponse<ResultOf<Id>>>;
}

/** A method that returns a list. No request is sent before the list is read. */
export type ListMethod<Id extends OperationId> = (
  ...inputs: Inputs<ArgumentsOf<Id>, ListOptions>
) => List<ItemOf<Id>>;

/**
 * A client of the API: one method per operation of the document, named by its `operationId`.
 *
 * @interface
 */
export type LokeClient = {
  readonly [Id in keyof typeof operations]: (typeof operations)[Id] extends { list: object }
    ? ListMethod<Id>
    : Method<Id>;
};

/**
 * Returns a client of the LOKE Customers API (beta). It holds no connection and no state: one per access token is
 * enough, and there is nothing to close.
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

/** `createClient` with another clock and source of randomness: for tests. */
export function createClientIn(environment: Environment, options: ClientOptions): LokeClient {
  const base = parseClientOptions(options);
  const { href, origin, pathname } = base.baseUrl;
  // A path of `baseUrl` is not named: that of a gateway can hold a key.
  const below = pathname === "/" ? "" : ", below the path of baseUrl";
  const elsewhere = href === new URL(server).href ? "" : ` at ${origin}${below}`;
  const methods = Object.entries<Operation>(operations).map(([id, operation]) => {
    const { list, method, path } = operation;
    const description = `${id} (${method} ${path}${elsewhere})`;
    const scope = list ? "list" : "call";
    const createCall = (args: unknown, callOptions: ListOptions = {}) => {
      const target = parseArguments(id, operation, args);
      const resolved = parseCallOptions(callOptions, { caller: id, scope, base });
      return { id, description, operation, environment, target, options: resolved };
    };
    return [id, list ? listMethod(createCall, list) : singleMethod(createCall)];
  });
  return Object.fromEntries(methods);
}

type CreateCall = (args: unknown, options?: ListOptions) => Call & { target: SortedArguments };

function singleMethod(createCall: CreateCall) {
  async function withResponse(args?: unknown, options?: CallOptions) {
    const { data, response } = await performCall(createCall(args, options));
    return { data, response };
  }
  const onlyData = async (args?: unknown, options?: CallOptions) =>
    (await performCall(createCall(args, options))).data;
  return Object.assign(onlyData, { withResponse });
}

function listMethod(createCall: CreateCall, list: NonNullable<Operation["list"]>) {
  return (args?: unknown, options?: ListOptions) => createList(createCall(args, options), list);
}
