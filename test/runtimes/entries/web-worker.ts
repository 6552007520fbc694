/** Runs the suite in a worker of a page: posted a world, it posts the results. */
import { runSuite } from "../suite/suite.js";

globalThis.onmessage = async ({ data }: MessageEvent) => {
  globalThis.postMessage(await runSuite(data));
};
