import { type ClientOptions, createClient, type LokeClient } from "loke-customers";
import { control, type World } from "./world.js";

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

/** A request as a server saw it. */
export interface Seen {
  readonly method: string;
  readonly target: string;
  readonly authorization: string | null;
}

/** Waits until the API has been asked for a target. */
export async function seen(world: World, target: string): Promise<void> {
  await ask(`${world.apiUrl}${control.seen}?target=${encodeURIComponent(target)}`);
}

/** Waits until the API has seen the client give a target up, in mid-answer. */
export async function hungUp(world: World, target: string): Promise<void> {
  await ask(`${world.apiUrl}${control.hungUp}?target=${encodeURIComponent(target)}`);
}

/** What a server was asked for below a path, in order. */
export async function requestsTo(serverUrl: string, below: string): Promise<Seen[]> {
  const all: Seen[] = JSON.parse(await ask(serverUrl + control.requests));
  return all.filter(({ target }) => target.startsWith(below));
}

async function ask(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
