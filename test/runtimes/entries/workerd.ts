/** Runs the suite in workerd: a worker that answers a posted world with the results. */
import { createClient, type LokeClient } from "loke-customers";
import { clientCredentials, type TokenProvider } from "loke-customers/auth";
import { adaptivePace } from "loke-customers/pace";
import { runSuite } from "../suite/suite.js";
import { customerId, type World } from "../suite/world.js";

/** As at the top of a user's worker: one for all requests that it serves. */
let accessToken: TokenProvider | undefined;
/** A client whose requests go one after the other. */
let loke: LokeClient | undefined;

export default {
  async fetch(request: Request): Promise<Response> {
    const world: World = await request.json();
    if (request.url.endsWith("/suite")) return Response.json(await runSuite(world));
    if (request.url.endsWith("/pace-leave") || request.url.endsWith("/pace")) {
      return Response.json(await paced(world, request.url.endsWith("leave")));
    }
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

/** Takes the only place of a pace and ends before its call has, or waits for that place. */
async function paced({ apiUrl }: World, isLeaving: boolean): Promise<string> {
  loke ??= createClient({
    baseUrl: apiUrl,
    accessToken: "any",
    timeoutMs: 1_000,
    pace: adaptivePace({ maxConcurrent: 1 }),
  });
  const organizationId = isLeaving ? "pace-left" : "pace-later";
  const call = loke.getCustomer({ organizationId, customerId });
  if (!isLeaving) return (await call).id;
  call.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 50));
  return "left";
}
