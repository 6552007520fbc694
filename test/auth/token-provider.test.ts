import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type Grant, keepToken, type TokenProvider } from "../../src/auth/token-provider.js";
import { type Clock, handClock } from "../faults/clock.js";
import { turn } from "../faults/held-fetch.js";
import { failureOf } from "../unit/observed-fetch.js";

let clock: Clock;
/** The requests that wait for an answer, and how many there were. */
let open: { give(grant: Partial<Grant>): void; fail(reason: unknown): void }[];
let count: number;

beforeEach(() => {
  clock = handClock();
  open = [];
  count = 0;
});

/** Tokens are named after the request that they come from. */
function held(
  options: { refreshBeforeMs?: number; signal?: AbortSignal; timeoutMs?: number } = {},
): TokenProvider {
  const timeoutMs = Number.POSITIVE_INFINITY;
  const settings = { refreshBeforeMs: 60_000, signal: undefined, timeoutMs, ...options };
  return keepToken(clock, settings, {
    timeoutError: () => new Error("no token in time"),
    requestToken() {
      count += 1;
      const accessToken = `token ${count}`;
      return new Promise((resolve, fail) => {
        const give = (grant: Partial<Grant>) =>
          resolve({ accessToken, expiresInMs: 600_000, ...grant });
        open.push({ give, fail });
      });
    },
  });
}

/** Answers the request that has waited longest. */
async function give(grant: Partial<Grant> = {}) {
  open.shift()?.give(grant);
  await turn(1);
}

/** The token of a call that makes a request, which is answered. */
async function answered(call: Promise<string>, grant?: Partial<Grant>): Promise<string> {
  await give(grant);
  return call;
}

async function fail(reason: unknown) {
  open.shift()?.fail(reason);
  await turn(1);
}

/** A provider that has given its first token, to so many calls. */
async function heldBy(calls: number, grant?: Partial<Grant>): Promise<TokenProvider> {
  const accessToken = held();
  const given = Promise.all(Array.from({ length: calls }, () => accessToken()));
  await give(grant);
  await given;
  return accessToken;
}

const refresh = { refresh: true };

/** The context of a call whose token was refused. */
const refused = (nth: number) => ({ refresh: true, refused: `token ${nth}` });

describe("a token is kept", () => {
  const minute = 60_000;
  test.for([
    ["of an hour", 60 * minute, minute, 59 * minute],
    ["of four minutes", 4 * minute, minute, 3 * minute],
    ["of a minute", minute, minute, 45_000],
    ["of a second", 1_000, minute, 750],
    ["of an hour, with refreshBeforeMs of two", 60 * minute, 120 * minute, 45 * minute],
    ["of an hour, with refreshBeforeMs 0", 60 * minute, 0, 60 * minute],
    ["of a thousand years", 3e13, minute, 3e13 - minute],
  ] as const)(
    "%s, until shortly before its end",
    async ([, expiresInMs, refreshBeforeMs, keptForMs]) => {
      const accessToken = held({ refreshBeforeMs });
      await answered(accessToken(), { expiresInMs });
      clock.advance(keptForMs - 1);
      expect(await accessToken()).toBe("token 1");
      clock.advance(1);
      const second = accessToken();
      await give({ expiresInMs });
      expect(await second).toBe("token 2");
    },
  );

  test("until a 401, if nobody says how long it lives", async () => {
    const accessToken = await heldBy(1, { expiresInMs: undefined });
    clock.advance(1e15);
    expect(await accessToken()).toBe("token 1");
    const second = accessToken(refresh);
    await give();
    expect(await second).toBe("token 2");
  });

  test("not at all if it lives no time; who waits for it gets it", async () => {
    const accessToken = held();
    const first = Promise.all([accessToken(), accessToken()]);
    await give({ expiresInMs: 0 });
    expect(await first).toEqual(["token 1", "token 1"]);
    const second = accessToken();
    await give({ expiresInMs: 0 });
    expect(await second).toBe("token 2");
  });

  test("counted from when it was asked for, and given even if it expired on its way", async () => {
    const accessToken = held();
    const first = accessToken();
    clock.advance(900_000);
    await give({ expiresInMs: 600_000 });
    expect(await first).toBe("token 1");
    const second = accessToken();
    await give();
    expect(await second).toBe("token 2");
  });

  test("also when the clock jumps: back keeps it, forth replaces it, and a 401 mends either", async () => {
    const accessToken = await heldBy(1);
    const { now } = clock;
    clock.now = () => now() - 1e12;
    expect(await accessToken()).toBe("token 1");
    expect(await answered(accessToken(refresh))).toBe("token 2");
    clock.now = () => now() + 1e12;
    expect(await answered(accessToken())).toBe("token 3");
    expect(await accessToken()).toBe("token 3");
  });
});

describe("one request is made", () => {
  test("for all who wait, and for who comes while it is under way", async () => {
    const accessToken = held();
    const early = accessToken();
    await turn();
    const late = accessToken();
    await give();
    expect(await Promise.all([early, late])).toEqual(["token 1", "token 1"]);
    expect(count).toBe(1);
  });

  test("for many calls that get a 401 at once", async () => {
    const accessToken = await heldBy(20);
    const again = Promise.all(Array.from({ length: 20 }, () => accessToken(refresh)));
    await give();
    expect(new Set(await again)).toEqual(new Set(["token 2"]));
    expect(count).toBe(2);
  });

  test("for many calls that get a 401 one after the other", async () => {
    const accessToken = await heldBy(20);
    expect(await answered(accessToken(refused(1)))).toBe("token 2");
    for (let call = 2; call <= 20; call++) expect(await accessToken(refused(1))).toBe("token 2");
    expect(count).toBe(2);
  });

  test("for two that get a 401, also when a token was once refused that nobody was given here", async () => {
    const accessToken = held();
    const restored = accessToken({ refresh: true, refused: "of another process" });
    await give();
    expect([await restored, await accessToken(), await accessToken()]).toEqual(
      Array(3).fill("token 1"),
    );
    const first = accessToken(refused(1));
    await give();
    expect([await first, await accessToken(refused(1))]).toEqual(["token 2", "token 2"]);
    expect(count).toBe(2);
  });

  test("for a 401 that comes while a token is asked for because the last one expires", async () => {
    const accessToken = await heldBy(2);
    clock.advance(590_000);
    const expired = accessToken();
    const refused = accessToken(refresh);
    await give();
    expect(await Promise.all([expired, refused])).toEqual(["token 2", "token 2"]);
    expect(count).toBe(2);
  });

  test("for a call that begins while a 401 is being mended: it is not given the refused token", async () => {
    const accessToken = await heldBy(1);
    const refused = accessToken(refresh);
    const fresh = accessToken();
    await give();
    expect(await Promise.all([refused, fresh])).toEqual(["token 2", "token 2"]);
  });
});

describe("another request is made", () => {
  test("for a 401 of a token that was just fetched", async () => {
    const accessToken = await heldBy(1);
    for (const expected of ["token 2", "token 3", "token 4"]) {
      expect(await answered(accessToken(refresh))).toBe(expected);
    }
  });

  test("for a 401 of the newer token, and for one of a token that is not known", async () => {
    const accessToken = await heldBy(2);
    await answered(accessToken(refused(1)));
    expect(await accessToken()).toBe("token 2");
    expect(await answered(accessToken(refused(2)))).toBe("token 3");
    const third = accessToken(refresh);
    await give();
    expect(await third).toBe("token 4");
  });

  test("for a 401 of the newer token after late ones of the older: these are not counted as its own", async () => {
    const accessToken = await heldBy(2);
    const first = accessToken(refused(1));
    await give();
    expect([await first, await accessToken(refused(1))]).toEqual(["token 2", "token 2"]);
    expect(await answered(accessToken(refused(2)))).toBe("token 3");
  });

  test("for a 401 of an older token when the newer one is about to expire", async () => {
    const accessToken = await heldBy(2);
    await answered(accessToken(refresh), { expiresInMs: 1_000 });
    clock.advance(900);
    expect(await answered(accessToken(refused(1)))).toBe("token 3");
  });

  test("after one that failed", async () => {
    const accessToken = held();
    const failures = Promise.all([failureOf(accessToken), failureOf(accessToken)]);
    await fail("down");
    expect(await failures).toEqual(["down", "down"]);
    const next = accessToken();
    await give();
    expect(await next).toBe("token 2");
  });

  test("after one that failed to mend a 401: the refused token is not given again", async () => {
    const accessToken = await heldBy(1);
    const refused = failureOf(() => accessToken(refresh));
    await fail("down");
    expect(await refused).toBe("down");
    const next = accessToken();
    await give();
    expect(await next).toBe("token 3");
  });
});

describe("while the issuer fails", () => {
  test("a token that is good for a while yet is given, and another asked for each time", async () => {
    const accessToken = await heldBy(1);
    clock.advance(599_998);
    for (const request of [2, 3]) {
      const next = accessToken();
      await fail("down");
      expect(await next).toBe("token 1");
      expect(count).toBe(request);
    }
    clock.advance(1);
    const last = failureOf(accessToken);
    clock.advance(1);
    await fail("down");
    expect(await last).toBe("down");
  });
});

describe("the option signal", () => {
  test("ends it for good, also while a token is kept", async () => {
    const stop = new AbortController();
    const accessToken = held({ signal: stop.signal });
    await answered(accessToken());
    stop.abort("shutdown");
    expect(await failureOf(accessToken)).toBe("shutdown");
    expect(await failureOf(() => accessToken(refresh))).toBe("shutdown");
    expect(count).toBe(1);
  });

  test("wins over a token that is good for a while yet", async () => {
    const stop = new AbortController();
    const accessToken = held({ signal: stop.signal });
    await answered(accessToken());
    clock.advance(599_000);
    const second = failureOf(accessToken);
    stop.abort("shutdown");
    await fail("aborted");
    expect(await second).toBe("shutdown");
  });
});

describe("the signal of a call", () => {
  test("ends that wait with its reason, and neither the request nor the waits of others", async () => {
    const accessToken = held();
    const own = new AbortController();
    const waits = failureOf(() => accessToken({ signal: own.signal }));
    const other = accessToken();
    await turn();
    own.abort("enough");
    expect(await waits).toBe("enough");
    await give();
    expect(await other).toBe("token 1");
    expect(clock.pending()).toEqual([]);
  });

  test("ends the only wait: the token comes for the next call, and a failure is nobody's", async () => {
    const accessToken = held();
    const own = new AbortController();
    const waits = failureOf(() => accessToken({ signal: own.signal }));
    own.abort("enough");
    expect(await waits).toBe("enough");
    await fail("down, which nobody is told");
    const again = new AbortController();
    const next = failureOf(() => accessToken({ signal: again.signal }));
    again.abort("enough again");
    expect(await next).toBe("enough again");
    await give();
    expect(await accessToken()).toBe("token 2");
  });

  test("that has aborted asks for nothing", async () => {
    const accessToken = held();
    expect(await failureOf(() => accessToken({ signal: AbortSignal.abort("before") }))).toBe(
      "before",
    );
    expect(count).toBe(0);
  });

  test("that aborts does not make do with the last token", async () => {
    const accessToken = await heldBy(1);
    clock.advance(599_000);
    const own = new AbortController();
    const waits = failureOf(() => accessToken({ signal: own.signal }));
    own.abort("enough");
    expect(await waits).toBe("enough");
    await give();
  });

  test("lets go of its listeners", async () => {
    const accessToken = await heldBy(1);
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, given);
    };
    signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, given);
    };
    const next = accessToken({ refresh: true, signal });
    await turn();
    expect(listeners).toBe(1);
    await give();
    await next;
    expect(listeners).toBe(0);
  });
});

test("whatever comes in whatever order, no call gets the token again that it was refused with", async () => {
  let refused = 0;
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant("call") },
    { weight: 3, arbitrary: fc.constant("give") },
    { weight: 4, arbitrary: fc.constant("answer") },
    { weight: 2, arbitrary: fc.constant("revoke") },
    { weight: 1, arbitrary: fc.constantFrom("fail", "expire") },
  );
  const scripts = fc.array(step, { maxLength: 60, size: "max" });
  const runs = 300;
  const run = async (script: string[]) => {
    clock = handClock();
    open = [];
    count = 0;
    const accessToken = held();
    /** Calls that have a token, and no answer yet. */
    const calls: { token: string; hasRefreshed: boolean }[] = [];
    const asked: Promise<void>[] = [];
    let revoked = 0;
    const ask = async (refusedToken?: string) => {
      const hasRefreshed = refusedToken !== undefined;
      const token = await accessToken({ refresh: hasRefreshed }).catch(String);
      expect(token).not.toBe(refusedToken);
      if (token !== "down") calls.push({ token, hasRefreshed });
    };
    for (const one of script) {
      if (one === "call") asked.push(ask());
      if (one === "give") await give();
      if (one === "fail") await fail("down");
      if (one === "expire") clock.advance(595_000);
      if (one === "revoke") revoked = count - open.length;
      const call = one === "answer" ? calls.shift() : undefined;
      // As the client does: it asks once more after a 401, and then gives up.
      if (call && !call.hasRefreshed && Number(call.token.slice(6)) <= revoked) {
        refused += 1;
        asked.push(ask(call.token));
      }
      await turn(1);
      expect(open.length).toBeLessThanOrEqual(1);
    }
    await give();
    await Promise.all(asked);
  };
  await fc.assert(fc.asyncProperty(scripts, run), { numRuns: runs });
  console.log(`tokens: ${refused} calls were refused, in ${runs} random orders`);
  expect(refused).toBeGreaterThan(runs);
});

describe("a request for a token that never ends", () => {
  const timeoutMs = 1_000;

  test("is dropped at timeoutMs: the next caller requests anew", async () => {
    const accessToken = held({ timeoutMs });
    const first = failureOf(accessToken);
    clock.advance(timeoutMs);
    expect(await first).toEqual(new Error("no token in time"));
    const second = accessToken();
    open.pop()?.give({});
    expect(await second).toBe("token 2");
    expect(clock.pending()).toEqual([]);
  });

  test("ends nobody's wait early: who came later gets the token of a new request", async () => {
    const accessToken = held({ timeoutMs });
    const first = failureOf(accessToken);
    clock.advance(600);
    const second = accessToken();
    clock.advance(400);
    expect(await first).toEqual(new Error("no token in time"));
    await turn(1);
    open.pop()?.give({});
    expect(await second).toBe("token 2");
  });

  test("costs one new request, however many wait", async () => {
    const accessToken = held({ timeoutMs });
    const early = Array.from({ length: 10 }, () => failureOf(accessToken));
    clock.advance(1);
    const late = Array.from({ length: 10 }, () => accessToken());
    clock.advance(timeoutMs - 1);
    await Promise.all(early);
    await turn(1);
    open.pop()?.give({});
    expect(new Set(await Promise.all(late))).toEqual(new Set(["token 2"]));
    expect(count).toBe(2);
  });

  test("that ends after all does not replace the newer token", async () => {
    const accessToken = held({ timeoutMs });
    const first = failureOf(accessToken);
    clock.advance(timeoutMs);
    await first;
    const second = accessToken();
    open[1]?.give({});
    await second;
    await give();
    expect(await accessToken()).toBe("token 2");
  });
});
