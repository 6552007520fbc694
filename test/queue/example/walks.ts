/**
 * How far each walk is, and what it has brought. Both are in Redis, and change together or not at all: that, and not
 * the queue, is why no row is lost or repeated when a worker dies.
 */
import { Redis } from "ioredis";
import type { ArgumentsOf, Customer, Page } from "loke-customers";

export const queueName = "customer-walks";

/** A job's data are the arguments of its list, so that a new version of the worker cannot change a walk half-way. */
export type WalkJob = ArgumentsOf<"listCustomers">;

/** The place alone would not do: a walk that has not begun has none, and one that is finished has none either. */
export type Walk = { state: "new" } | { state: "walking"; place: string } | { state: "finished" };

/** Commands wait for as long as Redis is away (`null`): BullMQ wants it so. */
export const redis = new Redis(process.env.REDIS_URL ?? "redis://127.0.0.1:6399", {
  maxRetriesPerRequest: null,
});

/** In braces what decides on which node of a cluster a key is: both keys of a walk have to be on the same. */
const walkKey = (id: string) => `walk:{${id}}`;
const rowsKey = (id: string) => `rows:{${id}}`;

const newWalk = JSON.stringify({ state: "new" } satisfies Walk);

export async function readWalk(id: string): Promise<Walk> {
  return JSON.parse((await redis.get(walkKey(id))) ?? newWalk);
}

/**
 * Stores a page if the walk is where its reader left it. A worker that was frozen or cut off does not know that
 * another has taken over, and would store a page twice. One script and not WATCH with MULTI: what a connection watches is
 * shared by all walks that use it.
 */
const storeScript = `
  if (redis.call("GET", KEYS[1]) or '${newWalk}') ~= ARGV[1] then return 0 end
  redis.call("SET", KEYS[1], ARGV[2])
  for i = 3, #ARGV do redis.call("RPUSH", KEYS[2], ARGV[i]) end
  return 1
`;

/**
 * Stores the rows of a page (here their IDs) and where the walk is after it, in one step.
 *
 * @param walk - as it was when this page was asked for
 * @returns the walk after this page
 * @throws Error if it is elsewhere by now: another worker has stored this page, or Redis did not get to say that it has
 */
export async function storePage(id: string, walk: Walk, page: Page<Customer>): Promise<Walk> {
  const after: Walk =
    page.next === undefined ? { state: "finished" } : { state: "walking", place: page.next };
  const keys = [walkKey(id), rowsKey(id)];
  const states = [JSON.stringify(walk), JSON.stringify(after)];
  const rows = page.items.map((customer) => customer.id);
  const isStored = await redis.eval(storeScript, keys.length, ...keys, ...states, ...rows);
  if (!isStored) throw new Error("this page has been stored already: nothing is stored twice");
  return after;
}
