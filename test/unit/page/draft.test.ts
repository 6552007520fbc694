import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Facts, OperationFacts } from "../../../scripts/page/facts.js";
import { copyProject, type ProjectCopy } from "../project-copy.js";
import { lint } from "./lint.js";
import { paste } from "./paste.js";
import { renderPage } from "./render-page.js";
import { type Outcome, runPage } from "./run-page.js";
import { documentText, facts, pageInOtherWords } from "./this-page.js";

// A maintainer's way from a page with news to a client that has them: draft, paste, word, lint, generate, save.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const organizationId = { name: "organizationId", type: "string", in: "path" };
const lists = "/organizations/{organizationId}/customer-lists";
const example = { name: "Loyal Customers", since: "2021-10-20T14:51:16Z" };

const added: OperationFacts[] = [
  {
    request: `post ${lists}`,
    title: "Create a Customer List",
    parameters: [organizationId],
    requestBody: { type: "CustomerListPayload", example },
    responses: [
      { status: "201", type: "CustomerListTiny" },
      { status: "404", code: "not_found" },
    ],
  },
  {
    request: `get ${lists}`,
    title: "List Customer Lists",
    pageSize: 50,
    pagingHeader: "X-Next-Page",
    parameters: [
      organizationId,
      { name: "after", type: "string", in: "query" },
      { name: "tags", type: "string[]", in: "query", values: ["no", "404"] },
    ],
    responses: [
      { status: "200", type: "CustomerListTiny[]", example: [{ id: "1", name: "2021-10-20" }] },
      { status: "404" },
    ],
  },
  {
    request: "delete /organizations/{organizationId}/customers/{customerId}",
    title: "Get the Customer",
    parameters: [organizationId, { name: "customerId", type: "string", in: "path" }],
    responses: [{ status: "204" }],
  },
];

const news: Facts = {
  ...facts,
  operations: [
    ...facts.operations.map((operation) =>
      operation.title === "List Customers"
        ? {
            ...operation,
            parameters: [
              { name: "limit", type: "integer", in: "query" },
              ...operation.parameters.slice(0, 3),
              { name: "city", type: "string", in: "query" },
              ...operation.parameters.slice(3),
              { name: "kind", type: "string", in: "query", values: ["guest", "member"] },
            ],
            responses: [...operation.responses, { status: "404" }],
          }
        : operation,
    ),
    ...added,
  ],
  models: [
    ...facts.models.map((model) =>
      model.name === "Customer"
        ? {
            ...model,
            fields: [
              ...model.fields.slice(0, 4),
              { name: "nickname", type: "string", optional: true },
              { name: "lists", type: "CustomerListTiny[]", optional: true },
              ...model.fields.slice(4),
            ],
          }
        : model.name === "CustomerTiny"
          ? {
              ...model,
              fields: [...model.fields, { name: "age", type: "integer", optional: false }],
            }
          : model,
    ),
    {
      name: "CustomerListPayload",
      fields: [
        { name: "name", type: "string", optional: false },
        { name: "since", type: "string", optional: true },
      ],
    },
    { name: "Unused", fields: [{ name: "kind", type: "string", optional: true, values: ["a"] }] },
  ],
};

describe("a draft of what is new", () => {
  let copy: ProjectCopy;
  let page: string;
  let draft: Outcome;
  const run = (...args: string[]) => runPage(args, { root: copy.folder });
  const inCopy = (path: string) => join(copy.folder, path);
  const yaml = "openapi/openapi.yaml";

  beforeAll(async () => {
    copy = await copyProject("biome.json");
    page = join(copy.temporary, "page.txt");
    await writeFile(page, renderPage(pageInOtherWords(news), { rendition: "pipes" }));
    draft = await run(page, "--draft");
    expect(draft.stderr).toBe("");
    const pasted = paste(documentText, draft.stdout);
    await writeFile(inCopy(yaml), pasted.document);
    const ignored = inCopy(".redocly.lint-ignore.yaml");
    let rules = await readFile(ignored, "utf8");
    for (const [rule, pointer] of pasted.exceptions) {
      rules = rules.replace(`  ${rule}:\n`, `  ${rule}:\n    - "${pointer}"\n`);
    }
    await writeFile(ignored, rules);
  });

  afterAll(() => copy.remove());

  test("has the page's words above each description that is still to be written", () => {
    expect(draft.exitCode).toBe(0);
    const lines = draft.stdout.split("\n");
    const empty = lines.flatMap((line, index) => (/description: ""$/.test(line) ? [index] : []));
    expect(empty).toHaveLength(21);
    for (const index of empty) expect(lines[index - 1]).toMatch(/^ +# The page: \S/);
    expect(draft.stdout).toContain("# The page: Chooses city.\n");
  });

  test("has the document's words for parameters of which the page has said the same before", () => {
    const described = /name: (organizationId|customerId)\n +in: path\n +required: true\n +(.*)\n/g;
    expect([...draft.stdout.matchAll(described)].map(([, , line]) => line)).toEqual([
      ...Array(3).fill("description: ID of the organization."),
      "description: ID of the customer.",
    ]);
    expect(draft.stdout).not.toContain("# The page: Chooses after.\n");
  });

  test("proposes names that are not taken", () => {
    const ids = [...draft.stdout.matchAll(/operationId: (\w+)/g)].map(([, id]) => id);
    expect(ids).toEqual(["createCustomerList", "listCustomerLists", "getCustomer2"]);
  });

  // That lint reports each of them, too, is for the test of the sister page.
  test("has each description that is still to be written reported", async () => {
    const { stdout } = await run(page, "--json");
    const { differences } = JSON.parse(stdout);
    const unworded = differences.filter(({ kind }: { kind: string }) => kind === "beyond");
    expect(unworded).toHaveLength(21);
  });

  test("passes lint once it is worded, becomes a client, and agrees with the page", async () => {
    const text = await readFile(inCopy(yaml), "utf8");
    await writeFile(inCopy(yaml), text.replaceAll('description: ""', "description: Our words."));
    // The exception of a list that has a 404 now: it is named with its line, and can go.
    const left = await lint(copy.folder);
    expect(left.exitCode, left.stdout).toBe(1);
    const [, line] =
      /^\.redocly\.lint-ignore\.yaml:(\d+): "#\/paths\/\S*customers\/get\/responses" \(operation-4xx-response\) .*\n$/.exec(
        left.stderr,
      ) ?? [];
    expect(line, left.stderr).toBeDefined();
    const ignored = inCopy(".redocly.lint-ignore.yaml");
    const rules = (await readFile(ignored, "utf8")).split("\n");
    await writeFile(ignored, rules.toSpliced(Number(line) - 1, 1).join("\n"));
    const linted = await lint(copy.folder);
    expect(linted, linted.stdout).toMatchObject({ exitCode: 0, stderr: "" });
    const generate = await copy.run("scripts/generate.ts");
    expect(generate).toEqual({ exitCode: 0, stdout: expect.any(String), stderr: "" });
    const models = await readFile(inCopy("generated/models.ts"), "utf8");
    expect(models).toContain("CustomerListPayload");

    const { exitCode, stdout } = await run(page, "--save");
    expect(exitCode, stdout).toBe(0);
    const again = await run(page);
    expect(again).toEqual({
      exitCode: 0,
      stdout: "page.txt agrees with openapi/openapi.yaml.",
      stderr: "",
    });
    const nothing = await run(page, "--draft");
    expect(nothing.stdout).toBe("# The page has nothing that the document has not.");
  });
});
