import { control } from "./targets.js";
import type { World } from "./world.js";

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
