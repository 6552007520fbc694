import createFetchClient from "openapi-fetch";
import { createClient } from "../../src/index.js";
import { accessToken, customerId, organizationId } from "./api.js";
import { bareGet } from "./bare.js";
import { interleave, medianOf, ratio } from "./measure.js";
import { atMost, type Bench, note, type Result, spreadText } from "./result.js";

const limit = 1.25;

/**
 * `getCustomer` against bare `fetch` + `json()`.
 *
 * Fair: both send the same method, URL, Authorization and Accept to the same server over the same kept-alive
 * connection, look at the status and parse the body. Calls go one after the other; the server's time, which both
 * wait for, is in the wall time and not in the CPU time. openapi-fetch by itself is measured in the same rounds,
 * since no code of ours can win back what it costs.
 */
export async function oneCall({ origin, isQuick }: Bench): Promise<Result[]> {
  const args = { organizationId: organizationId({ pages: 1, headersAfterMs: 0 }), customerId };
  const path = "/organizations/{organizationId}/customers/{customerId}";
  const url = `${origin}/organizations/${args.organizationId}/customers/${customerId}`;
  const loke = createClient({ baseUrl: origin, accessToken });
  const openapiFetch = createFetchClient<Record<string, Record<string, never>>>({
    baseUrl: origin,
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
  });

  const calls = isQuick ? 100 : 1_000;
  const repeated = (call: () => Promise<unknown>) => async () => {
    for (let count = 0; count < calls; count++) {
      const customer = (await call()) as { id: string };
      if (customer.id !== customerId) throw new Error("It is not the customer that was due.");
    }
  };
  const costs = await interleave(
    {
      bare: repeated(async () => (await bareGet(url)).json()),
      openapiFetch: repeated(async () => {
        const { data } = await openapiFetch.GET(path as never, { params: { path: args } } as never);
        return data;
      }),
      client: repeated(() => loke.getCustomer(args)),
    },
    isQuick ? { rounds: 15, warmUps: 5 } : { rounds: 31, warmUps: 4 },
  );

  return (["CPU", "wall"] as const).flatMap((name) => {
    const what = name === "CPU" ? "cpuMs" : "wallMs";
    const client = ratio(costs.client, costs.bare, what);
    const micros = (one: keyof typeof costs) =>
      `${Math.round((medianOf(costs[one], what) / calls) * 1_000)} µs`;
    return [
      atMost(
        `\`getCustomer\` against bare \`fetch\` + \`json()\`, ${name}`,
        limit,
        client.median,
        `${spreadText(client)}; ${micros("client")} against ${micros("bare")}`,
      ),
      note(
        `openapi-fetch alone, without the client, ${name}`,
        spreadText(ratio(costs.openapiFetch, costs.bare, what)),
      ),
    ];
  });
}
