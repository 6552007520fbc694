import assert from "node:assert/strict";
import { gap, long, organizations } from "./api.js";
import { happens, type Program, until } from "./program.js";
import { rowsOf, type Stage } from "./stage.js";

export interface Scenario {
  readonly title: string;
  run(stage: Stage): Promise<void>;
}

/** So long that nothing is taken over because a lock has run out. */
const neverStalls = { lockDurationMs: 600_000 };

export const scenarios: readonly Scenario[] = [
  {
    title: "walks every organization, also when the producer runs twice",
    async run(stage) {
      await startTwo(stage);
      await stage.produce();
      await stage.finished();
      await stage.produce();
      await stage.finished();
    },
  },
  {
    title: "goes on when a worker is killed with a page that is not stored yet",
    async run(stage) {
      const commit = stage.gate.hold(rowsOf(long), 3, "command");
      await startTwo(stage);
      await kill(stage, commit.reached, 2);
      await stage.finished();
    },
  },
  {
    title: "goes on when a worker is killed before it hears that a page is stored",
    async run(stage) {
      const commit = stage.gate.hold(rowsOf(long), 3, "reply");
      await startTwo(stage);
      await kill(stage, commit.reached, 3);
      await stage.finished();
    },
  },
  {
    title: "goes on when a worker is killed while the next page is on its way",
    async run(stage) {
      const page = stage.api.hold(long, 3);
      await startTwo(stage);
      await kill(stage, page.reached, 3);
      await stage.finished();
    },
  },
  {
    title: "begins at the beginning when a worker is killed with the first page",
    async run(stage) {
      const commit = stage.gate.hold(rowsOf(long), 1, "command");
      await startTwo(stage);
      await kill(stage, commit.reached, 0);
      await stage.finished();
    },
  },
  {
    title:
      "asks for nothing when a worker is killed after the last page, before the end of its job",
    async run(stage) {
      const commit = stage.gate.hold(rowsOf(long), 7, "reply");
      await startTwo(stage);
      await kill(stage, commit.reached, 7);
      await stage.finished();
    },
  },
  {
    title: "goes on when three workers are killed in one walk",
    async run(stage) {
      const pages = [1, 3, 5].map((page) => ({ page, ...stage.api.hold(long, page) }));
      await startTwo(stage);
      for (const { page, reached } of pages) {
        await kill(stage, reached, page);
        await stage.startWorker();
      }
      await stage.finished();
    },
  },
  {
    title: "stores nothing twice when a worker is frozen beyond its lock, and wakes",
    async run(stage) {
      const page = stage.api.hold(long, 3);
      const workers = await startTwo(stage);
      const frozen = stage.worker(await happens("a page to be asked for", page.reached));
      await stage.stored(long, 3);
      frozen.kill("SIGSTOP");
      page.release();
      await stage.mark();
      await stage.finished();

      frozen.kill("SIGCONT");
      await says(frozen, /night-1\.01HLONG: (another worker|this page)/);
      await stage.finished();

      // It is none the worse for it: it does the next night alone.
      await Promise.all(workers.filter((worker) => worker !== frozen).map(stop));
      await stage.produce("night-2");
      await stage.finished("night-2");
    },
  },
  ...[1, 3].map((nth) => ({
    title: `refuses page ${nth} of a worker that was cut off from Redis, when the walk is finished`,
    async run(stage: Stage) {
      const commit = stage.gate.hold(rowsOf(long), nth, "command");
      await startTwo(stage);
      const lost = stage.worker(await happens("a page to be stored", commit.reached));
      await stage.mark();
      await stage.finished();
      commit.release();
      await says(lost, /night-1\.01HLONG: this page has been stored already/);
      await stage.finished();
    },
  })),
  {
    title: "stores a page once when its connection to Redis breaks, and the command is sent again",
    async run(stage) {
      const commit = stage.gate.hold(rowsOf(long), 3, "reply");
      const worker = await stage.startWorker(neverStalls);
      await stage.produce();
      await happens("a page to be stored", commit.reached);
      await stage.stored(long, 3);
      await stage.mark();
      commit.cut();
      await says(worker, /night-1\.01HLONG: this page has been stored already/);
      await stage.finished();
    },
  },
  {
    title: "stops asking when it wakes, and another worker has its walk",
    async run(stage) {
      const page = stage.api.hold(long, 3);
      await startTwo(stage);
      const frozen = stage.worker(await happens("a page to be asked for", page.reached));
      await stage.stored(long, 3);
      frozen.kill("SIGSTOP");
      await stage.mark();
      await stage.finished();
      frozen.kill("SIGCONT");
      // The page that it waits for does not come: it hears of it from the queue.
      await says(frozen, /night-1\.01HLONG: another worker has this walk/);
    },
  },
  {
    title: "hands its walk to another worker when it is asked to stop, and asks for nothing more",
    async run(stage) {
      const page = stage.api.hold(long, 3);
      await startTwo(stage, neverStalls);
      const stopped = stage.worker(await happens("a page to be asked for", page.reached));
      await stage.stored(long, 3);
      // With nothing else to do, the worker that closes can get the job that it has just handed back.
      await othersAreStored(stage);
      const { length } = stage.api.requests;
      await stage.mark();
      await stop(stopped);
      await stage.finished();
      const later = stage.api.requests.slice(length).filter(({ token }) => token === stopped.name);
      assert.deepEqual(later, []);
      assert.equal(await stage.count(long, "made"), 1);
    },
  },
  {
    title: "hands back a walk that it gets while it stops",
    async run(stage) {
      const pages = [stage.api.hold(long, 3), stage.api.hold(gap, 1)];
      const worker = await stage.startWorker(neverStalls);
      await stage.produce();
      for (const { reached } of pages) await happens("a page to be asked for", reached);
      // The queue answers the end of a job with the next job. The long walk does not get to its end.
      const end = stage.gate.hold("customer-walks:completed", 1, "reply");
      pages[1]?.release();
      await happens("a job to end", end.reached);
      const { length } = stage.api.requests;
      worker.kill("SIGTERM");
      await says(worker, /stopping/);
      end.release();
      assert.equal(await happens(`${worker.name} to end`, worker.ended), 0);
      assert.deepEqual(stage.api.requests.slice(length), []);
      await stage.startWorker(neverStalls);
      await stage.finished();
    },
  },
  {
    title: "puts off a walk that is told to wait, at no cost, and tries again what fails",
    async run(stage) {
      stage.api.answer(long, 3, 429, { "retry-after": "1" });
      stage.api.answer(gap, 1, 404, {});
      await startTwo(stage, neverStalls);
      await stage.finished();
      assert.equal(await stage.count(long, "started"), 2);
      assert.equal(await stage.count(long, "made"), 1);
      assert.equal(await stage.count(gap, "made"), 2);
    },
  },
  {
    title: "gives up a walk whose place is refused, and keeps what is stored",
    async run(stage) {
      const page = stage.api.hold(long, 3);
      const worker = await stage.startWorker(neverStalls);
      await stage.produce();
      await happens("a page to be asked for", page.reached);
      await stage.stored(long, 3);
      await othersAreStored(stage);
      await stop(worker);
      const { length } = stage.api.requests;
      const baseUrl = stage.api.url.replace("127.0.0.1", "localhost");
      await stage.startWorker({ baseUrl, ...neverStalls });
      assert.match(await stage.failed(long), /"from" names no page on http:\/\/localhost/);
      assert.deepEqual(stage.api.requests.slice(length), []);
      await stage.stored(long, 3);
    },
  },
  {
    title: "gives up a walk whose links lead elsewhere, and keeps what is stored",
    async run(stage) {
      stage.api.answer(gap, 1, 200, { "x-next-page": "http://127.0.0.1:9/customers?after=2" });
      await startTwo(stage, neverStalls);
      assert.match(await stage.failed(gap), /another origin/);
      assert.equal(await stage.count(gap, "made"), 1);
      await stage.stored(gap, 2);
    },
  },
];

/** Two workers, and a job for each organization. */
async function startTwo(stage: Stage, options = {}) {
  const workers = [await stage.startWorker(options), await stage.startWorker(options)];
  await stage.produce();
  return workers;
}

/** Kills the worker that has reached something, once so many pages are stored. */
async function kill(stage: Stage, reached: Promise<string>, stored: number): Promise<void> {
  const worker = stage.worker(await happens("a worker to get there", reached));
  await stage.stored(long, stored);
  worker.kill("SIGKILL");
  assert.equal(await happens("the worker to be gone", worker.ended), "SIGKILL");
  await stage.mark();
}

/** Asks a worker to stop, and waits until it has. */
async function stop(worker: Program): Promise<void> {
  worker.kill("SIGTERM");
  assert.equal(await happens(`${worker.name} to end`, worker.ended), 0);
}

/** Waits until the walks that are not disturbed are at their end. */
async function othersAreStored(stage: Stage): Promise<void> {
  for (const [id, pages] of organizations) {
    if (id !== long) await stage.stored(id, pages.length);
  }
}

async function says(worker: Program, what: RegExp): Promise<void> {
  await until(`${worker.name} to say ${what}`, () => what.test(worker.output()));
}
