/** What the suite is told of where it runs. It crosses into pages and workers, so it is plain data. */
export interface World {
  readonly apiUrl: string;
  /** Another origin, which must not get the token. */
  readonly strangerUrl: string;
  /** Gives access tokens. */
  readonly issuerUrl: string;
  /** Nobody listens there. */
  readonly refusedUrl: string;
  /** Whether scripts see only the response headers that the server exposes, as in a browser. */
  readonly hidesHeaders: boolean;
  /** Whether the runtime refuses to make code of strings. */
  readonly forbidsEval: boolean;
}

/** Shows a value as the runtime's console does. */
export type Inspect = (value: unknown) => string;

/** Checks by what they find, which is what a failure is called by. */
export type Checks = Readonly<Record<string, (world: World, inspect: Inspect) => Promise<void>>>;

/** Where the API has the customers of an organization. Each check has an organization of its own. */
export function customersOf(organizationId: string, after?: number | string): string {
  const query = after === undefined ? "" : `?after=${after}`;
  return `/organizations/${organizationId}/customers${query}`;
}

/** The customer of whom checks of single calls ask. */
export const customerId = "01FCCGYZA9JPQ97HBSTKW0KT7P";

export function customerOf(organizationId: string, id: string = customerId): string {
  return `${customersOf(organizationId)}/${id}`;
}

export function membershipsOf(organizationId: string, after?: number): string {
  const query = after === undefined ? "" : `?after=${after}`;
  return `${customerOf(organizationId)}/memberships${query}`;
}

/** The statuses that have an error class, and one that has none. */
export const statuses = [400, 401, 403, 404, 409, 429, 500, 503] as const;

/** What the server says of a check, when asked. */
export const control = {
  /** Answers when a target has been asked for. */
  seen: "/control/seen",
  /** Answers when the client has hung up on a target. */
  hungUp: "/control/hung-up",
  /** Answers with every request so far. */
  requests: "/control/requests",
} as const;

/** How long the server waits for what a check asks about, and a check may take. */
export const patienceMs = { server: 5_000, check: 15_000 } as const;

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
