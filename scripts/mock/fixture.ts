import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCustomers, createMemberships, type MockCustomer, organizationId } from "./data.js";
import { type ListOperation, type Operations, pathMatcher } from "./operations.js";

/** The server behind Prism, which knows what Prism cannot know: what the lists hold. */
export interface Fixture {
  /** Such as `http://127.0.0.1:35211`. Prism's upstream; the mock's users talk to Prism. */
  url: string;
  /** Of the customer that has memberships. */
  customerId: string;
  /** May be called again. */
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

type Row = { id: string };

/** What is sorted by, for each value that the document allows. */
const sortFields = { created: "createdAt", updated: "updatedAt" } as const;

/**
 * Starts the fixture on a free port of 127.0.0.1.
 *
 * @param publicUrl - Where the users of the mock are, so that `X-Next-Page` leads them through
 * Prism again. Prism forwards requests without the `Host` they came with, and its port is not
 * known before this server's, hence a function.
 */
export async function startFixture(
  operations: Operations,
  publicUrl: () => string,
): Promise<Fixture> {
  const { answer, customerId } = createAnswer(operations, publicUrl);
  const server = createServer((request, response) => {
    // Joined as text: as a relative URL, a path such as "//" would be a host, and throw.
    const { status, headers, body } = answer(new URL(`http://fixture${request.url}`));
    if (body === undefined) {
      response.writeHead(status, headers).end();
    } else {
      response.writeHead(status, { ...headers, "content-type": "application/json" });
      response.end(JSON.stringify(body));
    }
  });
  // Prism keeps connections alive. One that closes here while Prism begins to use it would be a
  // 500 of Prism's; without a limit they close with the server.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const closed = once(server, "close");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    customerId,
    async close() {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** All that the fixture decides, without a server: which answer a request gets. */
function createAnswer(operations: Operations, publicUrl: () => string) {
  const first = operations.getCustomer.example as MockCustomer;
  const customers = createCustomers(first);
  const memberships = createMemberships();

  const getCustomer = pathMatcher(operations.getCustomer.path);
  const listCustomers = pathMatcher(operations.listCustomers.path);
  const listMemberships = pathMatcher(operations.listMemberships.path);

  /** Another organization has no customers: an empty list, and each of ours unknown there. */
  const customersOf = (organization: string | undefined) =>
    organization === organizationId ? customers : [];

  function answer(url: URL): Answer {
    const one = getCustomer(url.pathname);
    if (one) {
      const customer = customersOf(one.organizationId).find(({ id }) => id === one.customerId);
      // The document gives the 404 no body.
      return customer ? { status: 200, body: customer } : { status: 404 };
    }
    const all = listCustomers(url.pathname);
    if (all) {
      const rows = customersOf(all.organizationId).filter(filter(url.searchParams));
      return page(sort(rows, url.searchParams.get("sort")), operations.listCustomers, url);
    }
    const lists = listMemberships(url.pathname);
    if (lists) {
      // For this operation the document has no 404, so an unknown customer is in no list.
      const isFirst = customersOf(lists.organizationId)[0]?.id === lists.customerId;
      return page(isFirst ? memberships : [], operations.listMemberships, url);
    }
    // To Prism a 501 means: answer this yourself, from the document.
    return { status: 501 };
  }

  /**
   * One page of a list. The cursor is the ID of the last row that was seen, and the rest of the
   * address stays as it was asked for: organization, sort and filters travel with it.
   */
  function page(rows: readonly Row[], { pageSize, header }: ListOperation, url: URL): Answer {
    const after = url.searchParams.get("after");
    const start = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
    if (after !== null && start === 0) {
      // What the API does is not documented. To start over would let a walk with a broken cursor
      // run forever, so the mock says what is wrong. Prism lets it pass: of the statuses that the
      // document lacks it refuses only 2xx, and notes the others in the header `sl-violations`.
      return {
        status: 400,
        body: { message: `after=${after} is no cursor of this list; follow ${header} instead` },
      };
    }
    const body = rows.slice(start, start + pageSize);
    const last = body.at(-1);
    if (last === undefined || start + pageSize >= rows.length) return { status: 200, body };
    const next = new URL(url.pathname + url.search, publicUrl());
    next.searchParams.set("after", last.id);
    return { status: 200, headers: { [header]: next.href }, body };
  }

  return { answer, customerId: first.id };
}

/** Exactly the address, exactly the number; with both, both have to be right. */
function filter(query: URLSearchParams): (customer: MockCustomer) => boolean {
  const email = query.get("email");
  const phoneNumber = query.get("phoneNumber");
  return (customer) =>
    (email === null || customer.email === email) &&
    (phoneNumber === null || customer.phoneNumber === phoneNumber);
}

/**
 * Newest first, equal dates by ID, and last those that lack the date. The document does not state
 * the direction. This one makes `sort=created` differ from the unsorted list, which goes by ID,
 * oldest first: a client that loses the parameter is found out.
 */
function sort(customers: readonly MockCustomer[], by: string | null): readonly MockCustomer[] {
  // Anything else has been refused by Prism, which knows the document's values.
  if (by !== "created" && by !== "updated") return customers;
  const field = sortFields[by];
  const time = ({ [field]: date }: MockCustomer) => (date === undefined ? 0 : Date.parse(date));
  // `toSorted` is stable, and the customers come in the order of their IDs.
  return customers.toSorted((a, b) => time(b) - time(a));
}
