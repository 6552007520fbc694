import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { exampleOf } from "../../scripts/docs/examples.js";
import { type Document, isSuccess, jsonMedia } from "../../scripts/generate/document.js";
import { type NamedEntry, operationTable } from "../../scripts/generate/operation-table.js";
import { fillPath } from "../../scripts/mock/operations.js";
import { startMock } from "../../scripts/mock/start-mock.js";
import { createMockApi, type MockApi } from "../../src/testing.js";

/** What is asked of a mock: a method and a path with its query, with or without a body. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Of the body. @default "application/json" */
  readonly type?: string;
}

type Ask = (asked: Asked, isSigned?: boolean) => Promise<Response>;

/**
 * Calls every operation of a document on the served mock, where Prism checks each request and each response, and returns
 * what is not as the document says.
 */
export async function problemsOfServed(document: string): Promise<string[]> {
  const parsed: Document = parse(await readFile(document, "utf8"), { merge: true });
  const disagreements: string[] = [];
  const onDisagreement = (words: string) => void disagreements.push(words);
  await using mock = await startMock({ document, onDisagreement });
  const ask: Ask = (asked, isSigned = true) =>
    fetch(mock.url + asked.path, requestOf(asked, isSigned));
  // Awaited here: the mock ends with this function.
  const problems = await check(parsed, mock.parameters, ask, () => mock.reset());
  return [...problems, ...disagreements];
}

/** The same on the mock in this process, which has to be made from that document. */
export async function problemsInProcess(
  document: Document,
  parameters: Readonly<Record<string, string>>,
  create: () => MockApi = createMockApi,
): Promise<string[]> {
  let api = create();
  const ask: Ask = (asked, isSigned = true) =>
    api(`https://api.loke.global${asked.path}`, requestOf(asked, isSigned));
  return check(document, parameters, ask, () => {
    api = create();
  });
}

function requestOf(
  { body, method, type = "application/json" }: Asked,
  isSigned: boolean,
): RequestInit {
  return {
    method,
    headers: {
      ...(isSigned && { authorization: "Bearer any" }),
      ...(body !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

async function check(
  document: Document,
  parameters: Readonly<Record<string, string>>,
  ask: Ask,
  reset: () => void,
): Promise<string[]> {
  const problems: string[] = [];
  const rows = operationTable(document);
  for (const row of rows) {
    const { operationId } = row;
    const expectStatus = async (what: string, response: Response, allowed: readonly number[]) => {
      const text = await response.text();
      if (allowed.includes(response.status)) return;
      problems.push(
        `${operationId}, ${what}: ${response.status}, not ${allowed.join(" or ")}\n${text}`,
      );
    };
    reset();
    const asked = askedOf(document, row, parameters);
    const success = Number(row.placed.responses.find(isSuccess)?.status.replace("XX", "00"));
    for (const [what, other, status] of mistakesOf(asked, row)) {
      await expectStatus(what, await ask(other), [status]);
    }
    await expectStatus("without a token", await ask(asked, false), [401]);
    const response = await ask(asked);
    await expectStatus("as it should be", response.clone(), [success]);
    if (row.entry.method === "DELETE") await expectStatus("again", await ask(asked), [404]);
    if (row.entry.method === "POST") {
      const list = rows.find(({ entry }) => entry.list && entry.path === row.entry.path);
      const created = await response
        .clone()
        .json()
        .catch(() => undefined);
      if (list && Object(created).id !== undefined) {
        const ids = await idsOf(askedOf(document, list, parameters), list, ask);
        if (!ids.includes(String(created.id)))
          problems.push(`${operationId}: it is not in the list`);
      }
    }
  }
  return problems;
}

/** Requests that are not in order, by what is wrong with them, and the status that each has to get. */
function mistakesOf(asked: Asked, { entry }: NamedEntry): [string, Asked, number][] {
  const { path } = asked;
  const [base = "", query] = path.split("?");
  return [
    ["with a percent sign", { ...asked, path: `${base}%` }, 400],
    ["behind nothing that there is", { ...asked, path: `${base}/x/y/z` }, 404],
    ["with another method", { method: "PROPFIND", path }, 405],
    ...(entry.required?.some((name) => entry.queryParameters.includes(name)) && query
      ? [["without its query", { ...asked, path: base }, 400] as [string, Asked, number]]
      : []),
    ...(asked.body === undefined
      ? []
      : ([
          ["with a body of another type", { ...asked, body: 1 }, 400],
          ["with a body that is no JSON", { ...asked, type: "text/plain" }, 415],
        ] as [string, Asked, number][])),
  ];
}

/** The IDs of all items of a list. */
async function idsOf(asked: Asked, { entry }: NamedEntry, ask: Ask): Promise<string[]> {
  const ids: string[] = [];
  for (let path: string | undefined = asked.path; path !== undefined; ) {
    const response = await ask({ ...asked, path });
    for (const item of (await response.json()) as unknown[]) ids.push(String(Object(item).id));
    const next: string | null = response.headers.get(entry.list?.header ?? "");
    const url = next === null ? undefined : new URL(next);
    path = url && url.pathname + url.search;
  }
  return ids;
}

/** A good request: with the parameters that must be there, and a body if there can be one. */
function askedOf(
  document: Document,
  row: NamedEntry,
  parameters: Readonly<Record<string, string>>,
): Asked {
  const { method, path, queryParameters, required = [] } = row.entry;
  const query = row.placed.parameters
    .filter(({ name }) => queryParameters.includes(name) && required.includes(name))
    .flatMap((parameter) =>
      [exampleOf(document, parameter)]
        .flat()
        .map((value): [string, string] => [parameter.name, String(value)]),
    );
  const media = jsonMedia(row.placed.body?.content);
  const body = media && exampleOf(document, media);
  const search = query.length > 0 ? `?${new URLSearchParams(query)}` : "";
  return { method, path: fillPath(path, parameters) + search, ...(body !== undefined && { body }) };
}
