// A user's program. It is compiled against the packed tarball, by each compiler and in each way (types.test.ts), and
// never run. Each public name is used as a user would, and each mistake that the types must catch is made.
import {
  type AccessToken,
  ApiError,
  type ArgumentsOf,
  AuthenticationError,
  BadRequestError,
  type CallOptions,
  type ClientOptions,
  ConnectionError,
  type Customer,
  type CustomerListTiny,
  type CustomerStatistics,
  createClient,
  type Drift,
  type DriftEvent,
  type DriftFinding,
  type DriftKind,
  type ErrorBodyOf,
  type ItemIterator,
  type ItemOf,
  isApiError,
  isLokeError,
  type List,
  type ListMethod,
  type ListOptions,
  type LokeClient,
  LokeError,
  type LokeEvent,
  type Method,
  type NextPagePolicy,
  NotFoundError,
  type OperationId,
  type Pace,
  type Page,
  type PageEvent,
  PaginationError,
  type PaginationReason,
  PermissionError,
  RateLimitError,
  type RequestEvent,
  ResponseError,
  type ResponseEvent,
  type ResultOf,
  type RetryEvent,
  type RetryOptions,
  type RetryReason,
  ServerError,
  TimeoutError,
  type WaitEvent,
  type WaitReason,
  type WalkProgress,
  type WithResponse,
} from "loke-customers";
import {
  type ClientCredentialsOptions,
  clientCredentials,
  type IssuerOptions,
  type RefreshTokenOptions,
  refreshToken,
  TokenError,
  type TokenProvider,
} from "loke-customers/auth";
import { type DriftOptions, watchDrift } from "loke-customers/drift";
import apiDocument from "loke-customers/openapi.json" with { type: "json" };
import { adaptivePace, type PaceOptions, type PaceWait } from "loke-customers/pace";
import {
  type CollectionName,
  createMockApi,
  type Fault,
  type FaultName,
  type ItemInput,
  type ListFault,
  type ListFaultName,
  type ListInput,
  type ListOperationId,
  type MockApi,
  type MockApiOptions,
  type MockRequest,
  type NamedFault,
  type Occasion,
  type RateLimit,
  type StatusFault,
} from "loke-customers/testing";

type IsSame<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the value is of exactly that type; `any` is not. */
declare function expectType<Expected>(): <Actual>(
  value: Actual,
  ...same: IsSame<Actual, Expected> extends true ? [] : ["is of another type"]
) => void;

const organizationId = "01F8MECHZX3TBDSZ7XRADM79XV";
const customerId = "01FCCGYZA9JPQ97HBSTKW0KT7P";

// Clients

const accessToken: AccessToken = async ({ refresh }) => {
  expectType<boolean>()(refresh);
  return refresh ? "fresh" : "token";
};
const retry: RetryOptions = {
  limit: 5,
  baseDelayMs: 100,
  maxDelayMs: 1_000,
  maxRetryAfterMs: 10_000,
};
const nextPage: NextPagePolicy = (next, current) => {
  expectType<URL>()(next);
  expectType<URL>()(current);
  return next;
};
const allOptions: ClientOptions = {
  accessToken,
  baseUrl: new URL("https://gateway.example.com/loke"),
  fetch: globalThis.fetch,
  headers: { "x-trace": "1" },
  timeoutMs: 10_000,
  deadlineMs: 60_000,
  retry,
  nextPage,
  prefetch: 0,
  onEvent: (event) => console.log(describe(event)),
};
export const loke = createClient(allOptions);
expectType<LokeClient>()(loke);

createClient();
createClient({ accessToken: "token", baseUrl: "http://localhost:4010", retry: false });
createClient({ accessToken: () => "token", retry: 0, nextPage: "rebase", headers: [["a", "b"]] });
createClient({ accessToken: undefined, fetch: undefined, headers: new Headers(), retry: {} });
createClient({ fetch: async (url, { method }) => new Response(`${method} ${url}`) });

// An argument that may be undefined, such as one of a form, also where optional properties are exact.
const sought: string | undefined = allOptions.headers ? "ada@example.com" : undefined;
loke.listCustomers({ organizationId: "org", email: sought, sort: undefined });

// @ts-expect-error a misspelt option
createClient({ acessToken: "token" });
// @ts-expect-error an option of calls
createClient({ signal: AbortSignal.timeout(1_000) });
// @ts-expect-error an option of list calls
createClient({ from: "place" });
// @ts-expect-error a wrong type
createClient({ timeoutMs: "10s" });
// @ts-expect-error a wrong enum value
createClient({ nextPage: "any-origin" });
// @ts-expect-error a misspelt option of retry
createClient({ retry: { retries: 3 } });
// @ts-expect-error true says nothing: how many?
createClient({ retry: true });
// @ts-expect-error a token is not a number
createClient({ accessToken: () => 1 });

// One customer

const callOptions: CallOptions = {
  signal: AbortSignal.timeout(1_000),
  headers: { "x-trace": "2" },
  timeoutMs: 1_000,
  deadlineMs: 5_000,
  retry: 1,
};

export async function oneCustomer() {
  const customer = await loke.getCustomer({ organizationId, customerId }, callOptions);
  expectType<Customer>()(customer);
  expectType<string>()(customer.firstName);
  expectType<string | undefined>()(customer.dob);
  expectType<boolean | undefined>()(customer.hasAgreedToMarketing);
  expectType<number | undefined>()(customer.statistics?.pointsBalance);
  const statistics: CustomerStatistics | undefined = customer.statistics;
  expectType<string>()(statistics?.lastSpentAt ?? "");

  // @ts-expect-error a field that does not exist
  customer.middleName;
  // @ts-expect-error a field that can be absent
  customer.email.length;
  // @ts-expect-error a field that does not exist, further in
  customer.statistics?.points;

  const both = await loke.getCustomer.withResponse({ organizationId, customerId });
  expectType<WithResponse<Customer>>()(both);
  expectType<Customer>()(both.data);
  expectType<Response>()(both.response);
  return { customer, status: both.response.status };
}

export async function mistakesWithOneCustomer() {
  // @ts-expect-error no arguments
  await loke.getCustomer();
  // @ts-expect-error a path value is missing
  await loke.getCustomer({ organizationId });
  // @ts-expect-error a path value is missing
  await loke.getCustomer.withResponse({ customerId });
  // @ts-expect-error a path value that can be undefined
  await loke.getCustomer({ organizationId, customerId: [customerId].find(Boolean) });
  // @ts-expect-error a path value of another type
  await loke.getCustomer({ organizationId, customerId: 1 });
  // @ts-expect-error a misspelt argument
  await loke.getCustomer({ organizationId, customerID: customerId });
  // @ts-expect-error an argument of another operation
  await loke.getCustomer({ organizationId, customerId, sort: "created" });
  // @ts-expect-error a misspelt option
  await loke.getCustomer({ organizationId, customerId }, { timeout: 1_000 });
  // @ts-expect-error an option of list calls
  await loke.getCustomer({ organizationId, customerId }, { prefetch: 0 });
  // @ts-expect-error an operation that does not exist
  await loke.deleteCustomer({ organizationId, customerId });
  // @ts-expect-error a customer is no list
  for await (const _ of loke.getCustomer({ organizationId, customerId })) break;
}

// Lists

const listOptions: ListOptions = { ...callOptions, from: undefined, prefetch: 1, nextPage };

export async function everyCustomer(): Promise<string[]> {
  const names: string[] = [];
  const customers = loke.listCustomers({ organizationId, sort: "updated" }, listOptions);
  expectType<List<Customer>>()(customers);
  expectType<ItemIterator<Customer>>()(customers[Symbol.asyncIterator]());
  for await (const customer of customers) {
    expectType<Customer>()(customer);
    names.push(customer.lastName);
  }
  for await (const page of customers.pages()) {
    expectType<Page<Customer>>()(page);
    expectType<Customer[]>()(page.items);
    expectType<string | undefined>()(page.next);
    expectType<Response>()(page.response);
  }
  return names;
}

export async function someCustomers() {
  const page = await loke.listCustomers({ organizationId, email: "john@example.com" }).page();
  const rest = loke.listCustomers(
    { organizationId, email: "john@example.com" },
    { from: page.next },
  );
  const some = await rest.toArray({ limit: 5_000 });
  expectType<Customer[]>()(some);
  return { page, rest, some };
}

export async function memberships() {
  const lists = loke.listMemberships({ organizationId, customerId });
  expectType<List<CustomerListTiny>>()(lists);
  for await (const list of lists) expectType<string>()(list.name);
  return lists.toArray({ limit: 10 });
}

export async function mistakesWithLists() {
  // @ts-expect-error a misspelt argument
  loke.listCustomers({ organizationId, phonenumber: "+61411222333" });
  // @ts-expect-error a wrong enum value
  loke.listCustomers({ organizationId, sort: "name" });
  // @ts-expect-error a path value is missing
  loke.listCustomers({ sort: "created" });
  // @ts-expect-error a misspelt option
  loke.listCustomers({ organizationId }, { form: "place" });
  // @ts-expect-error a wrong type
  loke.listCustomers({ organizationId }, { prefetch: true });
  // @ts-expect-error no limit
  await loke.listCustomers({ organizationId }).toArray();
  // @ts-expect-error no limit
  await loke.listCustomers({ organizationId }).toArray({});
  // @ts-expect-error a list is read, not awaited
  (await loke.listCustomers({ organizationId })).length;
  // @ts-expect-error a list is read with `for await`
  for (const _ of loke.listCustomers({ organizationId })) break;
  // @ts-expect-error a page holds items, not data
  (await loke.listCustomers({ organizationId }).page()).data;
  // @ts-expect-error a field that does not exist
  for await (const list of loke.listMemberships({ organizationId, customerId })) list.title;
  // @ts-expect-error a list has pages with responses instead
  loke.listCustomers.withResponse({ organizationId });
}

// Types of operations, for code between the program and the client

export type AnyOperation = OperationId;
expectType<"getCustomer" | "listCustomers" | "listMemberships">()({} as OperationId);
expectType<Customer>()({} as ResultOf<"getCustomer">);
expectType<Customer[]>()({} as ResultOf<"listCustomers">);
expectType<Customer>()({} as ItemOf<"listCustomers">);
expectType<CustomerListTiny>()({} as ItemOf<"listMemberships">);
expectType<never>()({} as ItemOf<"getCustomer">);
expectType<Method<"getCustomer">>()(loke.getCustomer);
expectType<ListMethod<"listMemberships">>()(loke.listMemberships);

const args: ArgumentsOf<"listCustomers"> = { organizationId, sort: "created", after: customerId };
// The document declares the 404 without a body.
expectType<undefined>()(undefined as ErrorBodyOf<"getCustomer", 404>);
expectType<"created" | "updated" | undefined>()(args.sort);
// @ts-expect-error an operation that does not exist
export type Deleted = ResultOf<"deleteCustomer">;
// @ts-expect-error a wrong enum value
args.sort = "name";

/** Any list of the API, read by one function. */
export async function countItems<Item>(list: List<Item>): Promise<number> {
  let count = 0;
  for await (const { items } of list.pages()) count += items.length;
  return count;
}

// Errors

export function advice(error: unknown): string {
  if (error instanceof NotFoundError) return `none such: ${error.status}`;
  if (error instanceof RateLimitError) {
    expectType<number | undefined>()(error.retryAfterMs);
    return "later";
  }
  if (error instanceof AuthenticationError || error instanceof PermissionError) return "log in";
  if (error instanceof BadRequestError || error instanceof ServerError) return error.message;
  if (error instanceof ApiError) {
    expectType<number>()(error.status);
    expectType<string | undefined>()(error.code);
    expectType<string | undefined>()(error.instance);
    expectType<string | undefined>()(error.requestId);
    expectType<unknown>()(error.body);
    expectType<Headers>()(error.headers);
  }
  if (error instanceof TimeoutError) expectType<"attempt" | "deadline">()(error.scope);
  if (error instanceof PaginationError) expectType<PaginationReason>()(error.reason);
  if (error instanceof ResponseError) {
    expectType<number>()(error.status);
    expectType<string | undefined>()(error.contentType);
  }
  if (error instanceof ConnectionError) return String(error.cause);
  if (error instanceof LokeError) {
    expectType<string>()(error.operation);
    expectType<number>()(error.attempts);
    expectType<WalkProgress | undefined>()(error.walk);
    expectType<string | undefined>()(error.walk?.resumeFrom);
    expectType<number | undefined>()(error.walk?.items);
    // @ts-expect-error the base knows no status
    error.status;
    // @ts-expect-error facts are for reading
    error.attempts = 0;
  }
  return "?";
}

export function adviceAcrossCopies(error: unknown): number | string {
  if (isApiError(error)) return error.status;
  // @ts-expect-error not narrowed
  error.operation;
  return isLokeError(error) ? error.operation : "?";
}

expectType<PaginationReason>()(
  "cycle" as "cycle" | "foreign-origin" | "invalid-link" | "hidden-header",
);
// @ts-expect-error a reason that does not exist
export const reason: PaginationReason = "loop";

// Events

function describe(event: LokeEvent): string {
  switch (event.type) {
    case "request":
      expectType<RequestEvent>()(event);
      return `${event.operation} ${event.method} ${event.path} ${event.attempt} ${event.page ?? "-"}`;
    case "response":
      expectType<ResponseEvent>()(event);
      expectType<number>()(event.durationMs);
      return `${event.status}`;
    case "retry":
      expectType<RetryEvent>()(event);
      expectType<RetryReason>()(event.reason);
      expectType<number | undefined>()(event.status);
      return `${event.delayMs}`;
    case "wait":
      expectType<WaitEvent>()(event);
      expectType<WaitReason>()(event.reason);
      return `${event.durationMs}`;
    case "drift":
      expectType<DriftEvent>()(event);
      expectType<DriftKind>()(event.kind);
      // @ts-expect-error a finding says what was due and what came, not the value
      event.value;
      return `${event.path} ${event.count}`;
    case "page":
      expectType<PageEvent>()(event);
      expectType<boolean>()(event.hasNext);
      // @ts-expect-error a page event says how many, not which
      event.items.length;
      return `${event.page} ${event.items}`;
  }
}

export function describeRetry(event: LokeEvent): string {
  // @ts-expect-error not every event has a reason
  event.reason;
  // @ts-expect-error a type that does not exist
  return event.type === "retried" ? "" : event.type;
}

// Tokens

const issuerOptions: IssuerOptions = {
  clientId: "job",
  issuer: new URL("https://issuer.example.com"),
  scope: undefined,
  clientAuthentication: "post",
  fetch: globalThis.fetch,
  timeoutMs: 5_000,
  refreshBeforeMs: 30_000,
  signal: AbortSignal.timeout(1_000),
};
const credentials: ClientCredentialsOptions = { ...issuerOptions, clientSecret: "secret" };
expectType<TokenProvider>()(clientCredentials(credentials));
createClient({ accessToken: clientCredentials({ clientId: "job", clientSecret: "secret" }) });

const userOptions: RefreshTokenOptions = {
  ...issuerOptions,
  refreshToken: "refresh",
  clientSecret: undefined,
  onRefreshToken: async (token) => expectType<string>()(token),
};
createClient({ accessToken: refreshToken(userOptions) });

export async function ownUseOfTokens(provider: TokenProvider) {
  expectType<string>()(await provider());
  await provider({ refresh: true, signal: AbortSignal.timeout(1_000) });
  // @ts-expect-error a misspelt option
  await provider({ refreshed: true });
}

export function tokenAdvice(error: unknown): string {
  if (!(error instanceof LokeError) || !(error.cause instanceof TokenError)) return "?";
  const { cause } = error;
  expectType<string>()(cause.issuer);
  expectType<number | undefined>()(cause.status);
  expectType<number | undefined>()(cause.retryAfterMs);
  // @ts-expect-error facts are for reading
  cause.status = 0;
  return cause.code ?? cause.message;
}

// @ts-expect-error no secret
clientCredentials({ clientId: "job" });
// @ts-expect-error a secret that can be undefined
clientCredentials({ clientId: "job", clientSecret: [""].find(Boolean) });
// @ts-expect-error a misspelt option
clientCredentials({ ...credentials, clientID: "job" });
// @ts-expect-error a way to authenticate that does not exist
clientCredentials({ ...credentials, clientAuthentication: "none" });
// @ts-expect-error an option of refreshToken
clientCredentials({ ...credentials, onRefreshToken: () => {} });
// @ts-expect-error no refresh token
refreshToken({ clientId: "job" });

// Tests

const occasion: Occasion = { operation: "listCustomers", page: 3, times: 2 };
const resetFault: NamedFault = { fault: "reset-in-body", ...occasion };
const loopName: ListFaultName = "loop";
const loopFault: ListFault = { fault: loopName, operation: "listCustomers" };
const busy: StatusFault = { status: 429, retryAfter: 0, code: "busy", operation: undefined };
const stalled: FaultName = "stall";
// @ts-expect-error a fault of lists only
const neverFault: Fault = { fault: "loop", operation: "getCustomer" };
const someFaults: Fault[] = [stalled, resetFault, loopFault, neverFault, busy];
const collection = "customers" satisfies CollectionName;
const ada: ItemInput<Customer> = { firstName: "Ada", email: undefined };
const regulars: ListInput<CustomerListTiny> = [{ name: "Regulars" }];
const pagedList: ListOperationId = "listMemberships";
const mockOptions: MockApiOptions = {
  customers: [ada, 10],
  memberships: { [customerId]: regulars },
  faults: someFaults,
  token: "token",
  organizationId,
  pageSize: { [pagedList]: 5, listCustomers: undefined },
  seed: 7,
};
const mockApi: MockApi = createMockApi(mockOptions);
createClient({ fetch: mockApi, accessToken: "token" });
createClient({ fetch: mockApi.fetch });
expectType<Promise<Response>>()(mockApi(new URL("https://api.loke.global/"), { method: "GET" }));
expectType<readonly MockRequest[]>()(mockApi.requests);
expectType<readonly Fault[]>()(mockApi.pendingFaults);
expectType<Readonly<Customer>>()(mockApi.add("customers"));
mockApi.remove(collection, mockApi.add("customers").id);
expectType<Readonly<Customer>>()(mockApi.change("customers", customerId, { dob: undefined }));
mockApi.set("memberships", customerId, 3);
mockApi.remove("customers", customerId);
mockApi.addFault({ status: 503 });
expectType<readonly Readonly<CustomerListTiny>[]>()(mockApi.memberships(customerId));
// @ts-expect-error a misspelt fault
createMockApi({ faults: ["rest"] });
// @ts-expect-error a misspelt option
createMockApi({ custmers: 3 });
// @ts-expect-error a misspelt field
createMockApi({ customers: [{ fristName: "Ada" }] });

// The document

expectType<string>()(apiDocument.info.title);
expectType<string>()(apiDocument.components.schemas.Customer.properties.dob.description);
// @ts-expect-error a schema that does not exist
apiDocument.components.schemas.Cutsomer;

// Pace

const paceOptions: PaceOptions = {
  maxConcurrent: 20,
  maxPerSecond: 40,
  onWait: (wait) => {
    expectType<PaceWait>()(wait);
    expectType<WaitReason>()(wait.reason);
  },
};
const pace = adaptivePace(paceOptions);
expectType<Pace>()(pace);
createClient({ pace });
// @ts-expect-error the options go to adaptivePace
createClient({ pace: paceOptions });
// @ts-expect-error no number of requests
adaptivePace({ maxConcurrent: "20" });

const rateLimit: RateLimit = { perSecond: 40, retryAfter: 1 };
createMockApi({ rateLimit });

// Drift

const driftOptions: DriftOptions = {
  sample: 25,
  showValues: false,
  onDrift: (finding) => {
    expectType<DriftFinding>()(finding);
    expectType<number | undefined>()(finding.firstItem);
  },
};
const drift = watchDrift(driftOptions);
expectType<Drift>()(drift);
expectType<DriftFinding[]>()(drift.findings());
createClient({ drift });
// @ts-expect-error the options go to watchDrift
createClient({ drift: driftOptions });
// @ts-expect-error no number of items
watchDrift({ sample: "25" });

export async function tierOf(loke: LokeClient): Promise<unknown> {
  const drifted = await loke.getCustomer({ organizationId, customerId });
  return "tier" in drifted ? drifted.tier : undefined;
}
