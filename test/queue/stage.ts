import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { type Api, organizations, startApi } from "./api.js";
import { createGate, type Gate } from "./gate.js";
import { happens, type Program, startProgram, until } from "./program.js";
import { startRedis } from "./redis.js";

/** Redis, the API, and the workers between them. */
export interface Stage {
  readonly api: Api;
  readonly gate: Gate;
  /** Starts a worker. Its name is its access token, too. */
  startWorker(options?: WorkerOptions): Promise<Program>;
  /** Adds a walk for each organization. */
  produce(run?: string): Promise<void>;
  /** A worker that has been started. */
  worker(name: string): Program;
  /** Waits until so many pages of an organization are stored. */
  stored(organizationId: string, pages: number): Promise<void>;
  /** From now on, no page that is stored by now may be asked for. */
  mark(): Promise<void>;
  /** Waits until every job is done, and looks whether all that was served is stored, in order, once. */
  finished(run?: string): Promise<void>;
  /** Waits until the queue has given up a job. @returns why */
  failed(organizationId: string): Promise<string>;
  /** A number that the queue keeps of a job: attempts made, times started. 0 if it keeps none. */
  count(organizationId: string, what: "made" | "started"): Promise<number>;
  /** What the programs have printed. */
  output(): string;
  clear(): Promise<void>;
}

export interface WorkerOptions {
  /** @default that of the API */
  baseUrl?: string;
  /** @default 2_000 */
  lockDurationMs?: number;
}

/** Of a walk that ends early: the page in hand, and the one that was asked for ahead of it. */
const pagesInFlight = 2;

const firstRun = "night-1";

/** The ID of an organization's job and walk. */
function walkOf(organizationId: string, run: string = firstRun): string {
  return `${run}.${organizationId}`;
}

/** The key of a walk's rows, which only the command that stores a page has in it. */
export function rowsOf(organizationId: string, run: string = firstRun): string {
  return `rows:{${walkOf(organizationId, run)}}`;
}

export async function setStage(example: string, folder: string): Promise<Stage> {
  await mkdir(folder);
  const redis = await startRedis(example, folder);
  const api = await startApi(organizations);
  const gate = createGate(redis.socket);
  const programs: Program[] = [];
  let begun = 0;
  let marks: { requests: number; stored: ReadonlyMap<string, number> }[] = [];

  async function start(name: string, args: string[], env: Record<string, string> = {}) {
    const redisUrl = await gate.open(name);
    const options = { cwd: example, env: { REDIS_URL: redisUrl, ...env } };
    const program = startProgram(name, args, options);
    programs.push(program);
    return program;
  }

  const pagesOf = (organizationId: string) => organizations.get(organizationId) ?? [];
  const queueKey = (name: string) => `bull:customer-walks:${name}`;

  /** How many pages are stored. What is stored must be these pages as they were served, and nothing else. */
  async function look(organizationId: string, run = firstRun): Promise<number> {
    const walk = walkOf(organizationId, run);
    // Both at one time: a worker may be writing.
    const script = `
      local rows = redis.call("LRANGE", KEYS[2], 0, -1)
      table.insert(rows, 1, redis.call("GET", KEYS[1]) or "none")
      return rows`;
    const [record = "", ...rows] = await redis.ask(
      ...["EVAL", script, "2", `walk:{${walk}}`, rowsOf(organizationId, run)],
    );
    const pages = pagesOf(organizationId);
    // The link that the API gave is in it: …/customers?after=3
    const page = /\?after=(\d+)/.exec(record)?.[1];
    const count = record.includes('"finished"') ? pages.length : Number(page ?? 0);
    assert.deepEqual(rows, pages.slice(0, count).flat(), `the rows of ${walk}, ${record}`);
    return count;
  }

  async function jobs(state: "completed" | "failed"): Promise<string[]> {
    return redis.ask("ZRANGE", queueKey(state), "0", "-1");
  }

  async function reason(walk: string): Promise<string> {
    return (await redis.ask("HGET", queueKey(walk), "failedReason")).join(" ");
  }

  async function count(organizationId: string, what: "made" | "started", run = firstRun) {
    const name = what === "made" ? "atm" : "ats";
    const [value = 0] = await redis.ask("HGET", queueKey(walkOf(organizationId, run)), name);
    return Number(value);
  }

  return {
    api,
    gate,
    count,
    startWorker({ baseUrl = api.url, lockDurationMs = 2_000 } = {}) {
      const name = `worker-${programs.length + 1}`;
      return start(name, ["worker.ts"], {
        LOKE_ACCESS_TOKEN: name,
        LOKE_BASE_URL: baseUrl,
        LOCK_DURATION_MS: String(lockDurationMs),
      });
    },
    async produce(run = firstRun) {
      begun = api.requests.length;
      marks = [];
      const producer = await start("producer", ["producer.ts", run, ...organizations.keys()]);
      assert.equal(await happens("the producer to end", producer.ended), 0);
    },
    worker(name) {
      const found = programs.find((program) => program.name === name);
      assert(found, `no worker is called "${name}"`);
      return found;
    },
    async stored(organizationId, pages) {
      const what = `${pages} pages of ${organizationId} to be stored`;
      await until(what, async () => (await look(organizationId)) >= pages);
    },
    async mark() {
      const stored = new Map<string, number>();
      for (const id of organizations.keys()) stored.set(id, await look(id));
      marks.push({ requests: api.requests.length, stored });
    },
    async finished(run = firstRun) {
      await until(`the walks of ${run} to be finished`, async () => {
        for (const walk of await jobs("failed")) assert.fail(`${walk}: ${await reason(walk)}`);
        const done = await jobs("completed");
        return [...organizations.keys()].every((id) => done.includes(walkOf(id, run)));
      });
      for (const [id, pages] of organizations) {
        assert.equal(await look(id, run), pages.length, `pages of ${id} that are stored`);
        const requests = api.requests.slice(begun).filter((one) => one.organizationId === id);
        const limit = pages.length + pagesInFlight * ((await count(id, "started", run)) - 1);
        assert(requests.length <= limit, `${requests.length} requests for ${id}, over ${limit}`);
      }
      for (const { requests, stored } of marks) {
        const repeated = api.requests
          .slice(requests)
          .filter(({ organizationId, page }) => page < (stored.get(organizationId) ?? 0));
        assert.deepEqual(repeated, [], "pages asked for again that had been stored");
      }
    },
    async failed(organizationId) {
      const walk = walkOf(organizationId);
      await until(`${walk} to fail`, async () => (await jobs("failed")).includes(walk));
      return reason(walk);
    },
    output: () => programs.map(({ name, output }) => `--- ${name}\n${output()}`).join("\n"),
    async clear() {
      for (const program of programs) program.kill("SIGKILL");
      await Promise.all(programs.map(({ ended }) => ended));
      await Promise.all([gate.close(), api.close(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
