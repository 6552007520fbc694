import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { exampleOf, statedExample } from "../../scripts/docs/examples.js";
import { type Document, isSuccess, jsonMedia } from "../../scripts/generate/document.js";
import { type NamedEntry, operationTable } from "../../scripts/generate/operation-table.js";
import { type ApiError, AuthenticationError, createClient, isApiError } from "../../src/index.js";
import { fixturePath } from "../fixture/document.js";
import { type PrismServer, startPrismServer } from "./prism-server.js";

const document: Document = parse(await readFile(fixturePath, "utf8"), { merge: true });
const rows = operationTable(document);

let prism: PrismServer;
beforeAll(async () => {
  prism = await startPrismServer(fixturePath);
});
afterAll(() => prism?.[Symbol.asyncDispose]());

/** The arguments of an operation, from the examples of the document. */
function argumentsOf({ entry, placed }: NamedEntry): Record<string, unknown> {
  const names = [...entry.pathParameters, ...(entry.required ?? [])];
  const values = placed.parameters
    .filter(({ name }) => names.includes(name))
    .map((one) => [one.name, exampleOf(document, one)]);
  const media = jsonMedia(placed.body?.content);
  const body = media && exampleOf(document, media);
  return { ...Object.fromEntries(values), ...(body !== undefined && { body }) };
}

/** Calls an operation. Of a list it reads one page: Prism sends the link to the next one with each page. */
async function call(row: NamedEntry, headers: Record<string, string> = {}): Promise<unknown> {
  const loke: Record<string, unknown> = {
    ...createClient({ baseUrl: prism.url, accessToken: "any" }),
  };
  const method = loke[row.operationId] as (args: object, options: object) => unknown;
  const result = method(argumentsOf(row), { headers, retry: false });
  return row.entry.list ? (result as { page(): Promise<unknown> }).page() : result;
}

describe.each(rows.map((row) => [row.operationId, row] as const))(
  "%s against Prism's own server, started from the document",
  (_, row) => {
    it("resolves with the example of the document", async () => {
      const media = jsonMedia(row.placed.responses.find(isSuccess)?.content);
      const example = media && statedExample(document, media);
      const result = await call(row);
      expect(example).toBeDefined();
      expect(row.entry.list ? Object(result).items : result).toEqual(example);
    });

    it("rejects without a token", async () => {
      const error = await call(row, { authorization: "" }).catch((reason) => reason);
      expect(error).toBeInstanceOf(AuthenticationError);
    });

    const failures = row.placed.responses.filter((one) => /^[45]\d\d$/.test(one.status));
    it.each(failures.map(({ status }) => status))(
      "rejects with the error of a %s",
      async (status) => {
        const error = await call(row, { prefer: `code=${status}` }).catch((reason) => reason);
        expect(isApiError(error)).toBe(true);
        expect((error as ApiError).status).toBe(Number(status));
      },
    );
  },
);
