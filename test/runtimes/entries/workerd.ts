/** Runs the suite in workerd: a worker that answers a posted world with the results. */
import { clientCredentials, type TokenProvider } from "loke-customers/auth";
import { runSuite } from "../suite/suite.js";
import type { World } from "../suite/world.js";

/** As at the top of a user's worker: one for all requests that it serves. */
let accessToken: TokenProvider | undefined;

export default {
  async fetch(request: Request): Promise<Response> {
    const world: World = await request.json();
    if (request.url.endsWith("/suite")) return Response.json(await runSuite(world));
    accessToken ??= clientCredentials({
      clientId: "application",
      clientSecret: "SecretOfTheApplication",
      issuer: `${world.issuerUrl}/left`,
      timeoutMs: 1_000,
    });
    const token = accessToken();
    // This request is over before the token comes, and workerd then ends all that it has begun.
    if (request.url.endsWith("/leave")) {
      token.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
      return new Response();
    }
    return Response.json(await token.catch(String));
  },
};
