// biome-ignore lint/suspicious/noExplicitAny: parts of documents
export type Part = any;

/** What differs between the small documents of these tests. */
export interface Api {
  /** What `getThing` returns. */
  readonly read?: Part;
  /** What `sendThing` takes. */
  readonly sent?: Part;
  readonly models?: Part;
  readonly server?: string;
  readonly path?: string;
  readonly parameters?: readonly Part[];
  readonly item?: Part;
}

export const json = (schema: Part) => ({ content: { "application/json": { schema } } });
export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const string = { type: "string" };
export const object = (properties: Part, ...required: string[]) => ({
  type: "object",
  properties,
  required,
});

/** A document of an API that returns a thing and, if it is said how, takes one. */
export function api(given: Api): Part {
  const { item, models, parameters = [], path = "/things", read, sent, server } = given;
  const done = { 204: { description: "Done." } };
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    servers: [{ url: server ?? "https://api.example.com" }],
    paths: {
      [path]: {
        ...item,
        get: {
          operationId: "getThing",
          parameters,
          responses: read ? { 200: { description: "It.", ...json(read) } } : done,
        },
        ...(sent && {
          post: {
            operationId: "sendThing",
            parameters,
            requestBody: { required: true, ...json(sent) },
            responses: done,
          },
        }),
      },
    },
    components: { schemas: models ?? {} },
  };
}
