import { ConnectionError, createClient, PaginationError, ServerError } from "loke-customers";
import { createMockApi } from "loke-customers/testing";
import { expectEqual, expectFailure, failureOf } from "./checks.js";
import { clientOf, hungUp, readAll, requestsTo, seen, token } from "./client.js";
import {
  type Checks,
  customerId,
  customersOf,
  memberships,
  membershipsOf,
  rowsOf,
  rowsPerPage,
} from "./world.js";

const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

export const walks: Checks = {
  async "walks every page, by a link that is a URL, a path or a query"(world) {
    const rows = await readAll(clientOf(world).listCustomers({ organizationId: "walk" }));
    expectEqual(rows, rowsOf(1, 2, 3, 4));
    const requests = await requestsTo(world.apiUrl, customersOf("walk"));
    expectEqual(
      requests.map(({ target, authorization }) => `${target} ${authorization}`),
      [undefined, 2, 3, 4].map((page) => `${customersOf("walk", page)} Bearer ${token}`),
    );
  },

  async "asks for the next page before it has the body of the current one"(world) {
    // The server keeps back half of the first body until it is asked for the second.
    const rows = await readAll(clientOf(world).listCustomers({ organizationId: "ahead" }));
    expectEqual(rows, rowsOf(1, 2));
  },

  async "asks for one page where one is wanted"(world) {
    const page = await clientOf(world).listCustomers({ organizationId: "first" }).page();
    expectEqual(page.items, rowsOf(1));
    expectEqual((await requestsTo(world.apiUrl, customersOf("first"))).length, 1);
  },

  async "cancels what is in flight on break"(world) {
    const organizationId = "left";
    for await (const { id } of clientOf(world).listCustomers({ organizationId })) {
      expectEqual(id, rowsOf(1)[0]?.id);
      await seen(world, customersOf(organizationId, 2));
      break;
    }
    await hungUp(world, customersOf(organizationId, 2));
    expectEqual((await requestsTo(world.apiUrl, customersOf(organizationId))).length, 2);
  },

  async "ends a walk on an abort, with the signal's own reason"(world) {
    const organizationId = "stopped";
    const stop = new AbortController();
    const read: string[] = [];
    const walk = async () => {
      const list = clientOf(world).listCustomers({ organizationId }, { signal: stop.signal });
      for await (const { id } of list) {
        read.push(id);
        await seen(world, customersOf(organizationId, 2));
        // Only when the reader waits for the second page, which never comes.
        if (read.length === rowsPerPage) setTimeout(() => stop.abort("enough"), 0);
      }
    };
    expectEqual(await failureOf(walk()), "enough", "the failure");
    expectEqual(read, ids(rowsOf(1)));
    await hungUp(world, customersOf(organizationId, 2));
  },

  async "gives every row once when a body breaks off and is asked for again"(world) {
    const rows = await readAll(clientOf(world).listCustomers({ organizationId: "broken" }));
    expectEqual(rows, rowsOf(1, 2));
  },

  async "fails when a body breaks off each time, after every row before it"(world) {
    const rows: unknown[] = [];
    const list = clientOf(world, { retry: false }).listCustomers({ organizationId: "cut" });
    const walk = async () => {
      for await (const row of list) rows.push(row);
    };
    const error = await expectFailure(walk(), ConnectionError, { attempts: 1 });
    expectEqual(rows, rowsOf(1));
    expectEqual(error.walk, { pages: 1, items: rows.length });
  },

  async "cancels what is in flight when a page fails"(world) {
    // The body of the first page breaks off when the second has been asked for, and is not answered.
    const list = clientOf(world, { retry: false }).listCustomers({ organizationId: "doomed" });
    await expectFailure(readAll(list), ConnectionError, { attempts: 1 });
    await hungUp(world, customersOf("doomed", 2));
  },

  async "goes on from a saved place"(world) {
    const list = { organizationId: "later" };
    const { items, next } = await clientOf(world).listCustomers(list).page();
    const rest = await readAll(clientOf(world).listCustomers(list, { from: next }));
    expectEqual([...items, ...rest], rowsOf(1, 2, 3));
  },

  async "goes on where a walk has failed, with no row lost or repeated"(world) {
    const list = { organizationId: "failing" };
    const rows: unknown[] = [];
    const walk = async (from?: string) => {
      for await (const row of clientOf(world, { retry: false }).listCustomers(list, { from })) {
        rows.push(row);
      }
    };
    const error = await expectFailure(walk(), ServerError, { status: 500 });
    await walk(error.walk?.resumeFrom);
    expectEqual(rows, rowsOf(1, 2, 3));
  },

  async "refuses links that go in a circle"(world) {
    const walk = readAll(clientOf(world).listCustomers({ organizationId: "loop" }));
    await expectFailure(walk, PaginationError, { reason: "cycle" });
    expectEqual((await requestsTo(world.apiUrl, customersOf("loop"))).length, 2);
  },

  async "sends nothing to another origin that a link names"(world) {
    const walk = readAll(clientOf(world).listCustomers({ organizationId: "astray" }));
    await expectFailure(walk, PaginationError, { reason: "foreign-origin" });
    expectEqual(await requestsTo(world.strangerUrl, customersOf("astray")), []);
  },

  async "follows a link to another origin where the user says so"(world) {
    // It also shows that the check before would have seen a request.
    const loke = clientOf(world, { nextPage: (next) => next });
    expectEqual(await readAll(loke.listCustomers({ organizationId: "trusted" })), rowsOf(1, 2));
    const [request] = await requestsTo(world.strangerUrl, customersOf("trusted"));
    expectEqual(request?.authorization, `Bearer ${token}`);
  },

  async "takes no token along when the server redirects to another origin"(world) {
    const loke = clientOf(world, { retry: false });
    expectEqual(await readAll(loke.listCustomers({ organizationId: "redirected" })), rowsOf(1));
    const requests = await requestsTo(world.strangerUrl, customersOf("redirected"));
    expectEqual(
      requests.map(({ authorization }) => authorization),
      [null],
    );
  },

  async "knows when paging cannot be seen, and reads the whole list where it can"(world) {
    // The server sends `X-Next-Page` on a full page, and does not expose it to scripts of other origins.
    const list = clientOf(world).listMemberships({ organizationId: "hidden", customerId });
    if (!world.hidesHeaders) {
      expectEqual(ids(await readAll(list)), ids(memberships));
      return;
    }
    await expectFailure(readAll(list), PaginationError, { reason: "hidden-header" });
    expectEqual((await requestsTo(world.apiUrl, membershipsOf("hidden"))).length, 1);
  },

  async "takes a full first page without a link for the whole list, but where headers can be hidden"(
    world,
  ) {
    const list = clientOf(world).listMemberships({ organizationId: "whole", customerId });
    if (world.hidesHeaders) {
      await expectFailure(readAll(list), PaginationError, { reason: "hidden-header" });
    } else {
      expectEqual(await readAll(list), memberships.slice(0, 10));
    }
  },
};

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
