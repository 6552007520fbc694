// What import.mjs and require.cjs do with the client, each in its own way of getting it.

const organizationId = "org";
const server = "https://api.loke.global";

/** Reads one customer, and walks a list of two pages, over a `fetch` that stands in for the API. */
export async function exercise({ createClient }) {
  const sent = [];
  const loke = createClient({
    accessToken: "token",
    async fetch(url, { headers, method }) {
      const { pathname, search } = new URL(url);
      sent.push(`${method} ${pathname}${search} ${headers.authorization}`);
      if (pathname.endsWith("/customers/1")) return Response.json({ id: "1" });
      if (search === "?sort=created") {
        const next = `${server}${pathname}?sort=created&after=2`;
        return Response.json([{ id: "1" }, { id: "2" }], { headers: { "x-next-page": next } });
      }
      return Response.json([{ id: "3" }]);
    },
  });
  const customer = await loke.getCustomer({ organizationId, customerId: "1" });
  const ids = [];
  for await (const { id } of loke.listCustomers({ organizationId, sort: "created" })) ids.push(id);
  return { customer, ids, sent };
}
