import type { Row } from "./report.js";
import { type Job, NotRun, type Runtime } from "./runtime.js";
import { openSite } from "./site.js";

/** Runs the suite on one runtime, against servers of its own. Whatever goes wrong is in the row. */
export async function runOne(
  { id, title, drive }: Runtime,
  { install, ...job }: Omit<Job, "urls">,
): Promise<Row> {
  const site = await openSite();
  let startedAt = performance.now();
  const row = (facts: Partial<Row>): Row => {
    const seconds = (performance.now() - startedAt) / 1_000;
    return { id, title, seconds, results: [], ...facts };
  };
  try {
    const { version, results } = await drive({
      ...job,
      urls: site.urls,
      async install(...what) {
        const folder = await install(...what);
        // A download tells nothing about the runtime.
        startedAt = performance.now();
        return folder;
      },
    });
    if (results.length === 0) throw new Error("the suite has run no check");
    return row({ version, results });
  } catch (error) {
    job.signal.throwIfAborted();
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof NotRun) return row({ notRun: detail });
    return row({ results: [{ name: "runs the suite to its end", ok: false, detail }] });
  } finally {
    await site.close();
  }
}
