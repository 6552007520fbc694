// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export interface CommandParameter {
  readonly name: string;
  readonly description?: string;
  readonly required?: true;
  /** The JSON types of its value, or of each value if it is an array. */
  readonly types: readonly string[];
  readonly isArray?: true;
  /** The values that the document lists. */
  readonly values?: readonly unknown[];
}

/** A field of what an operation returns, or of each item of a list. */
export interface CommandColumn {
  /** Empty where the value is no object with declared fields. */
  readonly path: readonly string[];
  readonly isRequired?: true;
}

export interface CommandData {
  readonly summary?: string;
  readonly description?: string;
  /** The parameter that all calls of a user have in common, such as the organization. */
  readonly tenant?: string;
  readonly parameters: readonly CommandParameter[];
  /** Set if the operation takes a JSON body. */
  readonly body?: { readonly required?: true; readonly description?: string };
  readonly columns: readonly CommandColumn[];
}

/** What the command line knows of each operation, by `operationId`. */
export const commands: Readonly<Record<string, CommandData>> = {
  getCustomer: {
    summary: "Get a customer",
    description: "Gets one customer of an organization by its ID.",
    tenant: "organizationId",
    parameters: [
      {
        name: "organizationId",
        description: "ID of the organization.",
        required: true,
        types: ["string"],
      },
      { name: "customerId", description: "ID of the customer.", required: true, types: ["string"] },
    ],
    columns: [
      { path: ["id"], isRequired: true },
      { path: ["createdAt"] },
      { path: ["updatedAt"] },
      { path: ["dob"] },
      { path: ["email"] },
      { path: ["firstName"], isRequired: true },
      { path: ["gender"] },
      { path: ["hasAgreedToMarketing"] },
      { path: ["lastName"], isRequired: true },
      { path: ["phoneNumber"] },
      { path: ["statistics", "lastPointsEarnedAt"] },
      { path: ["statistics", "lastPointsRedeemedAt"] },
      { path: ["statistics", "lastSpentAt"] },
      { path: ["statistics", "pointsBalance"] },
      { path: ["statistics", "totalPointsEarned"] },
      { path: ["statistics", "totalPointsRedeemed"] },
      { path: ["statistics", "totalSpend"] },
    ],
  },
  listCustomers: {
    summary: "List customers",
    description: "Lists all customers of an organization, 1,000 results to a page. The `X-Next-Page` header of a response leads to the next page. To find particular customers, search by `email` or `phoneNumber`.",
    tenant: "organizationId",
    parameters: [
      {
        name: "organizationId",
        description: "ID of the organization.",
        required: true,
        types: ["string"],
      },
      {
        name: "after",
        description: "A cursor into the list. It is not set by hand: it comes in the response headers, so follow `X-Next-Page` instead. The typed client does: to go on from a page, pass `page.next` as its option `from`, never here.",
        types: ["string"],
      },
      {
        name: "sort",
        description: "How to sort the customers of the returned list.",
        types: ["string"],
        values: ["created", "updated"],
      },
      {
        name: "email",
        description: "Searches all customers for a valid email address, and lists the customers whose address is exactly the one given.",
        types: ["string"],
      },
      {
        name: "phoneNumber",
        description: "Searches all customers for a valid phone number. LOKE does not guarantee that a phone number belongs to one customer only.",
        types: ["string"],
      },
    ],
    columns: [
      { path: ["id"], isRequired: true },
      { path: ["createdAt"] },
      { path: ["updatedAt"] },
      { path: ["dob"] },
      { path: ["email"] },
      { path: ["firstName"], isRequired: true },
      { path: ["gender"] },
      { path: ["hasAgreedToMarketing"] },
      { path: ["lastName"], isRequired: true },
      { path: ["phoneNumber"] },
      { path: ["statistics", "lastPointsEarnedAt"] },
      { path: ["statistics", "lastPointsRedeemedAt"] },
      { path: ["statistics", "lastSpentAt"] },
      { path: ["statistics", "pointsBalance"] },
      { path: ["statistics", "totalPointsEarned"] },
      { path: ["statistics", "totalPointsRedeemed"] },
      { path: ["statistics", "totalSpend"] },
    ],
  },
  listMemberships: {
    summary: "List memberships",
    description: "Lists all customer lists that a customer is a member of, 10 results to a page. The `X-Next-Page` header of a response leads to the next page.",
    tenant: "organizationId",
    parameters: [
      {
        name: "organizationId",
        description: "ID of the organization.",
        required: true,
        types: ["string"],
      },
      {
        name: "after",
        description: "A cursor into the list. It is not set by hand: it comes in the response headers, so follow `X-Next-Page` instead. The typed client does: to go on from a page, pass `page.next` as its option `from`, never here.",
        types: ["string"],
      },
      { name: "customerId", description: "ID of the customer.", required: true, types: ["string"] },
    ],
    columns: [{ path: ["id"], isRequired: true }, { path: ["name"], isRequired: true }],
  },
};
