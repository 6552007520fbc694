/** `npm start`: walks the customers of an organization, on the mock API or on the real one. */
import { createClient, type LokeClient, NotFoundError } from "loke-customers";
import { startMock } from "./mock/start-mock.js";
import { progress } from "./progress.js";

const usage = `Usage: npm start

Walks all customers of an organization and the memberships of one, through the client.

Against the mock API, which it starts and stops. With both of these set, against the real API:
  LOKE_ACCESS_TOKEN     an OAuth access token
  LOKE_ORGANIZATION_ID  the organization to read

Exit codes: 0 done; 2 could not run.`;

/** An ID that nobody has. */
const unknownCustomerId = "00000000000000000000000000";

async function main(signal: AbortSignal): Promise<void> {
  const { LOKE_ACCESS_TOKEN: accessToken, LOKE_ORGANIZATION_ID: organizationId } = process.env;
  if (!accessToken !== !organizationId) {
    const missing = accessToken ? "LOKE_ORGANIZATION_ID" : "LOKE_ACCESS_TOKEN";
    throw new Error(`${missing} is not set. Set both for the real API, neither for the mock.`);
  }
  if (accessToken && organizationId) {
    console.log("Against the REAL API, with your token.\n");
    await show(createClient({ accessToken }), organizationId, signal);
    return;
  }
  progress("Starting the mock …");
  const mock = await startMock({ signal });
  try {
    progress("");
    console.log(`Against the MOCK API at ${mock.url}, made from openapi/openapi.yaml.\n`);
    const loke = createClient({ accessToken: "any-token-will-do", baseUrl: mock.url });
    await show(loke, mock.organizationId, signal);
  } finally {
    await mock.stop();
  }
}

async function show(loke: LokeClient, organizationId: string, signal: AbortSignal): Promise<void> {
  const first: Row[] = [];
  let firstId: string | undefined;
  const totals = { customers: 0, pages: 0, points: 0, spend: 0 };
  for await (const page of loke.listCustomers({ organizationId }, { signal }).pages()) {
    totals.pages += 1;
    for (const { id, firstName, lastName, statistics } of page.items) {
      firstId ??= id;
      totals.customers += 1;
      totals.points += statistics?.pointsBalance ?? 0;
      totals.spend += statistics?.totalSpend ?? 0;
      if (first.length < 5) {
        const { pointsBalance = "", totalSpend = "" } = statistics ?? {};
        first.push({
          id,
          name: `${firstName} ${lastName}`,
          points: pointsBalance,
          spend: totalSpend,
        });
      }
    }
    progress(`${totals.customers.toLocaleString("en")} customers, ${totals.pages} pages …`);
  }
  progress("");
  console.log("loke.listCustomers");
  printTable(first);
  console.log(
    `  ${totals.customers.toLocaleString("en")} customers on ${totals.pages} pages; ` +
      `${totals.points.toLocaleString("en")} points; ` +
      `${totals.spend.toLocaleString("en")} spent, in the currency's smallest unit\n`,
  );
  if (firstId === undefined) {
    console.log("The organization has no customers, so there is nobody to look up.");
    return;
  }

  const ids = { organizationId, customerId: firstId };
  const memberships = await loke.listMemberships(ids, { signal }).toArray({ limit: 1_000 });
  console.log(`loke.listMemberships, of customer ${firstId}`);
  printTable(memberships.slice(0, 5).map(({ id, name }) => ({ id, name })));
  console.log(`  ${memberships.length} customer lists\n`);

  const customer = await loke.getCustomer(ids, { signal });
  console.log(
    `loke.getCustomer, of the same customer\n  ${customer.firstName} ${customer.lastName}\n`,
  );

  console.log("loke.getCustomer, of a customer who does not exist");
  try {
    await loke.getCustomer({ organizationId, customerId: unknownCustomerId }, { signal });
    console.log("  The API has one.");
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    console.log(`  ${error.name}: ${error.message}`);
  }
}

type Row = Record<string, string | number>;

/** Prints rows under their column names, numbers to the right. */
function printTable(rows: Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [Object.fromEntries(columns.map((column) => [column, column])), ...rows];
  const widths = columns.map((column) =>
    Math.max(...lines.map((line) => String(line[column]).length)),
  );
  for (const line of lines) {
    const cells = columns.map((column, index) => {
      const isNumber = typeof rows[0]?.[column] === "number";
      const text = String(line[column]);
      return isNumber ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0);
    });
    console.log(`  ${cells.join("  ").trimEnd()}`);
  }
}

if (process.argv.length > 2) {
  const isHelp = /^(-h|--help)$/.test(process.argv[2] ?? "");
  console[isHelp ? "log" : "error"](usage);
  process.exit(isHelp ? 0 : 2);
}
const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());
try {
  await main(interrupted.signal);
} catch (error) {
  progress("");
  const message = error instanceof Error ? error.message : String(error);
  console.error(interrupted.signal.aborted ? "Stopped." : message);
  process.exitCode = 2;
}
