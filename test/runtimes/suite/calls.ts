import type { LokeEvent } from "loke-customers";
import { clientOf, token } from "./client.js";
import { expectEqual, expectTrue, failureOf } from "./expect.js";
import { hungUp, requestsTo, seen } from "./observe.js";
import { rowsOf } from "./rows.js";
import { customerId, customerOf } from "./targets.js";
import type { Checks } from "./world.js";

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
