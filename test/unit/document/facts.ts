/** What the page says, without its sentences. */
export interface Facts {
  /** By request, such as `get /organizations`. */
  readonly operations: Readonly<Record<string, OperationFacts>>;
  /** By name, and of each its fields. The type of a field ends in `?` where the page says "(optional)". */
  readonly models: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface OperationFacts {
  /** In lower case. */
  readonly title: string;
  readonly paging?: { readonly header: string; readonly pageSize: number };
  /** Of each its name, type and place, and its values if they are listed. */
  readonly parameters: readonly string[];
  /** By status, the model; empty if the page gives none. */
  readonly responses: Readonly<Record<string, string>>;
  readonly example: unknown;
}

const customer = {
  createdAt: "2021-10-20T14:51:16Z",
  dob: "2021-10-20",
  email: "john@example.com",
  firstName: "John",
  gender: "MALE",
  hasAgreedToMarketing: true,
  id: "01FCCGYZA9JPQ97HBSTKW0KT7P",
  lastName: "Smith",
  phoneNumber: "+61411222333",
  statistics: {
    lastPointsEarnedAt: "2021-08-23T02:06:24.000Z",
    lastPointsRedeemedAt: "2021-03-17T04:27:06.000Z",
    lastSpentAt: "2021-08-23T02:06:23.000Z",
    pointsBalance: 3125,
    totalPointsEarned: 4523,
    totalPointsRedeemed: 1398,
    totalSpend: 3687,
  },
  updatedAt: "2021-10-21T18:34:45Z",
};

const customerList = { id: "01FCCGYZA9JPQ97HBSTKW0KT7P", name: "Loyal Customers" };

/** The facts of the page, in its order. */
export const facts: Facts = {
  operations: {
    "get /organizations/{organizationId}/customers/{customerId}": {
      title: "get a customer",
      parameters: ["organizationId string path", "customerId string path"],
      responses: { 200: "Customer", 404: "" },
      example: customer,
    },
    "get /organizations/{organizationId}/customers": {
      title: "list customers",
      paging: { header: "X-Next-Page", pageSize: 1000 },
      parameters: [
        "organizationId string path",
        "after string query",
        "sort string query created|updated",
        "email string query",
        "phoneNumber string query",
      ],
      responses: { 200: "Customer[]" },
      example: [customer, customer, customer],
    },
    "get /organizations/{organizationId}/customers/{customerId}/memberships": {
      title: "list memberships",
      paging: { header: "X-Next-Page", pageSize: 10 },
      parameters: ["organizationId string path", "after string query", "customerId string path"],
      responses: { 200: "CustomerListTiny[]" },
      example: [customerList, customerList, customerList],
    },
  },
  models: {
    Customer: {
      id: "string",
      createdAt: "string?",
      updatedAt: "string?",
      dob: "string?",
      email: "string?",
      firstName: "string",
      gender: "string?",
      hasAgreedToMarketing: "boolean?",
      lastName: "string",
      phoneNumber: "string?",
      statistics: "CustomerStatistics?",
    },
    CustomerStatistics: {
      lastPointsEarnedAt: "string",
      lastPointsRedeemedAt: "string",
      lastSpentAt: "string",
      pointsBalance: "integer",
      totalPointsEarned: "integer",
      totalPointsRedeemed: "integer",
      totalSpend: "integer",
    },
    CustomerTiny: {
      id: "string",
      email: "string?",
      firstName: "string",
      lastName: "string",
      phoneNumber: "string?",
    },
    CustomerListTiny: {
      id: "string",
      name: "string",
    },
  },
};
