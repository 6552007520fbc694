/** Runs the suite in workerd: a worker that answers a posted world with the results. */
import { runSuite } from "../suite/suite.js";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runSuite(await request.json()));
  },
};
