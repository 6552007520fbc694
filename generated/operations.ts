// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

/** The live API: the document's first server. */
export const server = "https://api.loke.global";

/** What the client knows of each operation at run time, as the document declares it. */
export const operations = {
  /**
   * Get a customer
   *
   * Returns one customer of an organization by its ID.
   *
   * `GET /organizations/{organizationId}/customers/{customerId}`
   *
   * Documented errors:
   * - 404: Not found. No body is documented.
   */
  getCustomer: {
    method: "GET",
    path: "/organizations/{organizationId}/customers/{customerId}",
    pathParameters: ["organizationId", "customerId"],
    queryParameters: [],
    returns: ["object"],
  },
  /**
   * List customers
   *
   * Lists all customers of an organization, 1,000 results to a page. The `X-Next-Page` header of a response leads to the next page. To find particular customers, search by `email` or `phoneNumber`.
   *
   * `GET /organizations/{organizationId}/customers`
   */
  listCustomers: {
    method: "GET",
    path: "/organizations/{organizationId}/customers",
    pathParameters: ["organizationId"],
    queryParameters: ["after", "sort", "email", "phoneNumber"],
    returns: ["array"],
    list: { header: "X-Next-Page", pageSize: 1000 },
  },
  /**
   * List memberships
   *
   * Lists all customer lists that a customer is a member of, 10 results to a page. The `X-Next-Page` header of a response leads to the next page.
   *
   * `GET /organizations/{organizationId}/customers/{customerId}/memberships`
   */
  listMemberships: {
    method: "GET",
    path: "/organizations/{organizationId}/customers/{customerId}/memberships",
    pathParameters: ["organizationId", "customerId"],
    queryParameters: ["after"],
    returns: ["array"],
    list: { header: "X-Next-Page", pageSize: 10 },
  },
} as const;
