import type { LokeEvent } from "loke-customers";
import { type DriftFinding, watchDrift } from "loke-customers/drift";
import { clientOf, readAll } from "./client.js";
import { expectEqual } from "./expect.js";
import { documented, drifted } from "./rows.js";
import { customerId } from "./targets.js";
import type { Checks } from "./world.js";

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
