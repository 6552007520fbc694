// @ts-nocheck Type-checked by together.test.ts, which takes this line away, in a copy whose document has grown.
import { createMockApi } from "../../src/testing.js";

const api = createMockApi({
  customerLists: [{ name: "Regulars", description: undefined }, 3],
  members: { list: 12 },
  notes: { customer: { membership: [{ text: "Hello." }, 2] } },
  pageSize: { listNotes: 5 },
  faults: [{ status: 503, operation: "createCustomer" }],
});
const name: string = api.add("customerLists", { name: "Regulars" }).name;
const text: string = api.add("notes", "customer", "membership", { text: name }).text;
const notes: readonly { readonly text: string }[] = api.notes("customer", "membership");
api.change("notes", "customer", "membership", "note", { text });
api.remove("notes", "customer", "membership", "note");
api.set("members", "list", notes.length);
api.customerLists.map(({ id }) => id);

// @ts-expect-error a note belongs to a membership of a customer
api.add("notes", "customer", { text });
// @ts-expect-error a note belongs to a membership of a customer
createMockApi({ notes: { customer: 5 } });
// @ts-expect-error no such field
api.add("shops", { title: "Corner" });
// @ts-expect-error an ID of this list is a number
api.add("shops", { id: "7" });
// @ts-expect-error what belongs to something is a function
api.notes.length = 0;
// @ts-expect-error no such list
api.set("stores", 5);
