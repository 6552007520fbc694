/** A row that the server sends and the suite expects. Its name takes more bytes than characters. */
export interface Row {
  readonly id: string;
  readonly firstName: string;
}

export const rowsPerPage = 3;

/** The rows of a page, from 1. */
export function rowsOf(...pages: readonly number[]): Row[] {
  return pages.flatMap((page) =>
    Array.from({ length: rowsPerPage }, (_, at) => ({
      id: `${page}-${at}`,
      firstName: `Zoë 🦊 ${page}`,
    })),
  );
}

/** The lists that a customer is a member of: a full page, as the document has it, and a rest. */
export const memberships: readonly { id: string; name: string }[] = Array.from(
  { length: 12 },
  (_, at) => ({ id: `list-${at}`, name: `List ${at}` }),
);

/** A customer with every field, as the document has it. */
export const documented = {
  id: "01FCCGYZA9JPQ97HBSTKW0KT7P",
  createdAt: "2024-02-01T09:30:00Z",
  updatedAt: "2024-03-01T09:30:00Z",
  dob: "1990-01-31",
  email: "zoe@example.org",
  firstName: "Zoë",
  gender: "FEMALE",
  hasAgreedToMarketing: false,
  lastName: "Fox",
  phoneNumber: "+61491570006",
  statistics: {
    lastPointsEarnedAt: "2024-03-01T09:30:00.000Z",
    lastPointsRedeemedAt: "2024-02-28T09:30:00.000Z",
    lastSpentAt: "2024-03-01T09:30:00.000Z",
    pointsBalance: 20,
    totalPointsEarned: 50,
    totalPointsRedeemed: 30,
    totalSpend: 12_345,
  },
};

/** The same with a field that the document does not have, and a number that has become a string. */
export const drifted = {
  ...documented,
  tier: "gold",
  statistics: { ...documented.statistics, totalSpend: "12345" },
};
