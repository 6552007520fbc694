import type { LokeEvent } from "loke-customers";
import { adaptivePace } from "loke-customers/pace";
import { clientOf } from "./client.js";
import { expectEqual, expectTrue } from "./expect.js";
import { requestsTo } from "./observe.js";
import { rowsOf } from "./rows.js";
import { customerId, customerOf } from "./targets.js";
import type { Checks } from "./world.js";

const [customer] = rowsOf(1);

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
