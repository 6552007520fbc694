import {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConnectionError,
  LokeError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ResponseError,
  ServerError,
  TimeoutError,
} from "loke-customers";
import { expectEqual, expectFailure, expectTrue, failureOf } from "./checks.js";
import { clientOf, hungUp, readAll, token } from "./client.js";
import { type Checks, customerId, customerOf, statuses } from "./world.js";

const classes = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ApiError,
  429: RateLimitError,
  500: ServerError,
  503: ServerError,
} satisfies Record<(typeof statuses)[number], unknown>;

export const failures: Checks = {
  async "has an error class for each kind of status"(world) {
    for (const status of statuses) {
      const loke = clientOf(world, { retry: false });
      const call = loke.getCustomer({ organizationId: "status", customerId: String(status) });
      const facts = { status, code: "a_code", attempts: 1, operation: "getCustomer" };
      const error = await expectFailure<ApiError>(call, classes[status], facts);
      expectTrue(error instanceof LokeError, `the error for ${status} is a LokeError`);
      if (status === 429) expectEqual(error.retryAfterMs, 7_000, "retryAfterMs");
    }
  },

  async "takes a page in HTML for no data"(world) {
    const call = readAll(clientOf(world).listCustomers({ organizationId: "login" }));
    await expectFailure(call, ResponseError, { status: 200, contentType: "text/html" });
  },

  async "fails as a network does where nobody listens"(world) {
    const loke = clientOf(world, { baseUrl: world.refusedUrl });
    const call = loke.getCustomer({ organizationId: "refused", customerId });
    const error = await expectFailure(call, ConnectionError, { attempts: 4 });
    // Not `instanceof`: in Jest the errors of Node's `fetch` belong to another realm.
    expectEqual(Object.prototype.toString.call(error.cause), "[object Error]", "the cause");
  },

  async "times out, and hangs up, when the headers do not come"(world) {
    const organizationId = "silent";
    const loke = clientOf(world, { timeoutMs: 1_000, retry: false });
    const call = loke.getCustomer({ organizationId, customerId });
    await expectFailure(call, TimeoutError, { scope: "attempt", attempts: 1 });
    await hungUp(world, customerOf(organizationId));
  },

  async "times out, and hangs up, when a body stalls"(world) {
    const organizationId = "stalled";
    const loke = clientOf(world, { timeoutMs: 1_000, retry: false });
    const call = loke.getCustomer({ organizationId, customerId });
    await expectFailure(call, TimeoutError, { scope: "attempt", attempts: 1 });
    await hungUp(world, customerOf(organizationId));
  },

  async "ends at the deadline, however many attempts are left"(world) {
    const loke = clientOf(world, { deadlineMs: 300, retry: { limit: 1_000, baseDelayMs: 20 } });
    const call = loke.getCustomer({ organizationId: "forever", customerId });
    await expectFailure(call, TimeoutError, { scope: "deadline" });
  },

  async "shows no token, query value or body in an error, however it is printed"(world, inspect) {
    const secrets = [token, "ada@example.org", "ada%40example.org", "Quartermaine"];
    const search = { organizationId: "private", email: "ada@example.org" };
    const loke = clientOf(world, { retry: false });
    // The server repeats all of it: as an error, as a page in HTML, and as half a page.
    for (const organizationId of ["private", "private-html", "private-cut"]) {
      const error = await failureOf(loke.listCustomers({ ...search, organizationId }).page());
      expectTrue(error instanceof LokeError, `${error} is a LokeError`);
      const { stack, cause } = error as LokeError;
      const texts = [`${error} ${stack} ${JSON.stringify(error)} ${inspect(error)}`];
      texts.push(`${cause} ${(cause as Error | undefined)?.stack} ${inspect(cause)}`);
      expectEqual(
        secrets.filter((secret) => texts.some((text) => text.includes(secret))),
        [],
        `what ${(error as LokeError).name} shows`,
      );
    }
  },

  async "refuses wrong arguments before anything is sent"(world) {
    const call = clientOf(world).getCustomer({ organizationId: "..", customerId });
    await expectFailure(call, TypeError);
  },
};

/** Where the runtime makes no code of strings, all the other checks ran under that rule. This shows that it is in force. */
export const codeOfStrings: Checks = {
  async "needs no code made of strings"() {
    const failure = await failureOf((async () => new Function("return 1")())());
    expectEqual(Object(failure).name, "EvalError", "what `new Function` throws");
  },
};
