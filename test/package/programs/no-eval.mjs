// Run with --disallow-code-generation-from-strings, as under a Content-Security-Policy without 'unsafe-eval'. Uses all
// of the client, and prints what it found.
import { createClient } from "loke-customers";
import { watchDrift } from "loke-customers/drift";

let codeFromStrings = "allowed";
try {
  new Function("return 1")();
} catch (error) {
  codeFromStrings = error.name;
}

const ids = { organizationId: "org", customerId: "1" };
const row = { id: "1", firstName: "F", lastName: "L" };
const drift = watchDrift();
const events = [];
const loke = createClient({
  accessToken: () => "token",
  drift,
  retry: { baseDelayMs: 0 },
  onEvent: ({ type }) => events.push(type),
  async fetch(url) {
    if (events.filter((type) => type === "request").length === 1)
      return new Response(null, { status: 503 });
    const { pathname, search } = new URL(url);
    if (pathname.endsWith("/customers/1"))
      return Response.json({ ...row, statistics: { totalSpend: "1" } });
    if (pathname.endsWith("/memberships")) return Response.json([{ id: "1" }]);
    const isFirst = search === "";
    const headers = isFirst ? { "x-next-page": "?after=1" } : {};
    const id = isFirst ? "1" : "2";
    return Response.json([{ ...row, id, tier: "gold" }, row], { headers });
  },
});
await loke.getCustomer.withResponse(ids);
const { organizationId } = ids;
const pages = [];
for await (const page of loke.listCustomers({ organizationId }).pages())
  pages.push(page.items.length);
for await (const _ of loke.listMemberships(ids)) pages.push("membership");
await loke.listCustomers({ organizationId }, { deadlineMs: 5_000 }).toArray({ limit: 3 });
const findings = drift.findings().map(({ kind, path, count }) => `${kind} ${path} ${count}`);
console.log(
  JSON.stringify({ codeFromStrings, findings, pages, types: [...new Set(events)].sort() }),
);
