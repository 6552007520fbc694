/** A change of the document that the vendor could make tomorrow. */
export interface Move {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a parsed document, changed at will.
  edit(document: any): void;
}

const lists = "/organizations/{organizationId}/customer-lists";
const list = `${lists}/{customerListId}`;

/** What moves are made to. */
interface Targets {
  /** The path of the first list, of one of its items, and of a list that belongs to the item. */
  readonly items: string;
  readonly item: string;
  readonly owned: string;
  /** The models that the two lists hold. */
  readonly model: string;
  readonly ownedModel: string;
  /** Fields of the first: one that can be absent, one that cannot, a text of which no more is said, an inner model. */
  readonly optional: string;
  readonly required: string;
  readonly open: string;
  readonly inner: string;
  readonly innerModel: string;
  /** A field of the inner model. */
  readonly innerNumber: string;
}

/**
 * Finds in a document what moves can be made to, so that they go on when the document itself has moved.
 *
 * @throws Error if there is no such thing
 */
// biome-ignore lint/suspicious/noExplicitAny: a parsed document.
export function targetsOf({ components, paths }: any): Targets {
  const find = (
    what: string,
    names: readonly string[],
    fits: (name: string) => unknown,
  ): string => {
    const name = names.find((one) => fits(one));
    if (name === undefined) throw new Error(`The document has no ${what} that could move.`);
    return name;
  };
  const all = Object.keys(paths);
  const lists = all.filter((path) => paths[path].get?.["x-paging"]);
  const isItemOf = (list: string, path: string) =>
    /^\/\{[^/]+\}$/.test(path.slice(list.length)) && path.startsWith(list);
  const items = find("list", lists, (path) => all.some((one) => isItemOf(path, one)));
  const item = find("item", all, (path) => isItemOf(items, path));
  const owned = find("list of an item", lists, (path) => path.startsWith(`${item}/`));
  const nameOf = (schema: { $ref?: string }) => String(schema.$ref).split("/").at(-1) ?? "";
  const modelAt = (path: string) =>
    nameOf(paths[path].get.responses["200"].content["application/json"].schema.items);
  const model = modelAt(items);
  const { properties, required } = components.schemas[model];
  const fields = Object.keys(properties);
  const isOptional = (name: string) => !required.includes(name);
  const isOpen = (name: string) => Object.keys(properties[name]).join() === "type,description";
  const isText = (name: string) => isOpen(name) && properties[name].type === "string";
  const inner = find("inner model", fields, (name) => properties[name].$ref);
  const innerModel = nameOf(properties[inner]);
  const innerFields = components.schemas[innerModel].properties;
  return {
    items,
    item,
    owned,
    model,
    ownedModel: modelAt(owned),
    optional: find("optional field", fields, (name) => isOptional(name) && !isOpen(name)),
    required: find(
      "required text",
      fields.toReversed(),
      (name) => !isOptional(name) && isText(name),
    ),
    open: find("optional text", fields.toReversed(), (name) => isOptional(name) && isText(name)),
    inner,
    innerModel,
    innerNumber: find(
      "number",
      Object.keys(innerFields),
      (name) => innerFields[name].type === "integer",
    ),
  };
}

const text = { type: "string" };
const ref = (model: string) => ({ $ref: `#/components/schemas/${model}` });
const source = "Made up for a test.";

function parameter(name: string, place: "path" | "query", more: object = {}) {
  const required = place === "path" ? { required: true } : {};
  return { name, in: place, ...required, description: `The ${name}.`, schema: text, ...more };
}

/** The parameters in a path. */
function parametersOf(path: string) {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => parameter(name, "path"));
}

const json = (schema: object) => ({ "application/json": { schema } });
const notFound = { "404": { description: "Not found. No body is documented." } };

interface Parts {
  readonly body?: object;
  readonly status?: string;
  readonly result?: object;
  readonly query?: readonly object[];
}

function operation(
  operationId: string,
  path: string,
  { body, query = [], result, status = "200" }: Parts,
) {
  return {
    operationId,
    summary: operationId,
    description: `Does what ${operationId} says.`,
    tags: ["Customers"],
    parameters: [...parametersOf(path), ...query],
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      [status]: { description: "It is done.", ...(result && { content: json(result) }) },
      ...notFound,
    },
  };
}

function paged(operationId: string, path: string, item: object) {
  const one = operation(operationId, path, { result: { type: "array", items: item } });
  const header = {
    description: "The next page.",
    "x-source": source,
    required: false,
    schema: text,
  };
  Object.assign(Object(one.responses)["200"], { headers: { "X-Next-Page": header } });
  return { ...one, "x-paging": { header: "X-Next-Page", pageSize: 10 } };
}

function model(required: readonly string[], fields: Readonly<Record<string, object>>) {
  const properties = Object.entries(fields).map(([name, schema]) => [
    name,
    { description: `The ${name}.`, ...schema },
  ]);
  return {
    type: "object",
    description: "A model.",
    required,
    properties: Object.fromEntries(properties),
  };
}

/** Changes each example of an item of the first list. */
// biome-ignore lint/suspicious/noExplicitAny: a parsed document, changed at will.
function inExamples(document: any, change: (example: any) => void): void {
  const { item, items } = targetsOf(document);
  for (const path of [item, items]) {
    const { example } = document.paths[path].get.responses["200"].content["application/json"];
    for (const one of [example].flat()) change(one);
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a parsed document, changed at will.
const modelOf = (document: any) => document.components.schemas[targetsOf(document).model];

/** Fields and models. All of them can be made together. */
export const fieldMoves: readonly Move[] = [
  {
    name: "an optional field appears",
    edit(document) {
      modelOf(document).properties.nickname = { ...text, description: "What friends say." };
    },
  },
  {
    name: "an optional field with a few values appears",
    edit(document) {
      const tier = { ...text, enum: ["GOLD", "SILVER"], description: "How loyal they are." };
      modelOf(document).properties.tier = tier;
    },
  },
  {
    name: "a required field appears",
    edit(document) {
      const { properties, required } = modelOf(document);
      properties.locale = { ...text, description: "The language." };
      required.push("locale");
      inExamples(document, (example) => Object.assign(example, { locale: "en-AU" }));
    },
  },
  {
    name: "a field disappears",
    edit(document) {
      const { optional } = targetsOf(document);
      inExamples(document, (example) => delete example[optional]);
      delete modelOf(document).properties[optional];
    },
  },
  {
    name: "an inner model gains a field",
    edit(document) {
      const { inner, innerModel } = targetsOf(document);
      const { [innerModel]: statistics } = document.components.schemas;
      statistics.properties.visits = { type: "integer", description: "How often they came." };
      statistics.required.push("visits");
      inExamples(document, (example) => Object.assign(example[inner], { visits: 12 }));
    },
  },
  {
    name: "a type is widened",
    edit(document) {
      const { innerModel, innerNumber } = targetsOf(document);
      document.components.schemas[innerModel].properties[innerNumber].type = "number";
    },
  },
  {
    name: "a field can be null",
    edit(document) {
      modelOf(document).properties[targetsOf(document).required].type = ["string", "null"];
    },
  },
  {
    name: "a field holds a list of models",
    edit(document) {
      const items = ref(targetsOf(document).ownedModel);
      const groups = { type: "array", items, description: "Where they are." };
      modelOf(document).properties.groups = groups;
    },
  },
  {
    name: "a text becomes an object",
    edit(document) {
      const { open } = targetsOf(document);
      inExamples(document, (example) => Object.assign(example, { [open]: { code: "M" } }));
      modelOf(document).properties[open] = {
        ...model(["code"], { code: text, label: text }),
        description: "A code, and its label.",
      };
    },
  },
  {
    name: "a model gets another name",
    edit(document) {
      const { owned, ownedModel } = targetsOf(document);
      const { schemas } = document.components;
      const { content } = document.paths[owned].get.responses["200"];
      const { groups } = modelOf(document).properties;
      schemas.RenamedModel = schemas[ownedModel];
      delete schemas[ownedModel];
      content["application/json"].schema.items = ref("RenamedModel");
      if (groups) groups.items = ref("RenamedModel");
    },
  },
  {
    name: "fields have names that JavaScript reserves, or that are no names there",
    edit(document) {
      for (const name of ["class", "default", "constructor", "x-kind", "2nd name", "toString"]) {
        inExamples(document, (example) => Object.assign(example, { [name]: "odd" }));
        modelOf(document).properties[name] = { ...text, description: "An odd name." };
      }
    },
  },
  {
    name: "descriptions hold what ends comments and templates",
    edit(document) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point.
      const odd = "Ends */ a comment, and `a template` with ${process.exit()} and {{more}}.";
      const { item, optional, required } = targetsOf(document);
      const owner = modelOf(document);
      for (const name of [optional, required]) owner.properties[name].description = odd;
      document.paths[item].get.description = odd;
      owner.description = odd;
    },
  },
];

/** Operations that the vendor adds: those of a sister page, and other kinds. All of them can be made together. */
export const growthMoves: readonly Move[] = [
  {
    name: "a customer can be created",
    edit(document) {
      const body = model(["firstName"], { firstName: text, lastName: text, email: text });
      document.components.schemas.CustomerCreate = body;
      const { items, model: name } = targetsOf(document);
      document.paths[items].post = operation("createCustomer", items, {
        body: ref("CustomerCreate"),
        status: "201",
        result: ref(name),
      });
    },
  },
  {
    name: "a customer can be changed in part, and deleted without an answer",
    edit(document) {
      const body = model([], { firstName: text, email: { type: ["string", "null"] } });
      const { item, model: name } = targetsOf(document);
      Object.assign(document.paths[item], {
        patch: operation("updateCustomer", item, { body, result: ref(name) }),
        delete: operation("deleteCustomer", item, { status: "204" }),
      });
    },
  },
  {
    name: "the seven operations of customer lists appear",
    edit({ components, paths }) {
      components.schemas.CustomerList = model(["id", "name"], {
        id: text,
        name: text,
        description: text,
        isDynamic: { type: "boolean" },
      });
      components.schemas.CustomerListInput = model(["name"], { name: text, description: text });
      const input = ref("CustomerListInput");
      const result = ref("CustomerList");
      paths[lists] = {
        get: paged("listCustomerLists", lists, result),
        post: operation("createCustomerList", lists, { body: input, status: "201", result }),
      };
      paths[list] = {
        get: operation("getCustomerList", list, { result }),
        put: operation("updateCustomerList", list, { body: input, result }),
        delete: operation("deleteCustomerList", list, { status: "204" }),
      };
      const members = `${list}/members`;
      paths[members] = {
        get: paged("listCustomerListMembers", members, model(["id"], { id: text, email: text })),
        post: operation("addCustomerListMember", members, {
          body: model(["customerId"], { customerId: text }),
          status: "204",
        }),
      };
    },
  },
  {
    name: "another list appears, whose items are known by a number",
    edit({ components, paths }) {
      const shops = "/organizations/{organizationId}/shops";
      components.schemas.Shop = model(["id", "name"], {
        id: { type: "integer" },
        name: text,
        openedAt: { ...text, format: "date-time", "x-source": source },
        kind: { ...text, enum: ["CAFE", "BAR"] },
      });
      const kind = parameter("kind", "query", { schema: { ...text, enum: ["CAFE", "BAR"] } });
      const sort = parameter("sort", "query", { schema: { ...text, enum: ["opened", "name"] } });
      const shop = `${shops}/{shopId}`;
      const number = { ...parameter("shopId", "path"), schema: { type: "integer" } };
      const get = operation("getShop", shop, { result: ref("Shop") });
      const all = paged("listShops", shops, ref("Shop"));
      paths[shops] = { get: { ...all, parameters: [...all.parameters, kind, sort] } };
      paths[shop] = { get: { ...get, parameters: [...parametersOf(shops), number] } };
    },
  },
  {
    name: "a list within a list within a list appears",
    edit(document) {
      const { components, paths } = document;
      const { model: author, owned } = targetsOf(document);
      const notes = `${owned}/{membershipId}/notes`;
      components.schemas.Note = model(["id", "text"], {
        id: text,
        text,
        author: ref(author),
      });
      paths[notes] = {
        get: paged("listNotes", notes, ref("Note")),
        post: operation("addNote", notes, {
          body: model(["text"], { text }),
          status: "201",
          result: ref("Note"),
        }),
      };
      const note = `${notes}/{noteId}`;
      paths[note] = { get: operation("getNote", note, { result: ref("Note") }) };
    },
  },
  {
    name: "an operation appears that is about no list",
    edit(document) {
      const { paths } = document;
      const merge = `${targetsOf(document).item}/merge`;
      const body = model(["into"], { into: text });
      const settings = "/organizations/{organizationId}/settings";
      const result = model(["currency"], { currency: { ...text, enum: ["AUD"] } });
      paths[merge] = { post: operation("mergeCustomer", merge, { body, status: "202" }) };
      paths[settings] = { get: operation("getSettings", settings, { result }) };
    },
  },
  {
    name: "parameters have names that JavaScript reserves, or that are no names there",
    edit({ paths }) {
      const path = "/organizations/{organizationId}/reports/{class}";
      const required = { required: true };
      const query = [
        parameter("default", "query", required),
        parameter("x-kind", "query", { schema: { type: "array", items: { type: "integer" } } }),
        parameter("constructor", "query", required),
      ];
      const result = model(["default"], { default: { type: "number" } });
      paths[path] = { get: operation("getReport", path, { query, result }) };
    },
  },
];

/** Changes of the operations that there are. All of them can be made together. */
export const operationMoves: readonly Move[] = [
  {
    name: "a list takes another filter",
    edit(document) {
      const { items, open } = targetsOf(document);
      document.paths[items].get.parameters.unshift(parameter(open, "query"));
    },
  },
  {
    name: "a list loses a filter",
    edit(document) {
      document.paths[targetsOf(document).items].get.parameters.pop();
    },
  },
  {
    name: "a response code with a body appears",
    edit(document) {
      document.components.schemas.Problem = model(["code"], { code: text, message: text });
      const { get } = document.paths[targetsOf(document).item];
      get.responses["403"] = { description: "No access.", content: json(ref("Problem")) };
      get.responses["404"].content = json(ref("Problem"));
    },
  },
  {
    name: "a list has another page size",
    edit(document) {
      document.paths[targetsOf(document).owned].get["x-paging"].pageSize = 7;
    },
  },
  {
    name: "an operation moves to another path",
    edit(document) {
      const { paths } = document;
      const { item } = targetsOf(document);
      paths[`/v2${item}`] = { get: paths[item].get };
      delete paths[item];
    },
  },
];
