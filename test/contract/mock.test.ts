import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { fixturePath } from "../fixture/document.js";
import { phoneNumbers } from "./phone-numbers.js";

interface Row {
  id: string;
  createdAt?: string;
  updatedAt?: string;
  email?: string;
  phoneNumber?: string;
}

/** Prism takes a second to start, and many when the machine is busy. */
const startMs = 90_000;

const authorization = "Bearer any";
const sharedPhoneNumber = phoneNumbers[0] ?? "";

function get(url: string | URL, headers: Record<string, string> = { authorization }) {
  return fetch(url, { headers });
}

/** The rows of one response, which must be a success. */
async function rowsOf(response: Response): Promise<Row[]> {
  expect(response.status).toBe(200);
  return (await response.json()) as Row[];
}

/** Follows `X-Next-Page` to the end. Fails, rather than runs on, when there is no end. */
async function walk(first: string | URL): Promise<{ pages: Row[][]; urls: URL[] }> {
  const pages: Row[][] = [];
  const urls: URL[] = [];
  let next: string | URL | null = first;
  while (next !== null) {
    expect(urls.length).toBeLessThan(20);
    urls.push(new URL(next));
    const response: Response = await get(next);
    pages.push(await rowsOf(response));
    next = response.headers.get("x-next-page");
  }
  return { pages, urls };
}

function unique(values: readonly unknown[]): number {
  return new Set(values).size;
}

describe("the mock", () => {
  let mock: Mock;
  let customersUrl: string;
  let allCustomers: Row[];

  beforeAll(async () => {
    mock = await startMock({ document: fixturePath });
    customersUrl = `${mock.url}/organizations/${mock.parameters.organizationId}/customers`;
    allCustomers = (await walk(customersUrl)).pages.flat();
  }, startMs);
  afterAll(() => mock?.stop());

  describe("pages", () => {
    it("serves 2,500 customers as 1000 + 1000 + 500, each of them once", async () => {
      const { pages } = await walk(customersUrl);
      expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500]);
      expect(unique(pages.flat().map(({ id }) => id))).toBe(2500);
    });

    it("serves the 25 memberships as 10 + 10 + 5, each of them once", async () => {
      const { pages } = await walk(`${customersUrl}/${mock.parameters.customerId}/memberships`);
      expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
      expect(unique(pages.flat().map(({ id }) => id))).toBe(25);
    });

    it("leads to the next page through Prism, with the same sort", async () => {
      const { pages, urls } = await walk(`${customersUrl}?sort=updated`);
      expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500]);
      expect(unique(pages.flat().map(({ id }) => id))).toBe(2500);
      expect(urls.map(({ origin }) => origin)).toEqual([mock.url, mock.url, mock.url]);
      expect(urls.map(({ searchParams }) => searchParams.get("sort"))).toEqual([
        "updated",
        "updated",
        "updated",
      ]);
    });

    it("answers 400 to a cursor that it did not give out", async () => {
      const response = await get(`${customersUrl}?after=nonsense`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        message: expect.stringContaining("after=nonsense"),
      });
    });
  });

  describe("customers", () => {
    it("has the document's example as the customer with memberships", async () => {
      const document = parse(await readFile(fixturePath, "utf8"));
      const { get: operation } =
        document.paths["/organizations/{organizationId}/customers/{customerId}"];
      const response = await get(`${customersUrl}/${mock.parameters.customerId}`);
      expect(await response.json()).toEqual(
        operation.responses["200"].content["application/json"].example,
      );
    });

    it("gives each customer that it lists by its ID, too", async () => {
      const customer = allCustomers.at(-1);
      const response = await get(`${customersUrl}/${customer?.id}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(customer);
    });

    it("lists them by ID, which is the order of their creation", () => {
      expect(allCustomers.map(({ id }) => id)).toEqual(allCustomers.map(({ id }) => id).sort());
      const dates = allCustomers.flatMap(({ createdAt }) => createdAt ?? []);
      expect(dates.length).toBeGreaterThan(2000);
      expect(dates).toEqual([...dates].sort());
    });

    it.each(["createdAt", "updatedAt", "email", "phoneNumber"] as const)(
      "leaves %s out of some customers, as the document allows",
      (field) => {
        const lacking = allCustomers.filter((customer) => !(field in customer));
        expect(lacking.length).toBeGreaterThan(10);
        expect(lacking.length).toBeLessThan(1000);
      },
    );

    it("answers 404 without a body for an unknown customer", async () => {
      const response = await get(`${customersUrl}/01ARZ3NDEKTSV4RRFFQ69G5FAV`);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe("");
    });

    it("has no customers in another organization", async () => {
      const elsewhere = `${mock.url}/organizations/01ARZ3NDEKTSV4RRFFQ69G5FAV/customers`;
      expect(await rowsOf(await get(elsewhere))).toEqual([]);
      expect((await get(`${elsewhere}/${mock.parameters.customerId}`)).status).toBe(404);
      expect(
        await rowsOf(await get(`${elsewhere}/${mock.parameters.customerId}/memberships`)),
      ).toEqual([]);
    });

    it("has memberships for one customer only", async () => {
      const other = await get(`${customersUrl}/${allCustomers[1]?.id}/memberships`);
      expect(await rowsOf(other)).toEqual([]);
      const unknown = await get(`${customersUrl}/01ARZ3NDEKTSV4RRFFQ69G5FAV/memberships`);
      expect(await rowsOf(unknown)).toEqual([]);
    });
  });

  describe("filters", () => {
    const filtered = async (parameters: Record<string, string>) =>
      rowsOf(await get(`${customersUrl}?${new URLSearchParams(parameters)}`));

    it("finds the one customer of an email address, also with a plus in it", async () => {
      const customer = allCustomers.find(({ email }) => email?.includes("+"));
      expect(customer).toBeDefined();
      expect(await filtered({ email: customer?.email ?? "" })).toEqual([customer]);
    });

    it("finds nobody by a part of an address, by an empty one, or by an unknown one", async () => {
      expect(await filtered({ email: "example.com" })).toEqual([]);
      expect(await filtered({ email: "" })).toEqual([]);
      expect(await filtered({ email: "nobody@example.com" })).toEqual([]);
    });

    it("finds all customers who share a phone number", async () => {
      const sharing = allCustomers.filter(({ phoneNumber }) => phoneNumber === sharedPhoneNumber);
      expect(sharing.length).toBeGreaterThan(1);
      expect(await filtered({ phoneNumber: sharedPhoneNumber })).toEqual(sharing);
    });

    it("takes email and phone number together as both", async () => {
      const customer = allCustomers.find(
        ({ email, phoneNumber }) => email && phoneNumber === sharedPhoneNumber,
      );
      const email = customer?.email ?? "";
      expect(await filtered({ email, phoneNumber: sharedPhoneNumber })).toEqual([customer]);
      expect(await filtered({ email, phoneNumber: phoneNumbers[1] ?? "" })).toEqual([]);
    });
  });

  describe("sort", () => {
    it.each([
      ["created", "createdAt"],
      ["updated", "updatedAt"],
    ] as const)(
      "by %s goes by %s, newest first, equal dates by ID, then those without",
      async (sort, field) => {
        const sorted = (await walk(`${customersUrl}?sort=${sort}`)).pages.flat();
        // By hand, and not with the mock's comparison: each neighbour against the next.
        const wrong = sorted.slice(1).filter((customer, index) => {
          const previous = sorted[index];
          const [date, before] = [customer[field] ?? "", previous?.[field] ?? ""];
          return date > before || (date === before && customer.id < (previous?.id ?? ""));
        });
        expect(sorted).toHaveLength(2500);
        expect(wrong).toEqual([]);
        expect(sorted[0]).toHaveProperty(field);
        expect(sorted.at(-1)).not.toHaveProperty(field);
        const ids = sorted.map(({ id }) => id);
        expect(ids).not.toEqual(allCustomers.map(({ id }) => id));
      },
    );

    it("has equal dates to break the tie of", () => {
      const dates = allCustomers.flatMap(({ createdAt }) => createdAt ?? []);
      expect(unique(dates)).toBeLessThan(dates.length - 100);
    });
  });

  describe("checks by Prism", () => {
    it("answers 401 without a token", async () => {
      expect((await get(customersUrl, {})).status).toBe(401);
    });

    it("answers 400 to a sort that the document does not have", async () => {
      const response = await get(`${customersUrl}?sort=name`);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('\\"created\\",\\"updated\\"');
    });
  });
});

describe("the mock of another document", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "loke-customers-mock-"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  /** A copy of this project's document, with a change. */
  // biome-ignore lint/suspicious/noExplicitAny: a parsed document, changed at will.
  async function copy(change: (document: any) => void): Promise<string> {
    const document = parse(await readFile(fixturePath, "utf8"), { merge: true });
    change(document);
    const file = join(await mkdtemp(join(directory, "copy-")), "openapi.yaml");
    await writeFile(file, stringify(document));
    return file;
  }

  const listPath = "/organizations/{organizationId}/customers";

  it("leaves an operation that it does not know to Prism", { timeout: startMs }, async () => {
    const document = await copy(({ paths }) => {
      paths["/organizations/{organizationId}/shops"] = {
        get: {
          parameters: [
            { name: "organizationId", in: "path", required: true, schema: { type: "string" } },
          ],
          responses: {
            "200": {
              description: "Shops.",
              content: { "application/json": { example: [{ name: "Corner Shop" }] } },
            },
          },
        },
      };
    });
    await using mock = await startMock({ document });
    const response = await get(`${mock.url}/organizations/${mock.parameters.organizationId}/shops`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([{ name: "Corner Shop" }]);
  });

  it("takes page size and header from it, and filters to the next page", {
    timeout: startMs,
  }, async () => {
    const document = await copy(({ paths }) => {
      paths[listPath].get["x-paging"] = { header: "X-More", pageSize: 10 };
    });
    await using mock = await startMock({ document });
    const query = new URLSearchParams({ sort: "created", phoneNumber: sharedPhoneNumber });
    const url = `${mock.url}/organizations/${mock.parameters.organizationId}/customers?${query}`;
    const first = await get(url);
    const second = await get(first.headers.get("x-more") ?? "");
    const rows = [...(await rowsOf(first)), ...(await rowsOf(second))];
    expect(unique(rows.map(({ id }) => id))).toBe(20);
    expect(unique(rows.map(({ phoneNumber }) => phoneNumber))).toBe(1);
    expect(rows[0]).toHaveProperty("phoneNumber", sharedPhoneNumber);
    const dates = rows.map(({ createdAt }) => createdAt ?? "");
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it("answers 500 with both opinions where Prism refuses what the mock accepts, and tells of the reverse", {
    timeout: startMs,
  }, async () => {
    const document = await copy(({ paths }) => {
      const { parameters } = paths[listPath].get;
      for (const { name, schema } of parameters) {
        if (name === "sort") schema.enum = ["created", "name"];
      }
    });
    const disagreements: string[] = [];
    const onDisagreement = (words: string) => void disagreements.push(words);
    await using mock = await startMock({ document, onDisagreement });
    const url = `${mock.url}/organizations/${mock.parameters.organizationId}/customers`;
    const refused = await get(`${url}?sort=updated`);
    expect(refused.status).toBe(500);
    const { message } = (await refused.json()) as { message: string };
    expect(message).toMatch(/^GET \/organ.*: the mock answers 200, Prism 422: .* created, name"/);
    expect((await get(`${url}?sort=name`)).status).toBe(400);
    expect(disagreements).toEqual([
      message,
      `GET ${listPath}: the mock answers 400, Prism accepts it`,
    ]);
    expect((await get(`${url}?sort=created`)).status).toBe(200);
  });

  it("does not pass on a response that is not as the document says", {
    timeout: startMs,
  }, async () => {
    const document = await copy(({ components }) => {
      components.schemas.CustomerListTiny.required.push("colour");
    });
    await using mock = await startMock({ document });
    const customer = `/organizations/${mock.parameters.organizationId}/customers/${mock.parameters.customerId}`;
    const response = await get(`${mock.url}${customer}/memberships`);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("must have required property 'colour'");
  });

  it("stays as it was when the document is saved again", { timeout: startMs }, async () => {
    const document = await copy(() => {});
    await using mock = await startMock({ document });
    await appendFile(document, "# saved\n");
    // Prism's watcher would wait half a second for the file to be complete, then restart.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const customers = `${mock.url}/organizations/${mock.parameters.organizationId}/customers`;
    expect(await rowsOf(await get(customers))).toHaveLength(1000);
  });

  it("names the file that is not YAML", async () => {
    const document = await copy(() => {});
    await writeFile(document, "paths: [");
    await expect(startMock({ document })).rejects.toThrow(`${document}: Flow sequence`);
  });

  it("says what Prism died of", { timeout: startMs }, async () => {
    const document = await copy((it) => {
      it.components.schemas.Customer.properties.id = { $ref: "./nowhere.yaml" };
    });
    await expect(startMock({ document })).rejects.toThrow(/Prism ended [\s\S]*nowhere\.yaml/);
  });
});
