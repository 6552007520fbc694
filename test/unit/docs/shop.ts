import type { Document } from "../../../scripts/docs/document.js";
import type { Reference, Schema } from "../../../scripts/generate/document.js";

/** A text with all that TypeScript, a shell or a URL would take for something else. */
export const awkward = `it's \`a\` \${b} $C "d" \\ !e\n*/ {f} ?&#%`;

const json = (schema: Schema | Reference, example?: unknown) => ({
  content: { "application/json": { schema, ...(example === undefined ? {} : { example }) } },
});
const model = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const inPath = (name: string, schema: Schema = { type: "string" }) => ({
  name,
  in: "path",
  required: true,
  schema,
});
const inQuery = (name: string, more: object) => ({
  name,
  in: "query",
  required: true,
  schema: { type: "string" },
  ...more,
});

/** An API with what the document of this project has not: bodies, numbers in a path, awkward names and texts. */
export const shop: Document = {
  info: { title: "Shop" },
  servers: [{ url: "https://shop.example/v1/" }],
  paths: {
    "/shops/{shop-id}/orders": {
      parameters: [inPath("shop-id")],
      get: {
        operationId: "listOrders",
        description: awkward,
        responses: { "200": json({ type: "array", items: model("Order") }, [{ number: 7 }]) },
      },
      post: {
        operationId: "createOrder",
        requestBody: { required: true, ...json(model("NewOrder")) },
        responses: { "201": json(model("Order")) },
      },
    },
    "/shops/{shop-id}/orders/{orderNumber}": {
      parameters: [inPath("shop-id"), { $ref: "#/components/parameters/orderNumber" }],
      put: {
        operationId: "replaceOrder",
        requestBody: json(model("NewOrder"), { note: awkward, lines: [1, "a", { "x-y": [] }] }),
        responses: { "200": json(model("Order")), "204": {} },
      },
      delete: { operationId: "deleteOrder", responses: { "204": {} } },
    },
    "/classes/{classId}_{year}": {
      parameters: [inPath("classId"), inPath("year", { type: "integer" })],
      head: { operationId: "hasClass", responses: { "200": {} } },
    },
    "/classes": {
      get: {
        operationId: "listClasses",
        "x-paging": { header: "X-More", pageSize: 5 },
        parameters: [{ name: "after", in: "query", schema: { type: "string" } }],
        responses: {
          "200": {
            headers: { "X-More": { schema: { type: "string" } } },
            ...json({
              type: "array",
              items: {
                type: "object",
                required: ["x-name", "default", "teacher"],
                properties: {
                  "x-name": { type: "string" },
                  default: { type: ["boolean", "null"] },
                  teacher: model("Person"),
                },
              },
            }),
          },
        },
      },
    },
    "/search": {
      get: {
        operationId: "search",
        parameters: [
          inQuery("q", { example: awkward }),
          inQuery("x-kind", { schema: { type: "string", enum: ["new & old", "b"] } }),
          inQuery("class", {
            schema: { type: "array", items: { type: "string" } },
            example: ["a", "b"],
          }),
          inQuery("since", { schema: { type: "string", format: "date" } }),
          inQuery("text", { schema: { type: "string" } }),
          inQuery("shop-id", { schema: { type: "string" } }),
        ],
        responses: { "200": json({ type: "array", items: { type: "string" } }) },
      },
    },
  },
  components: {
    parameters: { orderNumber: inPath("orderNumber", { type: "integer" }) },
    schemas: {
      Order: { type: "object", required: ["number"], properties: { number: { type: "integer" } } },
      Person: {
        type: "object",
        required: ["name", "children"],
        properties: {
          name: { type: "string" },
          children: { type: "array", items: model("Person") },
          boss: { oneOf: [{ type: "null" }, model("Person")] },
        },
      },
      NewOrder: {
        allOf: [model("Base")],
        type: "object",
        required: ["state", "buyer", "count", "gift", "note", "lines", "meta", "sent", "id"],
        properties: {
          id: { type: "string", format: "uuid", readOnly: true },
          state: { type: "string", enum: ["open", "closed"] },
          buyer: { oneOf: [model("Person"), { type: "null" }] },
          count: { type: "integer", minimum: 2 },
          gift: { type: "boolean" },
          lines: { type: "array", items: { type: "string", format: "email" } },
          meta: { type: "object" },
          sent: { type: "string", format: "date-time" },
          optional: { type: "string" },
          shown: { type: "string", example: "An example" },
          created: { type: "string", readOnly: true, example: "2020-01-01" },
        },
      },
      Base: { type: "object", properties: { note: { type: ["string", "null"], default: "-" } } },
    },
  } as object,
};
