import type { Document } from "../../../scripts/docs/document.js";

/** A small API in the form of ours: two operations, three models, one of which no operation refers to. */
export function petShop(): Document {
  const pet = { $ref: "#/components/schemas/Pet" };
  const document = {
    info: {
      title: "Pet shop",
      "x-source": "The title is ours.",
      description: "**Beta.** It may change.\n\nPets,\nand their owners.\n\nMore words.",
    },
    servers: [{ url: "https://pets.example", "x-source": "https://pets.example/guide" }],
    tags: [{ name: "Pets", description: "All of them." }],
    paths: {
      "/pets/{id}": {
        parameters: [{ name: "id", in: "path", schema: { type: "string" } }],
        get: {
          operationId: "getPet",
          summary: "Get a pet",
          tags: ["Pets"],
          responses: {
            "200": {
              content: {
                "application/json": {
                  schema: pet,
                  example: { id: "1", home: { city: "Perth" } },
                },
              },
            },
          },
        },
      },
      "/pets": {
        get: {
          operationId: "listPets",
          "x-paging": { header: "X-Next-Page", pageSize: 2 },
          summary: "List pets",
          tags: ["Pets"],
          parameters: [
            {
              name: "after",
              in: "query",
              schema: { type: "string" },
              "x-source": "A later | version.",
            },
          ],
          responses: {
            "200": {
              headers: { "X-Next-Page": { "x-source": "https://pets.example/guide" } },
              content: {
                "application/json": {
                  schema: { type: "array", items: pet },
                  example: [{ id: "2" }],
                },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: "object",
          properties: {
            id: { type: "string" },
            home: { $ref: "#/components/schemas/Home" },
          },
        },
        Home: {
          type: "object",
          properties: { city: { type: "string", "x-source": "Read off the\nexample." } },
        },
        Toy: { type: "object", properties: { name: { type: "string" } } },
      },
    },
  };
  return document;
}
