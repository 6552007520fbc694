import { AuthenticationError, LokeError } from "loke-customers";
import { clientCredentials } from "loke-customers/auth";
import { clientOf } from "./client.js";
import { expectEqual, expectFailure, expectTrue } from "./expect.js";
import { requestsTo } from "./observe.js";
import { rowsOf } from "./rows.js";
import { customerId, customerOf } from "./targets.js";
import type { Checks, World } from "./world.js";

/** Letters only: others are encoded before they go into the header. */
const clientSecret = "SecretOfTheApplication";

/** Each check has an issuer of its own, told apart by its path. */
function tokensOf({ issuerUrl }: World, path: string) {
  return clientCredentials({ clientId: "application", clientSecret, issuer: issuerUrl + path });
}

const [customer] = rowsOf(1);

export const auth: Checks = {
  async "gets a token from the issuer, and another one after a 401"(world) {
    const loke = clientOf(world, { accessToken: tokensOf(world, "/fresh") });
    expectEqual(await loke.getCustomer({ organizationId: "auth", customerId }), customer);
    const used = await requestsTo(world.apiUrl, customerOf("auth"));
    expectEqual(
      used.map(({ authorization }) => authorization),
      ["Bearer first-token", "Bearer second-token"],
    );
    const asked = await requestsTo(world.issuerUrl, "/fresh");
    const basic = `Basic ${btoa(`application:${clientSecret}`)}`;
    expectEqual(
      asked.map(({ method, target, authorization }) => [method, target, authorization]),
      [
        ["GET", "/fresh/.well-known/openid-configuration", null],
        ["POST", "/fresh/token", basic],
        ["POST", "/fresh/token", basic],
      ],
    );
  },

  async "asks the issuer once for many calls"(world) {
    const loke = clientOf(world, { accessToken: tokensOf(world, "/many") });
    const call = () => loke.getCustomer({ organizationId: "many", customerId });
    expectEqual(await Promise.all([call(), call(), call()]), [customer, customer, customer]);
    const asked = await requestsTo(world.issuerUrl, "/many/token");
    expectEqual(asked.length, 1);
  },

  async "shows no secret when the issuer refuses it"(world, inspect) {
    // The issuer repeats the secret in its answer.
    const loke = clientOf(world, { accessToken: tokensOf(world, "/refusing") });
    const call = loke.getCustomer({ organizationId: "unsent", customerId });
    const error = await expectFailure(call, LokeError, { attempts: 0 });
    expectTrue(!(error instanceof AuthenticationError), "it is no answer of the API");
    const { cause, stack } = error;
    const text = `${stack} ${JSON.stringify(error)} ${inspect(error)} ${cause} ${inspect(cause)}`;
    expectTrue(!text.includes(clientSecret), "no error shows the secret");
    expectTrue(text.includes("invalid_client"), "an error says what the issuer said");
    expectEqual(await requestsTo(world.apiUrl, customerOf("unsent")), []);
  },
};
