import { type ClientOptions, createClient, type LokeClient } from "loke-customers";
import type { World } from "./world.js";

export const token = "token-8d3f41c7-of-the-owner";

/** A client that does not wait long before it tries again. */
export function clientOf(world: World, options: ClientOptions = {}): LokeClient {
  return createClient({
    baseUrl: world.apiUrl,
    accessToken: token,
    timeoutMs: 10_000,
    retry: { baseDelayMs: 1 },
    ...options,
  });
}

/** Reads a list to its end. */
export async function readAll<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}
