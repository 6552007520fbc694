/** Adds one walk for each organization: `node --import tsx producer.ts RUN ORGANIZATION …` */
import { Queue } from "bullmq";
import { queueName, redis, type WalkJob } from "./walks.js";

const [run, ...organizationIds] = process.argv.slice(2);
if (run === undefined || organizationIds.length === 0 || run.includes(":")) {
  console.error("Usage: node --import tsx producer.ts RUN ORGANIZATION …\n");
  console.error(
    "RUN names this round, such as 2025-11-23, without a colon. One that is repeated adds nothing.",
  );
  process.exit(2);
}

const queue = new Queue<WalkJob>(queueName, { connection: redis });
await queue.addBulk(
  organizationIds.map((organizationId) => ({
    name: "customers",
    data: { organizationId },
    opts: {
      // Of two jobs with one ID the queue takes the first: a producer that is started again does no harm.
      jobId: `${run}.${organizationId}`,
      // What the client's own retries do not cure: 1, 2, 4 … seconds later, half an hour in all.
      attempts: 12,
      backoff: { type: "exponential", delay: 1_000 },
    },
  })),
);
await queue.close();
await redis.quit();
