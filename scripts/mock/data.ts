import { createMockApi } from "loke-customers/testing";

/** Of the numbers that books and films may use there are few, and any hundred made-up customers share them. */
const { customers, organizationId } = createMockApi({ customers: 100 });

/** The one organization that has customers. */
export { organizationId };

/** Numbers that many of the mock's customers have. */
export const phoneNumbers = [...new Set(customers.flatMap((one) => one.phoneNumber ?? []))];

/** How many customers the mock has: two full pages and a half of the documented 1,000. */
export const customerCount = 2500;

/** How many customer lists its first customer is in: two full pages and a half of the documented 10. */
export const membershipCount = 25;
