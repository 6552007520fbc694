import { createClient } from "loke-customers";

const loke = createClient({
  accessToken: process.env.LOKE_ACCESS_TOKEN,
});

// Every customer, however many pages there are.
const customers = loke.listCustomers({
  organizationId: process.env.LOKE_ORGANIZATION_ID ?? "",
  sort: "updated",
});
for await (const customer of customers) {
  console.log(customer.id, customer.firstName, customer.lastName);
}
