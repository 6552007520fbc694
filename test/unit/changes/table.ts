// biome-ignore lint/suspicious/noExplicitAny: A parsed document, which the rows know their way in.
type Part = any;

/** A change of the shop's document, and what is to be said of it and of the way back. */
export interface Row {
  readonly title: string;
  /** Makes the change, in the document with it before and after. */
  readonly change: (shop: Shop) => void;
  /** Every line, as `level: text`. */
  readonly there: readonly string[];
  readonly back: readonly string[];
}

/** The places of the document that changes are made in. */
export interface Shop {
  readonly document: Part;
  /** Operations by `operationId`. */
  readonly operations: Part;
  readonly models: Part;
}

const orders = "/shops/{shopId}/orders";
const order = "/shops/{shopId}/orders/{orderNumber}";

export function shopIn(document: Part): Shop {
  const { paths } = document;
  return {
    document,
    operations: {
      listOrders: paths[orders].get,
      createOrder: paths[orders].post,
      getOrder: paths[order].get,
      replaceOrder: paths[order].put,
      deleteOrder: paths[order].delete,
      getGrid: paths["/grid"].get,
    },
    models: document.components.schemas,
  };
}

const json = (schema: Part) => ({ content: { "application/json": { schema } } });
const bodyOf = (message: Part) => message.content["application/json"];
const ref = (model: string) => ({ $ref: `#/components/schemas/${model}` });
const drop = (list: Part, value: unknown) => list.splice(list.indexOf(value), 1);
const order200 = (operation: Part) => operation.responses["200"];

export const rows: readonly Row[] = [
  {
    title: "a field of a result",
    change: ({ models }) => {
      delete models.Order.properties.total;
      drop(models.Order.required, "total");
    },
    there: ["breaking: Order.total removed, it was number"],
    back: ["compatible: Order.total added: number"],
  },
  {
    title: "an optional field of a result",
    change: ({ models }) => {
      delete models.Order.properties.placedAt;
    },
    there: ["breaking: Order.placedAt removed, it was string | undefined"],
    back: ["compatible: Order.placedAt added: string | undefined"],
  },
  {
    title: "a required field that becomes optional",
    change: ({ models }) => {
      drop(models.Order.required, "total");
    },
    there: ["breaking: Order.total: number → number | undefined"],
    back: ["compatible: Order.total: number | undefined → number"],
  },
  {
    title: "a field that becomes text",
    change: ({ models }) => {
      models.Order.properties.total.type = "string";
    },
    there: ["breaking: Order.total: number → string"],
    back: ["breaking: Order.total: string → number"],
  },
  {
    title: "a whole number that becomes any number",
    change: ({ models }) => {
      models.Order.properties.number.type = "number";
    },
    there: ["risky: Order.number: type integer → number"],
    back: ["risky: Order.number: type number → integer"],
  },
  {
    title: "a field that can be null",
    change: ({ models }) => {
      models.Order.properties.total.type = ["number", "null"];
    },
    there: ["breaking: Order.total: number → number | null"],
    back: ["compatible: Order.total: number | null → number"],
  },
  {
    title: "a format of a result",
    change: ({ models }) => {
      delete models.Order.properties.placedAt.format;
    },
    there: ["risky: Order.placedAt: format date-time removed"],
    back: ["compatible: Order.placedAt: format date-time added"],
  },
  {
    title: "a date and time that becomes a date",
    change: ({ models }) => {
      models.Order.properties.placedAt.format = "date";
    },
    there: ["risky: Order.placedAt: format date-time → date"],
    back: ["risky: Order.placedAt: format date → date-time"],
  },
  {
    title: "a value of an enum that is read",
    change: ({ models }) => {
      models.Status.enum.push("lost");
    },
    there: ['breaking: Status gained "lost"'],
    back: ['breaking: Status lost "lost"'],
  },
  {
    title: "an enum that is read and becomes open",
    change: ({ models }) => {
      delete models.Status.enum;
    },
    there: ['breaking: Status: "open" | "paid" → string'],
    back: ['breaking: Status: string → "open" | "paid"'],
  },
  {
    title: "any number that becomes one of some",
    change: ({ models }) => {
      models.Order.properties.total.enum = [1, 2];
    },
    there: ["breaking: Order.total: number → 1 | 2"],
    back: ["breaking: Order.total: 1 | 2 → number"],
  },
  {
    title: "a field of a model that can be null",
    change: ({ models }) => {
      models.Maybe.properties.a.type = "boolean";
      models.Lonely.properties.others.items.properties.b.type = "boolean";
    },
    there: [
      "breaking: Lonely.others[].b: string | undefined → boolean | undefined",
      "breaking: Maybe.a: string | undefined → boolean | undefined",
    ],
    back: [
      "breaking: Lonely.others[].b: boolean | undefined → string | undefined",
      "breaking: Maybe.a: boolean | undefined → string | undefined",
    ],
  },
  {
    title: "a field of a nested model",
    change: ({ models }) => {
      delete models.Line.properties.count;
    },
    there: ["breaking: Line.count removed, it was number | undefined"],
    back: ["compatible: Line.count added: number | undefined"],
  },
  {
    title: "a field of an object within an array within an object",
    change: ({ models }) => {
      models.Order.properties.delivery.properties.by.items.properties.name.type = "integer";
    },
    there: ["breaking: Order.delivery.by[].name: string → number"],
    back: ["breaking: Order.delivery.by[].name: number → string"],
  },
  {
    title: "the type of an array's items",
    change: ({ models }) => {
      models.Order.properties.lines.items = { type: "string" };
    },
    there: ["breaking: Order.lines[]: Line → string"],
    back: ["breaking: Order.lines[]: string → Line"],
  },
  {
    title: "an array in an array",
    change: ({ models }) => {
      models.Order.properties.grid.items.items.type = "string";
    },
    there: ["breaking: Order.grid[][]: number → string"],
    back: ["breaking: Order.grid[][]: string → number"],
  },
  {
    title: "the values of a map",
    change: ({ models }) => {
      models.Order.properties.labels.additionalProperties.type = "boolean";
    },
    there: ["breaking: Order.labels[key]: string → boolean"],
    back: ["breaking: Order.labels[key]: boolean → string"],
  },
  {
    title: "a member of a union",
    change: ({ models }) => {
      models.Payment.oneOf.pop();
    },
    there: ["breaking: Payment: Card | Cash → Card"],
    back: ["breaking: Payment: Card → Card | Cash"],
  },
  {
    title: "a part of an intersection",
    change: ({ models }) => {
      models.NewOrder.properties.gift.allOf.pop();
    },
    there: ["breaking: NewOrder.gift.wrap removed, it was boolean"],
    back: ["breaking: NewOrder.gift.wrap added: boolean"],
  },
  {
    title: "a field named like a keyword",
    change: ({ models }) => {
      delete models.Order.properties.description;
    },
    there: ["breaking: Order.description removed, it was string | undefined"],
    back: ["compatible: Order.description added: string | undefined"],
  },
  {
    title: "the type of a field named like a keyword",
    change: ({ models }) => {
      models.Order.properties.enum.type = "boolean";
    },
    there: ["breaking: Order.enum: string | undefined → boolean | undefined"],
    back: ["breaking: Order.enum: boolean | undefined → string | undefined"],
  },
  {
    title: "one more member of a union",
    change: ({ models }) => {
      models.Voucher = {
        type: "object",
        required: ["kind"],
        properties: { kind: { const: "voucher" } },
      };
      models.Payment.oneOf.push(ref("Voucher"));
    },
    there: ["breaking: Payment: Card | Cash → Card | Cash | Voucher", "compatible: Voucher added"],
    back: ["breaking: Payment: Card | Cash | Voucher → Card | Cash", "breaking: Voucher removed"],
  },
  {
    title: "a model in the place of another that is like it",
    change: ({ operations }) => {
      bodyOf(order200(operations.getOrder)).schema = ref("Lonely");
    },
    there: ["breaking: getOrder(): Order → Lonely"],
    back: ["breaking: getOrder(): Lonely → Order"],
  },
  {
    title: "a result within an array",
    change: ({ operations }) => {
      const body = bodyOf(order200(operations.getOrder));
      body.schema = { type: "array", items: body.schema };
    },
    there: ["breaking: getOrder(): Order → Order[]"],
    back: ["breaking: getOrder(): Order[] → Order"],
  },
  {
    title: "a field of a result that has no model",
    change: ({ operations }) => {
      delete bodyOf(order200(operations.replaceOrder)).schema.properties.warnings;
    },
    there: ["breaking: replaceOrder().warnings removed, it was string[] | undefined"],
    back: ["compatible: replaceOrder().warnings added: string[] | undefined"],
  },
  {
    title: "a 204 beside the 200",
    change: ({ operations }) => {
      operations.getOrder.responses["204"] = { description: "None." };
    },
    there: ["breaking: getOrder(): Order → Order | undefined"],
    back: ["risky: getOrder(): Order | undefined → Order"],
  },
  {
    title: "a success that gives what the other gives",
    change: ({ operations }) => {
      operations.createOrder.responses["200"] = {
        description: "It was there.",
        ...json(ref("Order")),
      };
    },
    there: ["compatible: createOrder() 200 added"],
    back: ["risky: createOrder() 200 removed"],
  },
  {
    title: "the status of an error",
    change: ({ operations }) => {
      delete operations.getOrder.responses["404"];
    },
    there: ["docs: getOrder() 404 removed"],
    back: ["docs: getOrder() 404 added"],
  },
  {
    title: "the body of an error",
    change: ({ operations }) => {
      bodyOf(operations.createOrder.responses["422"]).schema.properties.fields.items.type =
        "integer";
    },
    there: ["risky: createOrder() 422 body.fields[]: type string → integer"],
    back: ["risky: createOrder() 422 body.fields[]: type integer → string"],
  },
  {
    title: "the code of an error",
    change: ({ document }) => {
      document.components.responses.NotFound["x-error-code"] = "none";
    },
    there: ["docs: listOrders() 404, getOrder() 404: x-error-code changed"],
    back: ["docs: listOrders() 404, getOrder() 404: x-error-code changed"],
  },
  {
    title: "a header of a response",
    change: ({ operations }) => {
      delete order200(operations.listOrders).headers["X-Total"];
    },
    there: ["risky: listOrders() 200 header X-Total removed"],
    back: ["compatible: listOrders() 200 header X-Total added"],
  },
  {
    title: "the type of a header",
    change: ({ operations }) => {
      order200(operations.listOrders).headers["X-Total"].schema.type = "string";
    },
    there: ["risky: listOrders() 200 header X-Total: type integer → string"],
    back: ["risky: listOrders() 200 header X-Total: type string → integer"],
  },
  {
    title: "an optional argument",
    change: ({ operations }) => {
      operations.listOrders.parameters.splice(1, 1);
    },
    there: ['breaking: listOrders({ status }) removed, it was "open" | "paid" | undefined'],
    back: ['compatible: listOrders({ status }) added: "open" | "paid" | undefined'],
  },
  {
    title: "a required argument",
    change: ({ operations }) => {
      operations.getGrid.parameters = [
        { name: "size", in: "query", required: true, schema: { type: "integer" } },
      ];
    },
    there: ["breaking: getGrid({ size }) added: number"],
    back: ["breaking: getGrid({ size }) removed, it was number"],
  },
  {
    title: "the name of a required argument",
    change: ({ operations }) => {
      operations.listOrders.parameters[2].name = "labels";
    },
    there: ["breaking: listOrders({ tags }) → labels: renamed?"],
    back: ["breaking: listOrders({ labels }) → tags: renamed?"],
  },
  {
    title: "an argument that becomes required",
    change: ({ operations }) => {
      operations.listOrders.parameters[1].required = true;
    },
    there: ['breaking: listOrders({ status }): "open" | "paid" | undefined → "open" | "paid"'],
    back: ['compatible: listOrders({ status }): "open" | "paid" → "open" | "paid" | undefined'],
  },
  {
    title: "a value of an argument",
    change: ({ operations }) => {
      operations.listOrders.parameters[1].schema.enum.push("lost");
    },
    there: ['compatible: listOrders({ status }) gained "lost"'],
    back: ['breaking: listOrders({ status }) lost "lost"'],
  },
  {
    title: "a value of an argument that is an array",
    change: ({ operations }) => {
      drop(operations.listOrders.parameters[2].schema.items.enum, "blue");
    },
    there: ['breaking: listOrders({ tags[] }) lost "blue"'],
    back: ['compatible: listOrders({ tags[] }) gained "blue"'],
  },
  {
    title: "the type of an argument that operations share",
    change: ({ document }) => {
      document.components.parameters.ShopId.schema.type = "integer";
    },
    there: [
      "breaking: listOrders({ shopId }), createOrder({ shopId }), getOrder({ shopId }), replaceOrder({ shopId }), deleteOrder({ shopId }): string → number",
    ],
    back: [
      "breaking: listOrders({ shopId }), createOrder({ shopId }), getOrder({ shopId }), replaceOrder({ shopId }), deleteOrder({ shopId }): number → string",
    ],
  },
  {
    title: "an argument that goes from the query to the path",
    change: ({ document, operations }) => {
      const { paths } = document;
      paths["/grid/{size}"] = paths["/grid"];
      delete paths["/grid"];
      operations.getGrid.parameters = [
        { name: "size", in: "path", required: true, schema: { type: "integer" } },
      ];
    },
    there: [
      "breaking: getGrid({ size }) added: number",
      "risky: getGrid: path /grid → /grid/{size}",
    ],
    back: [
      "breaking: getGrid({ size }) removed, it was number",
      "risky: getGrid: path /grid/{size} → /grid",
    ],
  },
  {
    title: "a required argument that goes from the query to the path",
    change: ({ document, operations }) => {
      const { paths } = document;
      const { parameters } = paths[order];
      const [region] = operations.deleteOrder.parameters;
      operations.deleteOrder.parameters = [...parameters, { ...region, in: "path" }];
      paths[`/{region}${order}`] = { delete: operations.deleteOrder };
      delete paths[order].delete;
    },
    there: [
      `risky: deleteOrder: path ${order} → /{region}${order}`,
      "risky: deleteOrder({ region }): in the path, no longer in the query",
    ],
    back: [
      `risky: deleteOrder: path /{region}${order} → ${order}`,
      "risky: deleteOrder({ region }): in the query, no longer in the path",
    ],
  },
  {
    title: "a constraint of an argument",
    change: ({ document }) => {
      document.components.parameters.Limit.schema.maximum = 50;
    },
    there: ["breaking: listOrders({ limit }): maximum 100 → 50"],
    back: ["compatible: listOrders({ limit }): maximum 50 → 100"],
  },
  {
    title: "a constraint of what is read",
    change: ({ models }) => {
      delete models.Order.properties.note.pattern;
    },
    there: ["risky: Order.note: pattern ^.{0,200}$ removed"],
    back: ["compatible: Order.note: pattern ^.{0,200}$ added"],
  },
  {
    title: "a default",
    change: ({ operations }) => {
      operations.replaceOrder.parameters[0].schema.default = true;
    },
    there: ["risky: replaceOrder({ dryRun }): default false → true"],
    back: ["risky: replaceOrder({ dryRun }): default true → false"],
  },
  {
    title: "a required field of a body",
    change: ({ operations }) => {
      const { schema } = bodyOf(operations.replaceOrder.requestBody);
      schema.properties.why = { type: "string" };
      schema.required.push("why");
    },
    there: ["breaking: replaceOrder({ body.why }) added: string"],
    back: ["breaking: replaceOrder({ body.why }) removed, it was string"],
  },
  {
    title: "an optional field of a body",
    change: ({ models }) => {
      delete models.NewOrder.properties.count;
    },
    there: ["breaking: NewOrder.count removed, it was number | undefined"],
    back: ["compatible: NewOrder.count added: number | undefined"],
  },
  {
    title: "a value of an enum that is sent",
    change: ({ models }) => {
      models.NewOrder.properties.kind.enum.push("never");
    },
    there: ['compatible: NewOrder.kind gained "never"'],
    back: ['breaking: NewOrder.kind lost "never"'],
  },
  {
    title: "a field of a model that is sent and read",
    change: ({ models }) => {
      models.Address.required.push("zip");
    },
    there: ["breaking: Address.zip: string | number | undefined → string | number"],
    back: ["breaking: Address.zip: string | number → string | number | undefined"],
  },
  {
    title: "a body",
    change: ({ operations }) => {
      delete operations.replaceOrder.requestBody;
    },
    there: [
      "breaking: replaceOrder({ body }) removed, it was { note: string; address?: Address; lines?: Line[] } | undef…",
    ],
    back: [
      "compatible: replaceOrder({ body }) added: { note: string; address?: Address; lines?: Line[] } | undef…",
    ],
  },
  {
    title: "a body that becomes required",
    change: ({ operations }) => {
      operations.replaceOrder.requestBody.required = true;
    },
    there: ["breaking: replaceOrder({ body }): optional → required"],
    back: ["compatible: replaceOrder({ body }): required → optional"],
  },
  {
    title: "an operation",
    change: ({ document }) => {
      delete document.paths["/grid"];
    },
    there: ["breaking: getGrid removed"],
    back: ["compatible: getGrid added"],
  },
  {
    title: "the name of an operation",
    change: ({ operations }) => {
      operations.getOrder.operationId = "readOrder";
    },
    there: ["breaking: getOrder renamed to readOrder"],
    back: ["breaking: readOrder renamed to getOrder"],
  },
  {
    title: "the path of an operation",
    change: ({ document }) => {
      const { paths } = document;
      paths["/raster"] = paths["/grid"];
      delete paths["/grid"];
    },
    there: ["risky: getGrid: path /grid → /raster"],
    back: ["risky: getGrid: path /raster → /grid"],
  },
  {
    title: "the method of an operation",
    change: ({ document }) => {
      const item = document.paths[orders];
      item.patch = item.post;
      delete item.post;
    },
    there: ["risky: createOrder: method POST → PATCH"],
    back: ["risky: createOrder: method PATCH → POST"],
  },
  {
    title: "a model that nothing uses",
    change: ({ models }) => {
      delete models.Lonely;
    },
    there: ["breaking: Lonely removed"],
    back: ["compatible: Lonely added"],
  },
  {
    title: "the name of a model",
    change: ({ models, operations }) => {
      models.Place = models.Address;
      delete models.Address;
      for (const one of [
        models.Order,
        models.NewOrder,
        bodyOf(operations.replaceOrder.requestBody).schema,
      ])
        one.properties.address = ref("Place");
    },
    there: ["breaking: Address renamed to Place"],
    back: ["breaking: Place renamed to Address"],
  },
  {
    title: "the size of a page",
    change: ({ operations }) => {
      operations.listOrders["x-paging"].pageSize = 25;
    },
    there: ["risky: listOrders: page size 50 → 25"],
    back: ["risky: listOrders: page size 25 → 50"],
  },
  {
    title: "the source of paging",
    change: ({ operations }) => {
      operations.listOrders["x-paging"]["x-source"] = "A guess.";
    },
    there: ["docs: listOrders: x-source added"],
    back: ["docs: listOrders: x-source removed"],
  },
  {
    title: "a page size that is no longer stated",
    change: ({ operations }) => {
      delete operations.listOrders["x-paging"].pageSize;
    },
    there: ["risky: listOrders: page size 50 removed"],
    back: ["risky: listOrders: page size 50 added"],
  },
  {
    title: "the header of paging",
    change: ({ operations }) => {
      const { headers } = order200(operations.listOrders);
      headers["X-Next"] = headers["X-Next-Page"];
      delete headers["X-Next-Page"];
      operations.listOrders["x-paging"].header = "X-Next";
    },
    there: [
      "risky: listOrders: paging header X-Next-Page → X-Next",
      "risky: listOrders() 200 header X-Next-Page removed",
      "compatible: listOrders() 200 header X-Next added",
    ],
    back: [
      "risky: listOrders: paging header X-Next → X-Next-Page",
      "risky: listOrders() 200 header X-Next removed",
      "compatible: listOrders() 200 header X-Next-Page added",
    ],
  },
  {
    title: "paging",
    change: ({ operations }) => {
      delete operations.listOrders["x-paging"];
    },
    there: ["breaking: listOrders is a list no more"],
    back: ["breaking: listOrders is a list now"],
  },
  {
    title: "the server",
    change: ({ document }) => {
      document.servers[0].url = "https://other.example.com";
    },
    there: ["risky: server: url https://shop.example.com → https://other.example.com"],
    back: ["risky: server: url https://other.example.com → https://shop.example.com"],
  },
  {
    title: "another server before the first",
    change: ({ document }) => {
      document.servers.unshift({ url: "https://new.example.com" });
    },
    there: ["risky: server https://new.example.com added"],
    back: ["risky: server https://new.example.com removed"],
  },
  {
    title: "the order of servers",
    change: ({ document }) => {
      document.servers.reverse();
    },
    there: ["risky: server: in another order"],
    back: ["risky: server: in another order"],
  },
  {
    title: "security",
    change: ({ document }) => {
      document.security = [];
    },
    there: ['risky: security: requirement {"token":[]} removed'],
    back: ['risky: security: requirement {"token":[]} added'],
  },
  {
    title: "security of one operation",
    change: ({ operations }) => {
      operations.getGrid.security = [];
    },
    there: ["risky: getGrid: security [] added"],
    back: ["risky: getGrid: security [] removed"],
  },
  {
    title: "a security scheme",
    change: ({ document }) => {
      document.components.securitySchemes.token.scheme = "basic";
    },
    there: ["risky: security scheme token: scheme bearer → basic"],
    back: ["risky: security scheme token: scheme basic → bearer"],
  },
  {
    title: "a deprecation",
    change: ({ models }) => {
      models.Order.properties.note.deprecated = true;
    },
    there: ["compatible: Order.note: deprecated true added"],
    back: ["docs: Order.note: deprecated true removed"],
  },
  {
    title: "a deprecation of an operation",
    change: ({ operations }) => {
      operations.getGrid.deprecated = true;
    },
    there: ["compatible: getGrid: deprecated true added"],
    back: ["docs: getGrid: deprecated true removed"],
  },
  {
    title: "words",
    change: ({ document, models }) => {
      document.info.description = "Another.";
      models.Order.description = "Another.";
    },
    there: ["docs: info: description changed", "docs: Order: description changed"],
    back: ["docs: info: description changed", "docs: Order: description changed"],
  },
  {
    title: "an example",
    change: ({ models }) => {
      models.Order.properties.placedAt.examples[0] = "2025-01-01T00:00:00Z";
    },
    there: ["docs: Order.placedAt: examples changed"],
    back: ["docs: Order.placedAt: examples changed"],
  },
  {
    title: "where a thing is from",
    change: ({ models }) => {
      models.Order.properties.note["x-source"] = "A guess.";
    },
    there: ["docs: Order.note: x-source added"],
    back: ["docs: Order.note: x-source removed"],
  },
  {
    title: "a tag",
    change: ({ document, operations }) => {
      document.tags[0].name = "Sales";
      operations.getGrid.tags[0] = "Sales";
    },
    there: [
      "docs: tags: Orders removed",
      "docs: tags: Sales added",
      "docs: getGrid: tag Orders removed",
      "docs: getGrid: tag Sales added",
    ],
    back: [
      "docs: tags: Sales removed",
      "docs: tags: Orders added",
      "docs: getGrid: tag Sales removed",
      "docs: getGrid: tag Orders added",
    ],
  },
  {
    title: "the order of fields, values and arguments",
    change: ({ models, operations }) => {
      models.Order.required.reverse();
      models.Status.enum.reverse();
      operations.listOrders.parameters.reverse();
    },
    there: [
      "docs: Order: required in another order",
      "docs: Status: enum in another order",
      "docs: paths › /shops/{shopId}/orders › get › parameters: in another order",
    ],
    back: [
      "docs: Order: required in another order",
      "docs: Status: enum in another order",
      "docs: paths › /shops/{shopId}/orders › get › parameters: in another order",
    ],
  },
  {
    title: "the order of keys",
    change: ({ document }) => {
      document.info = Object.fromEntries(Object.entries(document.info).reverse());
    },
    there: [],
    back: [],
  },
  {
    title: "a shared argument written out",
    change: ({ document, operations }) => {
      operations.listOrders.parameters[0] = structuredClone(document.components.parameters.Limit);
    },
    there: [
      "docs: paths › /shops/{shopId}/orders › get › parameters › 0: $ref, name, in, description, schema changed",
    ],
    back: [
      "docs: paths › /shops/{shopId}/orders › get › parameters › query limit: name, in, description, schema, $ref changed",
    ],
  },
  {
    title: "a component that nothing uses",
    change: ({ document }) => {
      document.components.parameters.Unused.schema.type = "integer";
    },
    there: ["docs: components › parameters › Unused › schema: type changed"],
    back: ["docs: components › parameters › Unused › schema: type changed"],
  },
  {
    title: "a keyword that nobody knows",
    change: ({ models }) => {
      models.Order.properties.note["x-shown"] = true;
    },
    there: ["risky: Order.note: x-shown true added"],
    back: ["risky: Order.note: x-shown true removed"],
  },
];
