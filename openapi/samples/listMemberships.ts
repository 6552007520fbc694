import { createClient } from "loke-customers";

const loke = createClient({
  accessToken: process.env.LOKE_ACCESS_TOKEN,
});

const memberships = loke.listMemberships({
  organizationId: process.env.LOKE_ORGANIZATION_ID ?? "",
  customerId: process.env.LOKE_CUSTOMER_ID ?? "",
});
const first = await memberships.toArray({ limit: 100 });
for (const { id, name } of first) console.log(id, name);
