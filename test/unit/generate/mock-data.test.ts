import { expect, test } from "vitest";
import type { Document } from "../../../scripts/generate/document.js";
import { mockData, takenNames } from "../../../scripts/generate/mock-data.js";
import { createMockApi } from "../../../src/testing.js";

const text = { type: "string" };

/** An operation whose path parameters are texts, but for those that are given. */
function operation(operationId: string, path: string, result: object | undefined, more = {}) {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const content = result && { "application/json": { schema: result } };
  return {
    operationId,
    parameters: names.map((name) => ({ name, in: "path", required: true, schema: text })),
    responses: { "200": { description: "Good.", ...(content && { content }) } },
    ...more,
  };
}

const paged = (operationId: string, path: string, item: object, parameters: object[] = []) => {
  const list = operation(operationId, path, { type: "array", items: item });
  Object.assign(list.responses["200"], { headers: { "X-Next-Page": { schema: text } } });
  list.parameters.push(...(parameters as typeof list.parameters));
  return { ...list, "x-paging": { header: "X-Next-Page", pageSize: 10 } };
};

function documentOf(paths: Record<string, object>, schemas = {}): Document {
  return { paths, components: { schemas } } as Document;
}

const pet = { type: "object", required: ["id"], properties: { id: text, name: text } };

test("a collection is a list, by the last word of its path; its item, its owner and the tenant are known by the path", () => {
  const { collections, operations } = mockData(
    documentOf({
      "/shops/{shopId}/house-pets": {
        get: paged("listPets", "/shops/{shopId}/house-pets", pet),
        post: operation("addPet", "/shops/{shopId}/house-pets", pet),
      },
      "/shops/{shopId}/house-pets/{petId}": {
        get: operation("getPet", "/shops/{shopId}/house-pets/{petId}", pet),
        put: operation("putPet", "/shops/{shopId}/house-pets/{petId}", pet),
        patch: operation("patchPet", "/shops/{shopId}/house-pets/{petId}", pet),
        delete: operation("dropPet", "/shops/{shopId}/house-pets/{petId}", undefined),
        post: operation("feedPet", "/shops/{shopId}/house-pets/{petId}", pet),
      },
      "/shops/{shopId}/house-pets/{petId}/toys": {
        get: paged("listToys", "/shops/{shopId}/house-pets/{petId}/toys", pet),
      },
      "/shops/{shopId}/house-pets/{petId}/toys/{toyId}/parts": {
        get: paged("listParts", "/shops/{shopId}/house-pets/{petId}/toys/{toyId}/parts", text),
      },
      "/status": { get: operation("getStatus", "/status", { type: "boolean" }) },
    }),
  );
  expect(collections).toEqual({
    housePets: { list: "listPets", id: "id" },
    toys: { list: "listToys", id: "id", parent: "housePets" },
    parts: { list: "listParts", parent: "toys" },
  });
  const does = Object.entries(operations).map(([id, one]) => [
    id,
    one.does,
    Object(one).collection,
  ]);
  expect(does).toEqual([
    ["listPets", "list", "housePets"],
    ["addPet", "add", "housePets"],
    ["getPet", "get", "housePets"],
    ["putPet", "replace", "housePets"],
    ["feedPet", "answer", undefined],
    ["dropPet", "remove", "housePets"],
    ["patchPet", "change", "housePets"],
    ["listToys", "list", "toys"],
    ["listParts", "list", "parts"],
    ["getStatus", "answer", undefined],
  ]);
  expect(operations.getPet).toMatchObject({ tenant: "shopId", id: "petId" });
  expect(operations.listParts).toMatchObject({ tenant: "shopId", parents: ["petId", "toyId"] });
  expect(operations.getStatus).toEqual({
    does: "answer",
    status: 200,
    result: { type: "boolean" },
  });
});

test("an item whose path has moved elsewhere is still one of its collection", () => {
  const { operations } = mockData(
    documentOf({
      "/shops/{shopId}/pets": { get: paged("listPets", "/shops/{shopId}/pets", pet) },
      "/v2/pets/{key}": { get: operation("getPet", "/v2/pets/{key}", pet) },
    }),
  );
  expect(operations.getPet).toMatchObject({ does: "get", collection: "pets", id: "key" });
  expect(operations.getPet).not.toHaveProperty("tenant");
});

test.each(["requests", "add", "seed", "constructor", "call", "2fa"])(
  "a list at /%s goes by the name of its operation: that of the path cannot be had",
  (word) => {
    const { collections } = mockData(
      documentOf({ [`/${word}`]: { get: paged("listThings", `/${word}`, pet) } }),
    );
    expect(collections).toEqual({ listThings: { list: "listThings", id: "id" } });
  },
);

test("of two lists with one last word, the second goes by the name of its operation", () => {
  const { collections } = mockData(
    documentOf({
      "/cats/notes": { get: paged("listCatNotes", "/cats/notes", pet) },
      "/dogs/notes": { get: paged("listDogNotes", "/dogs/notes", pet) },
    }),
  );
  expect(Object.keys(collections)).toEqual(["notes", "listDogNotes"]);
});

test("no collection takes the name of an option or a member of the mock", () => {
  const api = createMockApi();
  const collections = ["customers", "memberships"];
  const members = Object.getOwnPropertyNames(api).filter((name) => !collections.includes(name));
  expect(members.filter((name) => !takenNames.includes(name))).toEqual([]);
  expect(() => createMockApi({ nothing: 1 } as object)).toThrow(
    /it has customers, memberships, (faults, rateLimit, token, organizationId, pageSize, seed, now)\.$/,
  );
  for (const name of [
    "faults",
    "rateLimit",
    "token",
    "organizationId",
    "pageSize",
    "seed",
    "now",
  ]) {
    expect(takenNames).toContain(name);
  }
});

test("an item is known by its field id, or by one that is named as the parameter", () => {
  const idOf = (properties: object) => {
    const item = { type: "object", properties };
    const { collections } = mockData(
      documentOf({
        "/pets": { get: paged("listPets", "/pets", item) },
        "/pets/{chip}": { get: operation("getPet", "/pets/{chip}", item) },
      }),
    );
    return collections.pets?.id;
  };
  expect(idOf({ chip: text, id: text })).toBe("id");
  expect(idOf({ name: text, chip: text })).toBe("chip");
  expect(idOf({ name: text })).toBeUndefined();
});

test("a value of sort sorts by the field of that name, or of that name and At", () => {
  const dated = { type: "object", properties: { name: text, createdAt: text } };
  const sort = {
    name: "sort",
    in: "query",
    schema: { type: "string", enum: ["created", "name", "best"] },
  };
  const { operations } = mockData(
    documentOf({ "/pets": { get: paged("listPets", "/pets", dated, [sort]) } }),
  );
  expect(operations.listPets?.sort).toEqual({ created: "createdAt", name: "name" });
});

test("a parameter can be a model: its values sort, and stay a reference", () => {
  const schemas = { PetSort: { type: "string", enum: ["name"] } };
  const sort = { name: "sort", in: "query", schema: { $ref: "#/components/schemas/PetSort" } };
  const list = paged("listPets", "/shops/{shopId}/pets", pet, [sort]);
  const shop = { name: "shopId", in: "path", schema: { $ref: "#/components/schemas/PetSort" } };
  list.parameters.push({ required: true, ...shop } as never);
  const { operations } = mockData(documentOf({ "/shops/{shopId}/pets": { get: list } }, schemas));
  expect(operations.listPets).toMatchObject({
    sort: { name: "name" },
    query: { sort: { $ref: "PetSort" } },
  });
});

test("a first path parameter with few values is no tenant: each of them knows everything", () => {
  const region = { name: "region", in: "path", required: true, schema: { enum: ["eu", "au"] } };
  const list = paged("listPets", "/regions/{region}/pets", pet);
  const { operations } = mockData(
    documentOf({ "/regions/{region}/pets": { get: { ...list, parameters: [region] } } }),
  );
  expect(operations.listPets).not.toHaveProperty("tenant");
});

test("a model has the example that the document gives of it somewhere, also inside that of another", () => {
  const schemas = {
    Pet: {
      type: "object",
      title: "A pet",
      properties: { tag: { $ref: "#/components/schemas/Tag" } },
    },
    Tag: {
      type: "object",
      description: "A tag.",
      properties: { code: { ...text, "x-source": "x" } },
    },
    Unused: { type: "object", properties: { title: text } },
  };
  const list = paged("listPets", "/pets", { $ref: "#/components/schemas/Pet" });
  const content = { schema: { type: "array", items: { $ref: "#/components/schemas/Pet" } } };
  Object.assign(list.responses["200"], {
    content: { "application/json": { ...content, example: [{ tag: { code: "A1" } }] } },
  });
  const { operations, schemas: models } = mockData(documentOf({ "/pets": { get: list } }, schemas));
  expect(models).toEqual({
    Pet: {
      type: "object",
      properties: { tag: { $ref: "Tag" } },
      example: { tag: { code: "A1" } },
    },
    Tag: { type: "object", properties: { code: text }, example: { code: "A1" } },
    Unused: { type: "object", properties: { title: text } },
  });
  expect(operations.listPets?.result).toEqual({ type: "array", items: { $ref: "Pet" } });
});
