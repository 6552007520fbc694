import { createClient } from "loke-customers";
import { createMockApi } from "loke-customers/testing";
import { readAll } from "./client.js";
import { expectEqual } from "./expect.js";
import type { Checks } from "./world.js";

export const mock: Checks = {
  async "walks the mock for users' tests, through a body that breaks off"() {
    const api = createMockApi({
      customers: 25,
      pageSize: 10,
      faults: [{ fault: "reset-in-body", page: 2 }],
    });
    const loke = createClient({ fetch: api, accessToken: "any", retry: { baseDelayMs: 0 } });
    const rows = await readAll(loke.listCustomers({ organizationId: api.organizationId }));
    expectEqual(rows, api.customers);
    expectEqual(rows.length, 25);
    expectEqual(api.requests.length, 4);
    expectEqual(api.pendingFaults, []);
  },
};
