import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type Mock, startMock } from "../../scripts/mock/start-mock.js";
import { createMockApi } from "../../src/testing.js";
import { fixturePath } from "../fixture/document.js";

// What the mock holds and how it lists, filters and sorts is tested with `loke-customers/testing`, whose code it is.
// `client.test.ts` reads it through Prism.

interface Row {
  id: string;
  createdAt?: string;
  phoneNumber?: string;
}

/** Of the numbers that books and films may use there are few: each is that of many made-up customers. */
const sharedPhoneNumber =
  createMockApi().customers.find(({ phoneNumber }) => phoneNumber)?.phoneNumber ?? "";

const get = (url: string) => fetch(url, { headers: { authorization: "Bearer any" } });

/** The rows of one response, which must be a success. */
async function rowsOf(response: Response): Promise<Row[]> {
  expect(response.status).toBe(200);
  return (await response.json()) as Row[];
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "loke-customers-mock-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** A copy of this project's document, with a change. */
// biome-ignore lint/suspicious/noExplicitAny: a parsed document, changed at will.
async function copy(change: (document: any) => void = () => {}): Promise<string> {
  const document = parse(await readFile(fixturePath, "utf8"), { merge: true });
  change(document);
  const file = join(await mkdtemp(join(directory, "copy-")), "openapi.yaml");
  await writeFile(file, stringify(document));
  return file;
}

const listPath = "/organizations/{organizationId}/customers";

describe("the mock of another document", () => {
  const disagreements: string[] = [];
  let document: string;
  let mock: Mock;
  let organization: string;

  beforeAll(async () => {
    document = await copy(({ components, paths }) => {
      const { get: list } = paths[listPath];
      list["x-paging"] = { header: "X-More", pageSize: 10 };
      for (const { name, schema } of list.parameters) {
        if (name === "sort") schema.enum = ["created", "name"];
      }
      components.schemas.CustomerListTiny.required.push("colour");
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
    const onDisagreement = (words: string) => void disagreements.push(words);
    mock = await startMock({ document, onDisagreement });
    organization = `${mock.url}/organizations/${mock.parameters.organizationId}`;
  });
  afterAll(() => mock?.stop());

  it("leaves an operation that it does not know to Prism", async () => {
    const response = await get(`${organization}/shops`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual([{ name: "Corner Shop" }]);
  });

  it("takes page size and header from it, and filters to the next page", async () => {
    const query = new URLSearchParams({ sort: "created", phoneNumber: sharedPhoneNumber });
    const first = await get(`${organization}/customers?${query}`);
    const second = await get(first.headers.get("x-more") ?? "");
    const rows = [...(await rowsOf(first)), ...(await rowsOf(second))];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(20);
    expect(new Set(rows.map(({ phoneNumber }) => phoneNumber))).toEqual(
      new Set([sharedPhoneNumber]),
    );
    const dates = rows.map(({ createdAt }) => createdAt ?? "");
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it("answers 500 with both opinions where Prism refuses what the mock accepts, and tells of the reverse", async () => {
    const refused = await get(`${organization}/customers?sort=updated`);
    expect(refused.status).toBe(500);
    const { message } = (await refused.json()) as { message: string };
    expect(message).toMatch(/^GET \/organ.*: the mock answers 200, Prism 422: .* created, name"/);
    expect((await get(`${organization}/customers?sort=name`)).status).toBe(400);
    expect(disagreements).toEqual([
      message,
      `GET ${listPath}: the mock answers 400, Prism accepts it`,
    ]);
    expect((await get(`${organization}/customers?sort=created`)).status).toBe(200);
  });

  it("does not pass on a response that is not as the document says", async () => {
    const response = await get(
      `${organization}/customers/${mock.parameters.customerId}/memberships`,
    );
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("must have required property 'colour'");
  });
});

it("names the file that is not YAML", async () => {
  const document = await copy();
  await writeFile(document, "paths: [");
  await expect(startMock({ document })).rejects.toThrow(`${document}: Flow sequence`);
});

it("names what Prism cannot read", async () => {
  const document = await copy((it) => {
    it.components.schemas.Customer.properties.id = { $ref: "./nowhere.yaml" };
  });
  await expect(startMock({ document })).rejects.toThrow(/nowhere\.yaml/);
});
