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
