import { type CustomerInput, createMockApi } from "loke-customers/testing";
import { operations as known } from "../../generated/operations.js";
import { customerCount, membershipCount, organizationId } from "./data.js";
import type { Operations } from "./operations.js";
import { type Served, serve } from "./serve.js";

/** The server behind Prism, which knows what Prism cannot know: what the lists hold. */
export interface Fixture extends Served {
  /** Of the customer that has memberships. */
  customerId: string;
}

/**
 * Starts the fixture on a free port of 127.0.0.1: the mock API that users of the package test with, with more customers.
 * What it answers with 501, Prism answers from the document.
 *
 * @param operations - What the document that is mocked has in place of what the package knows.
 * @param publicUrl - Where the users of the mock are, so that the paging header leads them through
 * Prism again. Prism forwards requests without the `Host` they came with, and its port is not
 * known before this server's, hence a function.
 */
export async function startFixture(
  operations: Operations,
  publicUrl: () => string,
): Promise<Fixture> {
  // The first customer is the document's example: whoever has read the document knows that one already.
  const example = operations.getCustomer.example as CustomerInput & { id: string };
  const { listCustomers, listMemberships } = operations;
  const api = createMockApi({
    organizationId,
    customers: [example, customerCount - 1],
    memberships: { [example.id]: membershipCount },
    pageSize: {
      listCustomers: listCustomers.pageSize,
      listMemberships: listMemberships.pageSize,
    },
    seed: customerCount,
  });

  /** Gives the next link the name that it has in the document. */
  async function answer(request: Request): Promise<Response> {
    const answering = api(request);
    const id = api.requests.at(-1)?.operation;
    const response = await answering;
    if (id !== "listCustomers" && id !== "listMemberships") return response;
    const { headers } = response;
    const link = headers.get(known[id].list.header);
    headers.delete(known[id].list.header);
    if (link !== null) headers.set(operations[id].header, link);
    return response;
  }

  const server = await serve(answer, publicUrl);
  return { ...server, customerId: example.id };
}
