/** Walks the customers of one organization after the other, as many as there are jobs: `node --import tsx worker.ts` */
import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from "bullmq";
import { ApiError, createClient, PaginationError } from "loke-customers";
import { queueName, readWalk, redis, storePage, type WalkJob } from "./walks.js";

const loke = createClient({
  baseUrl: process.env.LOKE_BASE_URL,
  // One for all organizations. Yours asks an OAuth library, and remembers the token that it got.
  accessToken: () => process.env.LOKE_ACCESS_TOKEN ?? "",
  // Whoever is told to wait goes back to the queue, and does not keep others waiting.
  retry: { maxRetryAfterMs: 0 },
});

const lockDuration = Number(process.env.LOCK_DURATION_MS ?? 30_000);
const worker = new Worker<WalkJob>(queueName, walkCustomers, {
  connection: redis,
  concurrency: 2,
  lockDuration,
  stalledInterval: lockDuration / 2,
  // A walk goes on, and so may lose many workers. BullMQ's 1 would end it with the second; a bound it needs all the
  // same, for an organization that brings every worker down.
  maxStalledCount: 100,
});

// BullMQ gives a signal only to a processor that declares three parameters, none of them with a default.
async function walkCustomers(job: Job<WalkJob>, token?: string, signal?: AbortSignal) {
  const id = String(job.id);
  try {
    // A job that was on its way when the worker was asked to stop.
    if (worker.closing) worker.cancelJob(id, "the worker stops");
    let walk = await readWalk(id);
    // The worker before was killed between its last page and the end of its job.
    if (walk.state === "finished") return;
    const from = walk.state === "walking" ? walk.place : undefined;
    for await (const page of loke.listCustomers(job.data, { from, signal }).pages()) {
      walk = await storePage(id, walk, page);
      console.log(`${id}: ${page.items.length} rows stored`);
    }
  } catch (error) {
    console.error(`${id}: ${error instanceof Error ? error.message : error}`);
    if (signal?.aborted) {
      // Back to the queue, where another worker takes it at once. If one has it already, BullMQ refuses.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    if (error instanceof ApiError && error.retryAfterMs !== undefined) {
      await job.moveToDelayed(Date.now() + error.retryAfterMs, token);
      throw new DelayedError();
    }
    // Wrong arguments, a place of another `baseUrl`, links that lead nowhere: for a person to look at.
    if (error instanceof TypeError || error instanceof PaginationError) {
      throw new UnrecoverableError(error.message);
    }
    throw error; // Again later, as the job's `attempts` and `backoff` say, from the place that is stored.
  }
}

// The lock is renewed while a page takes long. Whoever has lost it stops asking; what it would still store is refused.
worker.on("lockRenewalFailed", (ids) => {
  for (const id of ids) worker.cancelJob(id, "another worker has this walk");
});
worker.on("failed", (job, error) => console.error(`${job?.id}: failed: ${error.message}`));
worker.on("error", (error) => console.error(error.message));

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, async () => {
    console.log("stopping");
    const closed = worker.close();
    worker.cancelAllJobs("the worker stops");
    await closed;
    await redis.quit();
  });
}
