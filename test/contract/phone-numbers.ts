import { createMockApi } from "../../src/testing.js";

const { customers } = createMockApi({ customers: 100 });

/** Of the numbers that books and films may use there are few: each is that of many made-up customers. */
export const phoneNumbers: readonly string[] = [
  ...new Set(customers.flatMap(({ phoneNumber }) => phoneNumber ?? [])),
];
