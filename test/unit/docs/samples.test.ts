import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  makeSamples,
  type Sample,
  variableOf,
  withOwnSamples,
} from "../../../scripts/docs/samples.js";
import { CliError } from "../../../scripts/lib/cli-error.js";
import { petShop } from "./api.js";
import { awkward, shop } from "./shop.js";

const samples = [...makeSamples(shop), ...makeSamples(petShop())];

/** What the samples read from the environment. */
const env = {
  LOKE_ACCESS_TOKEN: "token",
  LOKE_SHOP_ID: "shop",
  LOKE_CLASS_ID: "class",
  LOKE_YEAR: "2026",
  LOKE_TEXT: "text",
};

function sourceOf(operationId: string, language: "ts" | "sh"): string {
  const sample = samples.find(
    (one) => one.operationId === operationId && one.language === language,
  );
  if (!sample) throw new Error(`There is no ${language} sample of ${operationId}.`);
  return sample.source;
}

/** What a sample in TypeScript calls, with a client in which every operation gives `result`, and what it prints. */
async function run(operationId: string, result: unknown) {
  const { outputText, diagnostics } = ts.transpileModule(sourceOf(operationId, "ts"), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    reportDiagnostics: true,
  });
  expect(diagnostics).toEqual([]);
  const calls: [string, unknown, Record<string, unknown> | undefined][] = [];
  const printed: unknown[][] = [];
  const createClient = ({ accessToken }: { accessToken: string }) =>
    new Proxy(
      {},
      {
        get: (_, id) => (args?: Record<string, unknown>) => {
          calls.push([accessToken, id, args]);
          return result;
        },
      },
    );
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const program = outputText.replace(/^import .*$/m, "");
  const log = (...values: unknown[]) => printed.push(values);
  await new AsyncFunction("createClient", "process", "console", program)(
    createClient,
    { env },
    { log },
  );
  const [[token, id, args] = []] = calls;
  expect({ count: calls.length, token, id }).toEqual({ count: 1, token: "token", id: operationId });
  return { args, printed };
}

/** The arguments that a shell gives to curl. */
async function curl(operationId: string): Promise<string[]> {
  const script = `curl() { printf '%s\\0' "$@"; }\n${sourceOf(operationId, "sh")}`;
  const { stdout } = await promisify(execFile)("sh", ["-e", "-c", script], { env });
  return stdout.split("\0").slice(0, -1);
}

const order = {
  note: "-",
  id: "123e4567-e89b-42d3-a456-426614174000",
  state: "open",
  buyer: { name: "string", children: [{ name: "string", children: [] }] },
  count: 2,
  gift: true,
  lines: ["name@example.com"],
  meta: {},
  sent: "2026-01-31T12:00:00Z",
  shown: "An example",
};

describe("a sample that is made", () => {
  it("reads as one that is written by hand", () => {
    expect(sourceOf("getPet", "ts")).toBe(`import { createClient } from "loke-customers";

const loke = createClient({
  accessToken: process.env.LOKE_ACCESS_TOKEN,
});

const pet = await loke.getPet({
  id: "1",
});
console.log(pet);
`);
    expect(sourceOf("listPets", "ts")).toContain(`
// Every pet, however many pages there are.
const pets = loke.listPets();
for await (const pet of pets) {
  console.log(pet);
}
`);
    expect(sourceOf("listPets", "sh")).toBe(`# One page. The header X-Next-Page has the address
# of the next one; the last page has none.
curl --fail --silent --show-error --include \\
  --header "Authorization: Bearer $LOKE_ACCESS_TOKEN" \\
  "https://pets.example/pets"
`);
  });

  it("is there for each operation, in TypeScript and then for curl", () => {
    expect(samples.map(({ operationId, language }) => `${operationId}.${language}`)).toEqual(
      [
        ...["listOrders", "createOrder", "replaceOrder", "deleteOrder", "hasClass", "listClasses"],
        ...["search", "getPet", "listPets"],
      ].flatMap((id) => [`${id}.ts`, `${id}.sh`]),
    );
  });
});

describe("its values", () => {
  it("are the document's: of the parameter, of the item that it names, of what the schema allows; or from the environment", async () => {
    expect((await run("search", [])).args).toEqual({
      q: awkward,
      "x-kind": "new & old",
      class: ["a", "b"],
      since: "2026-01-31",
      text: "text",
      "shop-id": "shop",
    });
    expect((await run("hasClass", undefined)).args).toEqual({ classId: "class", year: 2026 });
    expect((await run("deleteOrder", undefined)).args).toEqual({
      "shop-id": "shop",
      orderNumber: 7,
    });
  });

  it("are the example of the body, or what its schema requires and gives an example of", async () => {
    const body = { note: awkward, lines: [1, "a", { "x-y": [] }] };
    expect((await run("replaceOrder", {})).args?.body).toEqual(body);
    expect((await run("createOrder", {})).args).toEqual({ "shop-id": "shop", body: order });
    expect(JSON.parse((await curl("replaceOrder")).at(-2) ?? "")).toEqual(body);
    expect(JSON.parse((await curl("createOrder")).at(-2) ?? "")).toEqual(order);
  });

  it("leave out what is optional", async () => {
    expect((await run("listClasses", [])).args).toBeUndefined();
  });
});

describe("in TypeScript, it", () => {
  it("prints what comes, or that nothing comes", async () => {
    expect((await run("createOrder", { number: 1 })).printed).toEqual([[{ number: 1 }]]);
    expect((await run("listOrders", [1])).printed).toEqual([[[1]]]);
    expect((await run("deleteOrder", undefined)).printed).toEqual([["Done."]]);
  });

  it("prints of each item of a list the fields that it always has", async () => {
    const items = [
      { "x-name": "A", default: true, teacher: {} },
      { "x-name": "B", default: null },
    ];
    expect((await run("listClasses", items)).printed).toEqual([
      ["A", true],
      ["B", null],
    ]);
  });

  it("has variables with names of their own", () => {
    expect(sourceOf("createOrder", "ts")).toContain("const order = await");
    expect(sourceOf("listOrders", "ts")).toContain("const orders = await");
    expect(sourceOf("listClasses", "ts")).toContain("const item of classes");
  });
});

describe("for curl, it", () => {
  const token = ["--header", "Authorization: Bearer token"];

  it("asks for what the client asks for", async () => {
    expect(await curl("deleteOrder")).toEqual([
      ...["--fail", "--silent", "--show-error", "--include", "--request", "DELETE", ...token],
      "https://shop.example/v1/shops/shop/orders/7",
    ]);
    expect((await curl("createOrder")).slice(3, 10)).toEqual([
      ...["--request", "POST", ...token, "--header", "Content-Type: application/json", "--data"],
    ]);
    expect(await curl("hasClass")).toEqual([
      ...["--fail", "--silent", "--show-error", "--include", "--head", ...token],
      "https://shop.example/v1/classes/class_2026",
    ]);
  });

  it("has every text in the URL as it is", async () => {
    const url = new URL((await curl("search")).at(-1) ?? "");
    expect([...url.searchParams]).toEqual([
      ["q", awkward],
      ["x-kind", "new & old"],
      ["class", "a"],
      ["class", "b"],
      ["since", "2026-01-31"],
      ["text", "text"],
      ["shop-id", "shop"],
    ]);
  });
});

it("the variable of an argument is in capitals", () => {
  expect(["organizationId", "shop-id", "APIKey2Use", "$x_y"].map(variableOf)).toEqual([
    "LOKE_ORGANIZATION_ID",
    "LOKE_SHOP_ID",
    "LOKE_APIKEY2_USE",
    "LOKE_X_Y",
  ]);
});

describe("the samples in openapi/samples/", () => {
  let root = "";
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "loke-samples-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function write(name: string, source: string): Promise<void> {
    await mkdir(join(root, "openapi/samples"), { recursive: true });
    await writeFile(join(root, "openapi/samples", name), source);
  }

  const made: Sample[] = ["b", "a"].flatMap((operationId) => [
    { operationId, language: "ts", place: "made", source: "made" },
    { operationId, language: "sh", place: "made", source: "made" },
  ]);

  it("where there is no folder, the samples are those that are made", async () => {
    expect(await withOwnSamples(root, made)).toEqual(made);
  });

  it("a file stands in for the sample that is made, and for no other", async () => {
    await write("b.sh", "1");
    await write("a.ts", "2");
    const samples = await withOwnSamples(root, made);
    expect(samples.map(({ place, source }) => [place, source])).toEqual([
      ["made", "made"],
      ["openapi/samples/b.sh", "1"],
      ["openapi/samples/a.ts", "2"],
      ["made", "made"],
    ]);
  });

  it("each file that is a sample of nothing is named", async () => {
    for (const name of ["a.ts", "gone.ts", "a.js"]) await write(name, "");
    const error = await withOwnSamples(root, made).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CliError);
    expect((error as CliError).message.split("\n")).toEqual([
      "openapi/samples/a.js is a sample of no operation of the document.",
      "openapi/samples/gone.ts is a sample of no operation of the document.",
    ]);
  });
});
