// Run with --no-experimental-require-module: what `require` gets in Jest, and in a Node that cannot require modules.
const { createClient, isLokeError, LokeError } = require("loke-customers");
const { clientCredentials, TokenError } = require("loke-customers/auth");
const { watchDrift } = require("loke-customers/drift");
const { adaptivePace } = require("loke-customers/pace");
const { createMockApi } = require("loke-customers/testing");

async function main() {
  const { exercise } = await import("./exercise.mjs");
  const imported = await import("loke-customers");

  const api = createMockApi({ customers: 3, faults: ["unknown-field"] });
  const drift = watchDrift();
  const list = { organizationId: api.organizationId };
  const rows = await createClient({ fetch: api, accessToken: "any", drift, pace: adaptivePace() })
    .listCustomers(list)
    .toArray({ limit: 10 });

  const accessToken = clientCredentials({
    clientId: "a",
    clientSecret: "b",
    issuer: "https://issuer.example.com",
    fetch: async () => Response.json({ issuer: "https://other.example.com" }),
  });
  const error = await createClient({ accessToken, fetch: api })
    .listCustomers(list)
    .page()
    .catch((reason) => reason);
  console.log(
    JSON.stringify({
      rows: rows.length,
      findings: drift.findings().map(({ kind }) => kind),
      isTokenError: error instanceof LokeError && error.cause instanceof TokenError,
      isSameClass: error instanceof imported.LokeError,
      isKnown: [isLokeError(error), imported.isLokeError(error)],
      ...(await exercise({ createClient })),
    }),
  );
}

main();
