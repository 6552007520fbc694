import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { copyProject, type ProjectCopy } from "../project-copy.js";
import { lint } from "./lint.js";
import { paste } from "./paste.js";
import { renderPage } from "./render-page.js";
import { type Outcome, runPage } from "./run-page.js";
import { documentText, pageInOtherWords } from "./this-page.js";

// A second page of the vendor's comes into the document: drafted, pasted, worded, compared, saved.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const sister = fileURLToPath(new URL("customer-lists.txt", import.meta.url));
const yaml = "openapi/openapi.yaml";

describe("a page of another part of the API", () => {
  let copy: ProjectCopy;
  let before: Outcome;
  let draft: Outcome;
  let pasted: string;
  const inCopy = (path: string) => join(copy.folder, path);
  const page = (...args: string[]) => runPage(args, { root: copy.folder, folder: copy.temporary });

  beforeAll(async () => {
    copy = await copyProject("biome.json");
    await cp(sister, join(copy.temporary, "customer-lists.txt"));
    await writeFile(
      join(copy.temporary, "customers.txt"),
      renderPage(pageInOtherWords(), { rendition: "glued" }),
    );
    await page("customers.txt", "--save");
    before = await page("customer-lists.txt");
    draft = await page("customer-lists.txt", "--draft");
    const { document, exceptions } = paste(documentText, draft.stdout);
    pasted = document;
    await writeFile(inCopy(yaml), pasted);
    const ignored = inCopy(".redocly.lint-ignore.yaml");
    let rules = await readFile(ignored, "utf8");
    for (const [rule, pointer] of exceptions) {
      rules = rules.replace(`  ${rule}:\n`, `  ${rule}:\n    - "${pointer}"\n`);
    }
    await writeFile(ignored, rules);
  });
  afterAll(() => copy.remove());

  test("is named as such, and not compared", () => {
    expect(before).toEqual({
      exitCode: 2,
      stdout: "",
      stderr:
        'customer-lists.txt is the page of "Customer Lists": it has no operation in common with openapi/openapi.yaml, so nothing was compared.',
    });
  });

  test("is drafted: seven operations with its heading for a tag, and their paging", () => {
    expect(draft).toMatchObject({ exitCode: 0, stderr: "" });
    expect(draft.stdout).toMatch(
      /^# in tags, at its end\n {2}- name: Customer Lists\n {4}# The page: Customer Lists\n {4}description: ""\n\n# under paths:/,
    );
    const ids = [...draft.stdout.matchAll(/operationId: (\w+)/g)].map(([, id]) => id);
    expect(ids).toEqual([
      "listCustomerLists",
      "createCustomerList",
      "getCustomerList",
      "updateCustomerList",
      "deleteCustomerList",
      "listMembers",
      "addMember",
    ]);
    expect(draft.stdout.match(/tags: \[Customer Lists\]/g)).toHaveLength(7);
    expect(draft.stdout).toContain(
      "x-paging:\n        header: X-Next-Page\n        pageSize: 50\n",
    );
    expect(draft.stdout).toContain(
      "      # The page states no page size.\n      x-paging:\n        header: X-Next-Page\n        x-source: Not on the page. The list has the parameter after, as other lists have.\n",
    );
  });

  test("has each empty description reported once, by lint and by the page", async () => {
    const empty = pasted.match(/description: ""$/gm)?.length ?? 0;
    expect(empty).toBeGreaterThan(40);
    const { stdout, exitCode } = await lint(copy.folder);
    expect(exitCode).toBe(1);
    const places = [...stdout.matchAll(/^\[\d+\] (\S+) at /gm)].map(([, place]) => place);
    expect(places).toHaveLength(new Set(places).size);
    const compared = await page("customer-lists.txt", "--json");
    const { differences } = JSON.parse(compared.stdout);
    const of = (wanted: string) =>
      differences
        .filter(({ kind }: { kind: string }) => kind === wanted)
        .map(({ subject }: { subject: string }) => subject);
    expect(new Set(of("beyond")).size).toBe(empty);
    // What the document had already is on this page as well.
    expect(of("words")).toEqual(["page", "CustomerListTiny.id", "CustomerListTiny.name"]);
    expect(differences).toHaveLength(empty + 3);
  });

  test("lints once it is worded, and both pages agree with the document", async () => {
    await writeFile(inCopy(yaml), pasted.replaceAll('description: ""', "description: Our words."));
    expect(await lint(copy.folder)).toMatchObject({ exitCode: 0, stderr: "" });
    const fresh =
      /^\d+ things have new words that are not in openapi\/page\.customer-lists\.json yet: read them, then --save takes them as read\.$/;
    const worded = await page("customer-lists.txt");
    expect(worded).toEqual({ exitCode: 1, stdout: expect.stringMatching(fresh), stderr: "" });

    expect(await page("customer-lists.txt", "--save")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await readdir(inCopy("openapi"))).toContain("page.customer-lists.json");
    for (const name of ["customers.txt", "customer-lists.txt"]) {
      expect(await page(name)).toEqual({
        exitCode: 0,
        stdout: `${name} agrees with openapi/openapi.yaml.`,
        stderr: "",
      });
    }
  });

  test("is compared with its own part of the document only", async () => {
    const text = await readFile(inCopy(yaml), "utf8");
    const renamed = text
      .replace("memberCount:\n", "members:\n")
      .replace(", memberCount]", ", members]");
    await writeFile(inCopy(yaml), renamed.replace("pageSize: 10\n", "pageSize: 20\n"));
    const subjects = async (name: string) =>
      JSON.parse((await page(name, "--json")).stdout).differences.map(
        ({ subject }: { subject: string }) => subject,
      );
    expect(await subjects("customers.txt")).toEqual(["listMemberships.pageSize"]);
    expect(await subjects("customer-lists.txt")).toEqual([
      "CustomerList.memberCount",
      "CustomerList.members",
    ]);
  });
});
