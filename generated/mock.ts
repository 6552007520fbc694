// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

/** The lists of the document, by the name that the mock gives them. */
export const collections = {
  customers: { list: "listCustomers", id: "id" },
  memberships: { list: "listMemberships", parent: "customers", id: "id" },
} as const;

/** What each operation does to them, by `operationId`. */
export const operations: Readonly<Record<string, object | boolean>> = {
  getCustomer: { does: "get", collection: "customers", tenant: "organizationId", id: "customerId", status: 200, result: { $ref: "Customer" }, errors: { "404": null } },
  listCustomers: { does: "list", collection: "customers", tenant: "organizationId", query: { after: { type: "string" }, sort: { type: "string", enum: ["created", "updated"] }, email: { type: "string" }, phoneNumber: { type: "string" } }, sort: { created: "createdAt", updated: "updatedAt" }, status: 200, result: { type: "array", items: { $ref: "Customer" } } },
  listMemberships: { does: "list", collection: "memberships", tenant: "organizationId", parents: ["customerId"], query: { after: { type: "string" } }, status: 200, result: { type: "array", items: { $ref: "CustomerListTiny" } } },
};

/** The models. */
export const schemas: Readonly<Record<string, object | boolean>> = {
  Customer: { type: "object", required: ["id", "firstName", "lastName"], properties: { id: { type: "string" }, createdAt: { type: "string", format: "date-time" }, updatedAt: { type: "string", format: "date-time" }, dob: { type: "string", format: "date" }, email: { type: "string", format: "email" }, firstName: { type: "string" }, gender: { type: "string" }, hasAgreedToMarketing: { type: "boolean" }, lastName: { type: "string" }, phoneNumber: { type: "string" }, statistics: { $ref: "CustomerStatistics" } }, example: { createdAt: "2021-10-20T14:51:16Z", dob: "2021-10-20", email: "john@example.com", firstName: "John", gender: "MALE", hasAgreedToMarketing: true, id: "01FCCGYZA9JPQ97HBSTKW0KT7P", lastName: "Smith", phoneNumber: "+61411222333", statistics: { lastPointsEarnedAt: "2021-08-23T02:06:24.000Z", lastPointsRedeemedAt: "2021-03-17T04:27:06.000Z", lastSpentAt: "2021-08-23T02:06:23.000Z", pointsBalance: 3125, totalPointsEarned: 4523, totalPointsRedeemed: 1398, totalSpend: 3687 }, updatedAt: "2021-10-21T18:34:45Z" } },
  CustomerStatistics: { type: "object", required: ["lastPointsEarnedAt", "lastPointsRedeemedAt", "lastSpentAt", "pointsBalance", "totalPointsEarned", "totalPointsRedeemed", "totalSpend"], properties: { lastPointsEarnedAt: { type: "string", format: "date-time" }, lastPointsRedeemedAt: { type: "string", format: "date-time" }, lastSpentAt: { type: "string", format: "date-time" }, pointsBalance: { type: "integer" }, totalPointsEarned: { type: "integer" }, totalPointsRedeemed: { type: "integer" }, totalSpend: { type: "integer" } }, example: { lastPointsEarnedAt: "2021-08-23T02:06:24.000Z", lastPointsRedeemedAt: "2021-03-17T04:27:06.000Z", lastSpentAt: "2021-08-23T02:06:23.000Z", pointsBalance: 3125, totalPointsEarned: 4523, totalPointsRedeemed: 1398, totalSpend: 3687 } },
  CustomerTiny: { type: "object", required: ["id", "firstName", "lastName"], properties: { id: { type: "string" }, email: { type: "string", format: "email" }, firstName: { type: "string" }, lastName: { type: "string" }, phoneNumber: { type: "string" } } },
  CustomerListTiny: { type: "object", required: ["id", "name"], properties: { id: { type: "string" }, name: { type: "string" } }, example: { id: "01FCCGYZA9JPQ97HBSTKW0KT7P", name: "Loyal Customers" } },
};
