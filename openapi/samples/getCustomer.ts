import { createClient } from "loke-customers";

const loke = createClient({
  accessToken: process.env.LOKE_ACCESS_TOKEN,
});

const customer = await loke.getCustomer({
  organizationId: process.env.LOKE_ORGANIZATION_ID ?? "",
  customerId: process.env.LOKE_CUSTOMER_ID ?? "",
});
console.log(customer.firstName, customer.statistics?.pointsBalance);
