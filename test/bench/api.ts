/** The API as the benchmarks know it: what the server answers, and how a list is told how long and slow to be. */

/** The API's own page size. */
export const rowsPerPage = 1_000;

/** No benchmark depends on it; it is sent as every user sends one. */
export const accessToken =
  "bench.0123456789abcdefghijklmnopqrstuvwxyz.0123456789abcdefghijklmnopqrstuvwxyz";

export const customerId = idOf(1);

/** What a benchmark asks of the server. It travels as the organization's ID, so the client knows nothing of it. */
export interface Scenario {
  /** How long the list is. */
  readonly pages: number;
  /** How long the server waits before it sends the headers of a page, in milliseconds. */
  readonly headersAfterMs: number;
}

/** `20x50`: 20 pages, each after 50 ms. */
export function organizationId({ pages, headersAfterMs }: Scenario): string {
  return `${pages}x${headersAfterMs}`;
}

export function scenarioOf(organizationId: string): Scenario {
  const [pages = 0, headersAfterMs = 0] = organizationId.split("x").map(Number);
  return { pages, headersAfterMs };
}

/** 26 characters, like the ULIDs of the document's example. */
export function idOf(number: number): string {
  return `01FCCGYZA9JPQ97H${String(number).padStart(10, "0")}`;
}

/** A customer with the fields and sizes of the document's example: about 520 bytes of JSON (there 507). */
export function customerOf(number: number) {
  const spend = (number * 7_919) % 1_000_000;
  const redeemed = spend % 1_398;
  return {
    createdAt: timeOf(number * 61, 0),
    dob: timeOf(number * 86_400, 0).slice(0, 10),
    email: `customer.${number}@example.com`,
    firstName: ["John", "Zoë", "Priya", "Mateo", "Siân"][number % 5],
    gender: number % 2 ? "MALE" : "FEMALE",
    hasAgreedToMarketing: number % 3 === 0,
    id: idOf(number),
    lastName: ["Smith", "D'Souza", "García", "Nguyen"][number % 4],
    phoneNumber: `+6141${String(1_000_000 + (number % 9_000_000))}`,
    statistics: {
      lastPointsEarnedAt: timeOf(number * 67, 3),
      lastPointsRedeemedAt: timeOf(number * 59, 3),
      lastSpentAt: timeOf(number * 71, 3),
      pointsBalance: spend - redeemed,
      totalPointsEarned: spend,
      totalPointsRedeemed: redeemed,
      totalSpend: spend,
    },
    updatedAt: timeOf(number * 73, 0),
  };
}

function timeOf(seconds: number, fractionDigits: 0 | 3): string {
  const time = new Date(Date.UTC(2021, 0, 1) + (seconds % 100_000_000) * 1_000).toISOString();
  return fractionDigits === 0 ? time.replace(/\.\d+/, "") : time;
}

/** A token bucket, as many services have one in front of them. It travels as the organization's ID. */
export interface Bucket {
  /** Requests a second, and as many at once when it is full. 0 is no limit. */
  readonly perSecond: number;
  /** From so many accepted requests on, the rate is half. 0 is never. */
  readonly halvesAfter: number;
  /** Tells buckets apart. */
  readonly name: string;
}

/** A request that a bucket has seen. */
export interface Seen {
  /** Since the first, in milliseconds. */
  readonly atMs: number;
  readonly isAccepted: boolean;
}

export function bucketId({ halvesAfter, name, perSecond }: Bucket): string {
  return `bucket-${perSecond}-${halvesAfter}-${name}`;
}

export function isBucket(organizationId: string): boolean {
  return organizationId.startsWith("bucket-");
}

/** The customers of a bucket have 517 pages of memberships in 300 lists. */
export function pagesOf(customer: number): number {
  return customer % 300 < 217 ? 2 : 1;
}
