import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createClientIn } from "../../src/client.js";
import { realEnvironment } from "../../src/environment.js";
import { adaptivePace } from "../../src/pace.js";
import { turn } from "./held-fetch.js";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const one = { organizationId: "org", customerId: "c" };
const calls = 10_000;

async function heapUsed(): Promise<number> {
  await turn(20);
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** The bytes of each of many calls to a server that does not answer. They end when the test is over. */
async function bytesPerCall(pace: ReturnType<typeof adaptivePace> | undefined): Promise<number> {
  const stop = new AbortController();
  const fetch = (_url: string, { signal }: RequestInit) =>
    new Promise<Response>((_, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  const loke = createClientIn(realEnvironment, { fetch, pace });
  const before = await heapUsed();
  const all = Array.from({ length: calls }, () => loke.getCustomer(one, { signal: stop.signal }));
  const settled = Promise.allSettled(all);
  const bytes = ((await heapUsed()) - before) / calls;
  stop.abort("enough");
  await settled;
  return bytes;
}

test("10,000 calls that wait take less memory each than calls in flight", async () => {
  await bytesPerCall(undefined);
  await bytesPerCall(adaptivePace());
  const inFlight = await bytesPerCall(undefined);
  const waiting = await bytesPerCall(adaptivePace());
  console.log(`${Math.round(waiting)} bytes waiting, ${Math.round(inFlight)} in flight`);
  expect(waiting).toBeLessThan(inFlight);
});

test("a client that is dropped is collected, while its pace stays", async () => {
  const pace = adaptivePace({ maxConcurrent: 2 });
  async function useClient(): Promise<WeakRef<object>> {
    const fetch = async () => Response.json({ id: "c" });
    const loke = createClientIn(realEnvironment, { fetch, pace });
    await Promise.all(Array.from({ length: 20 }, () => loke.getCustomer(one)));
    return new WeakRef(loke);
  }
  const client = await useClient();
  await heapUsed();
  await heapUsed();
  expect(client.deref()).toBeUndefined();
  expect(typeof pace).toBe("function");
});
