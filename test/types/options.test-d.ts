import { expectTypeOf, test } from "vitest";
import {
  type AccessToken,
  type CallOptions,
  type ClientOptions,
  createClient,
  type ListOptions,
  type LokeEvent,
  type NextPagePolicy,
  type RetryOptions,
} from "../../src/index.js";

const args = { organizationId: "o", customerId: "c" };
const loke = createClient();

test("a client has these options, all of them optional", () => {
  expectTypeOf<keyof ClientOptions>().toExtend<
    | "accessToken"
    | "baseUrl"
    | "allowHttp"
    | "fetch"
    | "headers"
    | "timeoutMs"
    | "deadlineMs"
    | "retry"
    | "nextPage"
    | "prefetch"
    | "onEvent"
    | "drift"
    | "pace"
  >();
  expectTypeOf<object>().toExtend<ClientOptions>();
  createClient();
  createClient({});
});

test("a call has these options, all of them optional", () => {
  expectTypeOf<keyof CallOptions>().toEqualTypeOf<
    "signal" | "headers" | "timeoutMs" | "deadlineMs" | "retry"
  >();
  expectTypeOf<keyof ListOptions>().toEqualTypeOf<
    keyof CallOptions | "from" | "prefetch" | "nextPage"
  >();
  loke.getCustomer(args, {});
  loke.listMemberships(args, {});
});

test("undefined stands for an option that is not given, also under exactOptionalPropertyTypes", () => {
  createClient({ accessToken: undefined });
  createClient({ baseUrl: undefined });
  createClient({ fetch: undefined });
  createClient({ headers: undefined });
  createClient({ timeoutMs: undefined });
  createClient({ deadlineMs: undefined });
  createClient({ retry: undefined });
  createClient({ nextPage: undefined });
  createClient({ prefetch: undefined });
  createClient({ onEvent: undefined });
  createClient({ retry: { limit: undefined, maxDelayMs: undefined } });
  createClient({ retry: { baseDelayMs: undefined, maxRetryAfterMs: undefined } });
  createClient(undefined);
  createClient({ accessToken: process.env.LOKE_ACCESS_TOKEN });
  loke.getCustomer(args, undefined);
  loke.getCustomer(args, { signal: undefined });
  loke.getCustomer(args, { headers: undefined });
  loke.getCustomer(args, { timeoutMs: undefined });
  loke.getCustomer(args, { deadlineMs: undefined });
  loke.getCustomer(args, { retry: undefined });
  loke.listMemberships(args, { from: undefined });
  loke.listMemberships(args, { prefetch: undefined });
  loke.listMemberships(args, { nextPage: undefined });
});

test("accessToken is a text, or a function that gives one, now or later", () => {
  expectTypeOf<ClientOptions["accessToken"]>().toEqualTypeOf<AccessToken | undefined>();
  createClient({ accessToken: "token" });
  createClient({ accessToken: () => "token" });
  createClient({ accessToken: async () => "token" });
  createClient({ accessToken: ({ refresh }) => (refresh ? "fresh" : "token") });
  createClient({ accessToken: async ({ refresh }) => (refresh ? "fresh" : "token") });
  createClient({
    accessToken: (context) => {
      expectTypeOf(context).toEqualTypeOf<{ refresh: boolean; refused?: string }>();
      return Math.random() > 0.5 ? "token" : Promise.resolve("token");
    },
  });
  // @ts-expect-error - a number
  createClient({ accessToken: 5 });
  // @ts-expect-error - null
  createClient({ accessToken: null });
  // @ts-expect-error - a function that gives nothing
  createClient({ accessToken: () => undefined });
  // @ts-expect-error - a function that gives nothing later
  createClient({ accessToken: async () => {} });
  // @ts-expect-error - a promise, which could never be refreshed
  createClient({ accessToken: Promise.resolve("token") });
});

test("baseUrl is a text or a URL", () => {
  createClient({ baseUrl: "https://api.test" });
  createClient({ baseUrl: new URL("https://api.test") });
  // @ts-expect-error - baseURL
  createClient({ baseURL: "https://api.test" });
  // @ts-expect-error - null
  createClient({ baseUrl: null });
});

test("fetch can be the global one, one of its type, or one that takes a URL and a RequestInit", () => {
  const own: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
  createClient({ fetch: globalThis.fetch });
  createClient({ fetch });
  createClient({ fetch: own });
  createClient({ fetch: async (url: string) => new Response(url) });
  createClient({
    fetch: async (url, init) => {
      expectTypeOf(url).toEqualTypeOf<string>();
      expectTypeOf(init).toEqualTypeOf<RequestInit>();
      return new Response();
    },
  });
  // @ts-expect-error - no promise
  createClient({ fetch: () => new Response() });
  // @ts-expect-error - a Request instead of a URL
  createClient({ fetch: async (request: Request) => new Response(request.url) });
});

test("headers are whatever Headers can be made of", () => {
  createClient({ headers: { "x-a": "1" } });
  createClient({ headers: [["x-a", "1"]] });
  createClient({ headers: new Headers() });
  loke.getCustomer(args, { headers: { "x-a": "1" } });
  loke.getCustomer(args, { headers: [["x-a", "1"]] });
  loke.getCustomer(args, { headers: new Headers() });
  expectTypeOf<HeadersInit>().toExtend<CallOptions["headers"]>();
  // @ts-expect-error - a number
  createClient({ headers: { "x-a": 1 } });
  // @ts-expect-error - an unset variable
  createClient({ headers: { "x-a": process.env.NOT_SET } });
});

test("times are numbers", () => {
  createClient({ timeoutMs: 5_000, deadlineMs: Number.POSITIVE_INFINITY });
  loke.getCustomer(args, { timeoutMs: 5_000, deadlineMs: 5_000 });
  // @ts-expect-error - a text
  createClient({ timeoutMs: "5s" });
  // @ts-expect-error - timeout
  createClient({ timeout: 5 });
  // @ts-expect-error - timeout
  loke.getCustomer(args, { timeout: 5 });
});

test("retry is an object, a limit or false", () => {
  expectTypeOf<CallOptions["retry"]>().toEqualTypeOf<RetryOptions | number | false | undefined>();
  createClient({ retry: { limit: 3, baseDelayMs: 5, maxDelayMs: 5, maxRetryAfterMs: 5 } });
  createClient({ retry: {} });
  createClient({ retry: 3 });
  createClient({ retry: false });
  // @ts-expect-error - true
  createClient({ retry: true });
  // @ts-expect-error - limits
  createClient({ retry: { limits: 3 } });
  // @ts-expect-error - a text
  createClient({ retry: { limit: "3" } });
});

test("nextPage is one of two words, or a function of two URLs that gives one", () => {
  expectTypeOf<ClientOptions["nextPage"]>().toEqualTypeOf<NextPagePolicy | undefined>();
  createClient({ nextPage: "same-origin" });
  createClient({ nextPage: "rebase" });
  createClient({ nextPage: (next) => next });
  createClient({ nextPage: (next, current) => new URL(next.search, current) });
  loke.listMemberships(args, { nextPage: "rebase" });
  // @ts-expect-error - no such word
  createClient({ nextPage: "any-origin" });
  // @ts-expect-error - any string
  createClient({ nextPage: String("rebase") });
  // @ts-expect-error - a text instead of a URL
  createClient({ nextPage: (next) => next.href });
});

test("onEvent is given events", () => {
  createClient({ onEvent: () => {} });
  createClient({ onEvent: (event) => expectTypeOf(event).toEqualTypeOf<LokeEvent>() });
  createClient({ onEvent: console.log });
  // @ts-expect-error - onevent
  createClient({ onevent: () => {} });
  // @ts-expect-error - a function of something else
  createClient({ onEvent: (event: string) => event });
});

test("an option belongs where it can be heeded", () => {
  // @ts-expect-error - one signal for all calls
  createClient({ signal: new AbortController().signal });
  // @ts-expect-error - one place for all lists
  createClient({ from: "place" });
  // @ts-expect-error - of a list
  loke.getCustomer(args, { from: "place" });
  // @ts-expect-error - of a list
  loke.getCustomer(args, { prefetch: 1 });
  // @ts-expect-error - of a list
  loke.getCustomer(args, { nextPage: "rebase" });
  // @ts-expect-error - of the client
  loke.getCustomer(args, { accessToken: "token" });
  // @ts-expect-error - of the client
  loke.listMemberships(args, { baseUrl: "https://api.test" });
  // @ts-expect-error - of the client
  loke.listMemberships(args, { onEvent: () => {} });
  // @ts-expect-error - the signal itself
  loke.getCustomer(args, new AbortController().signal);
  // @ts-expect-error - the controller instead of its signal
  loke.getCustomer(args, { signal: new AbortController() });
});

test("no option is any", () => {
  expectTypeOf<ClientOptions>().not.toBeAny();
  expectTypeOf<ClientOptions["accessToken"]>().not.toBeAny();
  expectTypeOf<ClientOptions["baseUrl"]>().not.toBeAny();
  expectTypeOf<ClientOptions["fetch"]>().not.toBeAny();
  expectTypeOf<ClientOptions["headers"]>().not.toBeAny();
  expectTypeOf<ClientOptions["timeoutMs"]>().not.toBeAny();
  expectTypeOf<ClientOptions["deadlineMs"]>().not.toBeAny();
  expectTypeOf<ClientOptions["retry"]>().not.toBeAny();
  expectTypeOf<ClientOptions["nextPage"]>().not.toBeAny();
  expectTypeOf<ClientOptions["prefetch"]>().not.toBeAny();
  expectTypeOf<ClientOptions["onEvent"]>().not.toBeAny();
  expectTypeOf<CallOptions["signal"]>().not.toBeAny();
  expectTypeOf<ListOptions["from"]>().not.toBeAny();
});
