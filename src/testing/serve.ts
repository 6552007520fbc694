import type { Customer } from "../../generated/models.js";
import type { OperationId } from "../operation.js";
import { failure, json } from "./answer.js";
import { timeOf } from "./invent.js";
import { newestFirst, openPage, type Row } from "./list-page.js";
import type { MockSettings } from "./mock-options.js";
import type { Route } from "./route.js";
import type { Served } from "./spoil.js";
import type { Store } from "./store.js";

/** What the answer to a request depends on. */
export interface World {
  readonly settings: MockSettings;
  readonly store: Store;
  /** Names an occurrence of an error. */
  instance(): string;
}

type Behaviour = (route: Route, world: World) => Served;

/** What is sorted by, for each value that the document allows. */
const sortFields: Readonly<Record<string, "createdAt" | "updatedAt">> = {
  created: "createdAt",
  updated: "updatedAt",
};

const behaviours: { readonly [Id in OperationId]?: Behaviour } = {
  getCustomer(route, world) {
    const customer = customerOf(route, world);
    // The document gives the 404 no body.
    return { answer: customer ? json(200, customer) : { status: 404, headers: {} } };
  },

  listCustomers(route, world) {
    const { searchParams } = route.url;
    const email = searchParams.get("email");
    const phoneNumber = searchParams.get("phoneNumber");
    const sort = searchParams.get("sort");
    // Exactly the address, exactly the number; with both, both have to be right.
    const rows = (isKnown(route, world) ? world.store.customers() : []).filter(
      ({ item }) =>
        (email === null || item.email === email) &&
        (phoneNumber === null || item.phoneNumber === phoneNumber),
    );
    if (sort === null) return servePage(route, world, rows);
    const field = Object.hasOwn(sortFields, sort) ? sortFields[sort] : undefined;
    if (field === undefined) {
      return notImplemented(`sort=${sort}`, Object.keys(sortFields), world);
    }
    // The document does not state the direction. Newest first differs from the list that is not sorted, so that a program
    // that loses the parameter is found out.
    const dated = rows.map((row) => ({ ...row, at: timeOf(row.item[field]) }));
    return servePage(route, world, newestFirst(dated));
  },

  listMemberships(route, world) {
    // For this operation the document has no 404, so an unknown customer is in no list.
    const customer = customerOf(route, world);
    const lists = customer ? world.store.memberships(customer.id) : [];
    return servePage(
      route,
      world,
      lists.map((item, index) => ({ item, arrival: index + 1 })),
    );
  },
};

/** What a request gets when nothing goes wrong. */
export function serve(route: Route, world: World): Served {
  const behaviour = behaviours[route.id];
  return behaviour
    ? behaviour(route, world)
    : notImplemented(route.id, Object.keys(behaviours), world);
}

/** What the mock does not know is a lack of its own, and not the mistake of its caller. */
export function notImplemented(what: string, known: readonly string[], world: World): Served {
  const message = `The mock API has no answer to ${what}. It knows ${known.join(", ")}.`;
  return { answer: failure(501, "not_implemented", message, world.instance()) };
}

/** Another organization has no customers: an empty list, and each of ours unknown there. */
function isKnown({ values }: Route, { settings }: World): boolean {
  return values.organizationId === settings.organizationId;
}

function customerOf(route: Route, world: World): Customer | undefined {
  const { customerId = "" } = route.values;
  return isKnown(route, world) ? world.store.find(customerId) : undefined;
}

function servePage(route: Route, world: World, rows: readonly Row<unknown>[]): Served {
  const { id, list, url } = route;
  if (!list) throw new Error(`${id} is no list.`);
  const pageSize = world.settings.pageSize(id, list.pageSize ?? 100);
  const page = openPage({ rows, pageSize, header: list.header, url });
  if (page) return { answer: page.serve(), page };
  // What the API does is not documented. To begin again would let a walk with a broken cursor run for ever.
  const after = url.searchParams.get("after");
  const message = `after=${after} is no cursor of this list; follow ${list.header} instead.`;
  return { answer: failure(400, "bad_request", message, world.instance()) };
}
