// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import type {
  Customer,
  CustomerStatistics,
  CustomerTiny,
  CustomerListTiny,
} from "./models.js";

export interface paths {
    "/organizations/{organizationId}/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer
         * Returns one customer of an organization by its ID.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organizationId}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers
         * Lists all customers of an organization, 1,000 results to a page. The `X-Next-Page` header of a response leads to the next page. To find particular customers, search by `email` or `phoneNumber`.
         */
        get: operations["listCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/organizations/{organizationId}/customers/{customerId}/memberships": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List memberships
         * Lists all customer lists that a customer is a member of, 10 results to a page. The `X-Next-Page` header of a response leads to the next page.
         */
        get: operations["listMemberships"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Customer: Customer;
        CustomerStatistics: CustomerStatistics;
        CustomerTiny: CustomerTiny;
        CustomerListTiny: CustomerListTiny;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** ID of the organization. */
                organizationId: string;
                /** ID of the customer. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "createdAt": "2021-10-20T14:51:16Z",
                     *       "dob": "2021-10-20",
                     *       "email": "john@example.com",
                     *       "firstName": "John",
                     *       "gender": "MALE",
                     *       "hasAgreedToMarketing": true,
                     *       "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *       "lastName": "Smith",
                     *       "phoneNumber": "+61411222333",
                     *       "statistics": {
                     *         "lastPointsEarnedAt": "2021-08-23T02:06:24.000Z",
                     *         "lastPointsRedeemedAt": "2021-03-17T04:27:06.000Z",
                     *         "lastSpentAt": "2021-08-23T02:06:23.000Z",
                     *         "pointsBalance": 3125,
                     *         "totalPointsEarned": 4523,
                     *         "totalPointsRedeemed": 1398,
                     *         "totalSpend": 3687
                     *       },
                     *       "updatedAt": "2021-10-21T18:34:45Z"
                     *     }
                     */
                    "application/json": Customer;
                };
            };
            /** Not found. No body is documented. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** A cursor into the list. It is not set by hand: it comes in the response headers, so follow `X-Next-Page` instead. The typed client does: to go on from a page, pass `page.next` as its option `from`, never here. */
                after?: string;
                /** How to sort the customers of the returned list. */
                sort?: "created" | "updated";
                /** Searches all customers for a valid email address, and lists the customers whose address is exactly the one given. */
                email?: string;
                /** Searches all customers for a valid phone number. LOKE does not guarantee that a phone number belongs to one customer only. */
                phoneNumber?: string;
            };
            header?: never;
            path: {
                /** ID of the organization. */
                organizationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of customers. */
            200: {
                headers: {
                    /** The URL of the next page. The page says to use it to get the next page. LOKE's guide to paging adds that it is a response header, holds a full URL with all the context needed, and is absent on the last page. An older version of that guide resolves it against the base URL, so it can be a path too. */
                    "X-Next-Page"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "createdAt": "2021-10-20T14:51:16Z",
                     *         "dob": "2021-10-20",
                     *         "email": "john@example.com",
                     *         "firstName": "John",
                     *         "gender": "MALE",
                     *         "hasAgreedToMarketing": true,
                     *         "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *         "lastName": "Smith",
                     *         "phoneNumber": "+61411222333",
                     *         "statistics": {
                     *           "lastPointsEarnedAt": "2021-08-23T02:06:24.000Z",
                     *           "lastPointsRedeemedAt": "2021-03-17T04:27:06.000Z",
                     *           "lastSpentAt": "2021-08-23T02:06:23.000Z",
                     *           "pointsBalance": 3125,
                     *           "totalPointsEarned": 4523,
                     *           "totalPointsRedeemed": 1398,
                     *           "totalSpend": 3687
                     *         },
                     *         "updatedAt": "2021-10-21T18:34:45Z"
                     *       },
                     *       {
                     *         "createdAt": "2021-10-20T14:51:16Z",
                     *         "dob": "2021-10-20",
                     *         "email": "john@example.com",
                     *         "firstName": "John",
                     *         "gender": "MALE",
                     *         "hasAgreedToMarketing": true,
                     *         "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *         "lastName": "Smith",
                     *         "phoneNumber": "+61411222333",
                     *         "statistics": {
                     *           "lastPointsEarnedAt": "2021-08-23T02:06:24.000Z",
                     *           "lastPointsRedeemedAt": "2021-03-17T04:27:06.000Z",
                     *           "lastSpentAt": "2021-08-23T02:06:23.000Z",
                     *           "pointsBalance": 3125,
                     *           "totalPointsEarned": 4523,
                     *           "totalPointsRedeemed": 1398,
                     *           "totalSpend": 3687
                     *         },
                     *         "updatedAt": "2021-10-21T18:34:45Z"
                     *       },
                     *       {
                     *         "createdAt": "2021-10-20T14:51:16Z",
                     *         "dob": "2021-10-20",
                     *         "email": "john@example.com",
                     *         "firstName": "John",
                     *         "gender": "MALE",
                     *         "hasAgreedToMarketing": true,
                     *         "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *         "lastName": "Smith",
                     *         "phoneNumber": "+61411222333",
                     *         "statistics": {
                     *           "lastPointsEarnedAt": "2021-08-23T02:06:24.000Z",
                     *           "lastPointsRedeemedAt": "2021-03-17T04:27:06.000Z",
                     *           "lastSpentAt": "2021-08-23T02:06:23.000Z",
                     *           "pointsBalance": 3125,
                     *           "totalPointsEarned": 4523,
                     *           "totalPointsRedeemed": 1398,
                     *           "totalSpend": 3687
                     *         },
                     *         "updatedAt": "2021-10-21T18:34:45Z"
                     *       }
                     *     ]
                     */
                    "application/json": Customer[];
                };
            };
        };
    };
    listMemberships: {
        parameters: {
            query?: {
                /** A cursor into the list. It is not set by hand: it comes in the response headers, so follow `X-Next-Page` instead. The typed client does: to go on from a page, pass `page.next` as its option `from`, never here. */
                after?: string;
            };
            header?: never;
            path: {
                /** ID of the organization. */
                organizationId: string;
                /** ID of the customer. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** One page of the customer lists that the customer is a member of. */
            200: {
                headers: {
                    /** The URL of the next page. The page says to use it to get the next page. LOKE's guide to paging adds that it is a response header, holds a full URL with all the context needed, and is absent on the last page. An older version of that guide resolves it against the base URL, so it can be a path too. */
                    "X-Next-Page"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *         "name": "Loyal Customers"
                     *       },
                     *       {
                     *         "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *         "name": "Loyal Customers"
                     *       },
                     *       {
                     *         "id": "01FCCGYZA9JPQ97HBSTKW0KT7P",
                     *         "name": "Loyal Customers"
                     *       }
                     *     ]
                     */
                    "application/json": CustomerListTiny[];
                };
            };
        };
    };
}
