import { AuthenticationError, LokeError, type LokeEvent } from "loke-customers";
import { clientCredentials } from "loke-customers/auth";
import { type DriftFinding, watchDrift } from "loke-customers/drift";
import { adaptivePace } from "loke-customers/pace";
import { expectEqual, expectFailure, expectTrue, failureOf } from "./checks.js";
import { clientOf, hungUp, readAll, requestsTo, seen, token } from "./client.js";
import {
  type Checks,
  customerId,
  customerOf,
  documented,
  drifted,
  rowsOf,
  type World,
} from "./world.js";

const [customer] = rowsOf(1);

export const calls: Checks = {
  async "gets a customer, with the token"(world) {
    const organizationId = "get";
    const loke = clientOf(world);
    expectEqual(await loke.getCustomer({ organizationId, customerId }), customer);
    const asked = await requestsTo(world.apiUrl, customerOf(organizationId));
    expectEqual(asked, [
      { method: "GET", target: customerOf(organizationId), authorization: `Bearer ${token}` },
    ]);
  },

  async "gives the response beside the data"(world) {
    const loke = clientOf(world);
    const { data, response } = await loke.getCustomer.withResponse({
      organizationId: "response",
      customerId,
    });
    expectEqual(data, customer);
    expectEqual(response.status, 200);
    expectEqual(response.url, world.apiUrl + customerOf("response"));
    expectEqual(response.headers.get("content-type"), "application/json; charset=utf-8");
  },

  async "reads a body in gzip"(world) {
    const loke = clientOf(world);
    expectEqual(await loke.getCustomer({ organizationId: "gzip", customerId }), customer);
  },

  async "tries again after a 503, and tells it"(world) {
    const events: LokeEvent[] = [];
    const loke = clientOf(world, { onEvent: (event) => events.push(event) });
    expectEqual(await loke.getCustomer({ organizationId: "busy", customerId }), customer);
    expectEqual(
      events.map((event) => (event.type === "retry" ? event.reason : event.type)),
      ["request", "response", "status", "request", "response"],
    );
    // `Retry-After: 0`, with a little jitter.
    const delays = events.flatMap((event) => (event.type === "retry" ? event.delayMs : []));
    expectTrue(
      delays.every((delayMs) => delayMs >= 0 && delayMs < 10_000),
      `it waits as the server asks: ${delays}`,
    );
  },

  async "tries again after a connection that is reset"(world) {
    const loke = clientOf(world);
    expectEqual(await loke.getCustomer({ organizationId: "reset", customerId }), customer);
  },

  async "asks for a fresh token after a 401"(world) {
    const asked: boolean[] = [];
    const loke = clientOf(world, {
      async accessToken({ refresh }) {
        asked.push(refresh);
        return refresh ? "fresh" : "stale";
      },
    });
    expectEqual(await loke.getCustomer({ organizationId: "expired", customerId }), customer);
    expectEqual(asked, [false, true]);
    const requests = await requestsTo(world.apiUrl, customerOf("expired"));
    expectEqual(
      requests.map(({ authorization }) => authorization),
      ["Bearer stale", "Bearer fresh"],
    );
  },

  async "ends on an abort with the signal's own reason, and hangs up"(world) {
    const organizationId = "aborted";
    const stop = new AbortController();
    const call = clientOf(world).getCustomer(
      { organizationId, customerId },
      { signal: stop.signal },
    );
    const failure = failureOf(call);
    await seen(world, customerOf(organizationId));
    const reason = new Error("a reason of the caller's");
    stop.abort(reason);
    expectTrue((await failure) === reason, "the failure is the signal's reason");
    await hungUp(world, customerOf(organizationId));
  },

  async "sends nothing when the signal has aborted before"(world) {
    const signal = AbortSignal.abort("too late");
    const call = clientOf(world).getCustomer({ organizationId: "unsent", customerId }, { signal });
    expectEqual(await failureOf(call), "too late");
    expectEqual(await requestsTo(world.apiUrl, customerOf("unsent")), []);
  },
};

/** Letters only: others are encoded before they go into the header. */
const clientSecret = "SecretOfTheApplication";

/** Each check has an issuer of its own, told apart by its path. */
function tokensOf({ issuerUrl }: World, path: string) {
  return clientCredentials({ clientId: "application", clientSecret, issuer: issuerUrl + path });
}

export const auth: Checks = {
  async "gets a token from the issuer, and another one after a 401"(world) {
    const loke = clientOf(world, { accessToken: tokensOf(world, "/fresh") });
    expectEqual(await loke.getCustomer({ organizationId: "auth", customerId }), customer);
    const used = await requestsTo(world.apiUrl, customerOf("auth"));
    expectEqual(
      used.map(({ authorization }) => authorization),
      ["Bearer first-token", "Bearer second-token"],
    );
    const asked = await requestsTo(world.issuerUrl, "/fresh");
    const basic = `Basic ${btoa(`application:${clientSecret}`)}`;
    expectEqual(
      asked.map(({ method, target, authorization }) => [method, target, authorization]),
      [
        ["GET", "/fresh/.well-known/openid-configuration", null],
        ["POST", "/fresh/token", basic],
        ["POST", "/fresh/token", basic],
      ],
    );
  },

  async "asks the issuer once for many calls"(world) {
    const loke = clientOf(world, { accessToken: tokensOf(world, "/many") });
    const call = () => loke.getCustomer({ organizationId: "many", customerId });
    expectEqual(await Promise.all([call(), call(), call()]), [customer, customer, customer]);
    const asked = await requestsTo(world.issuerUrl, "/many/token");
    expectEqual(asked.length, 1);
  },

  async "shows no secret when the issuer refuses it"(world, inspect) {
    // The issuer repeats the secret in its answer.
    const loke = clientOf(world, { accessToken: tokensOf(world, "/refusing") });
    const call = loke.getCustomer({ organizationId: "unsent", customerId });
    const error = await expectFailure(call, LokeError, { attempts: 0 });
    expectTrue(!(error instanceof AuthenticationError), "it is no answer of the API");
    const { cause, stack } = error;
    const text = `${stack} ${JSON.stringify(error)} ${inspect(error)} ${cause} ${inspect(cause)}`;
    expectTrue(!text.includes(clientSecret), "no error shows the secret");
    expectTrue(text.includes("invalid_client"), "an error says what the issuer said");
    expectEqual(await requestsTo(world.apiUrl, customerOf("unsent")), []);
  },
};

export const pace: Checks = {
  async "lets 50 calls share a pace, and none fails for a 429"(world) {
    const events: LokeEvent[] = [];
    const loke = clientOf(world, {
      pace: adaptivePace({ maxConcurrent: 4 }),
      onEvent: (event) => events.push(event),
    });
    const call = () => loke.getCustomer({ organizationId: "paced", customerId });
    const customers = await Promise.all(Array.from({ length: 50 }, call));
    expectEqual(
      customers,
      customers.map(() => customer),
    );
    const sent = await requestsTo(world.apiUrl, customerOf("paced"));
    expectEqual(sent.length, 52);
    expectTrue(
      events.some((event) => event.type === "wait" && event.reason === "throttled"),
      "a wait is an event",
    );
  },
};

export const drift: Checks = {
  async "finds what an answer has beyond the document, and gives it as it came"(world) {
    const told: DriftFinding[] = [];
    const events: LokeEvent[] = [];
    const loke = clientOf(world, {
      drift: watchDrift({ onDrift: (finding) => told.push(finding) }),
      onEvent: (event) => events.push(event),
    });
    const rows = await readAll(loke.listCustomers({ organizationId: "drifted" }));
    expectEqual(rows, [documented, drifted, drifted]);
    expectEqual(
      told.map(({ kind, path, actual, count }) => `${kind} ${path} ${actual} ${count}`).sort(),
      [
        "unknown-field Customer.tier string 2",
        "wrong-type Customer.statistics.totalSpend string 2",
      ],
    );
    expectEqual(events.filter(({ type }) => type === "drift").length, 2);
  },

  async "finds nothing in an answer as the document has it"(world) {
    const watch = watchDrift();
    const loke = clientOf(world, { drift: watch });
    const customer = await loke.getCustomer({ organizationId: "documented", customerId });
    expectEqual(customer, documented);
    expectEqual(watch.findings(), []);
  },
};
