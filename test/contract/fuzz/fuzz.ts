import fc from "fast-check";
import type { Mock } from "../../../scripts/mock/start-mock.js";
import { createMockApi, type MockApi } from "../../../src/testing.js";
import { sendRaw } from "./raw-http.js";
import { bytesOf, type FuzzRequest, requestsOf } from "./requests.js";

export interface FuzzOptions {
  readonly mock: Mock;
  /** Of what the mock and Prism did not agree on; the caller gives `onDisagreement` to the mock. */
  readonly disagreements: readonly string[];
  readonly seed: number;
  readonly durationMs: number;
}

export interface FuzzReport {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** What must not be, with the request and its batch. Empty if all is well. */
  readonly failures: readonly string[];
}

const batchSize = 48;
const atOnce = 8;
/** A request that is in order has an answer long before, also on a busy machine. */
const answerMs = 20_000;
/** After damage the server can be right to wait for more. */
const damagedMs = 150;
const enoughFailures = 10;

/** What the mock knows and Prism cannot: cursors, the form of tokens, and a value that is empty. */
const expectedDisagreement = /: the mock answers 40[01], Prism accepts it$/;

/** Sends random requests, one batch at least, until the time is up, and looks after each batch whether the mock still answers. */
export async function fuzz({
  disagreements,
  durationMs,
  mock,
  seed,
}: FuzzOptions): Promise<FuzzReport> {
  const { customerId = "", organizationId = "" } = mock.parameters;
  const api = createMockApi({ organizationId, customers: [{ id: customerId }, 2_499] });
  api.set("memberships", customerId, 25);
  const arbitrary = requestsOf([organizationId, customerId]);
  const port = Number(new URL(mock.url).port);
  const statuses: Record<string, number> = {};
  const failures: string[] = [];
  let requests = 0;

  async function tryOne(request: FuzzRequest, batch: number): Promise<void> {
    const bytes = bytesOf(request);
    const answer = await sendRaw(port, bytes, request.damage ? damagedMs : answerMs);
    const [status] = answer.statuses;
    const key = status ?? (answer.isTimedOut ? "waits" : "closed");
    statuses[key] = (statuses[key] ?? 0) + 1;
    requests += 1;
    const problem = request.damage
      ? answer.statuses.some((one) => one >= 500 && one !== 501) && "is a fault of the server"
      : await problemOf(request, status, api);
    if (!problem) return;
    const sent = JSON.stringify(bytes.toString("latin1").slice(0, 2_000));
    failures.push(`batch ${batch}: ${status} ${problem}\n${sent}\n${answer.text.slice(0, 1_000)}`);
  }

  const endMs = Date.now() + durationMs;
  for (let batch = 0; batch === 0 || Date.now() < endMs; batch++) {
    const waiting = fc.sample(arbitrary, { seed: seed + batch, numRuns: batchSize });
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await tryOne(next, batch);
      }),
    );
    const problem = await problemOfGood(mock);
    if (problem) failures.push(`after batch ${batch}: ${problem}`);
    if (failures.length >= enoughFailures) break;
  }
  const unexpected = disagreements.filter((words) => !expectedDisagreement.test(words));
  return { requests, statuses, failures: [...failures, ...unexpected] };
}

/** What is wrong with the answer to a request that is HTTP. */
async function problemOf(
  request: FuzzRequest,
  status: number | undefined,
  api: MockApi,
): Promise<string | undefined> {
  if (status === undefined) return "is no answer";
  const expected = await statusInProcess(request, api);
  if (expected === undefined || status === expected) return undefined;
  return `is ${expected} in process`;
}

/** What the mock in process says; `undefined` for what concerns only a server. */
async function statusInProcess(request: FuzzRequest, api: MockApi): Promise<number | undefined> {
  const { body, headers, method, target } = request;
  const isOfServer =
    // Node's parser knows no other methods, and a `fetch` not all of these.
    !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|PROPFIND)$/.test(method) ||
    headers.some(([name]) => /^(expect|access-control-request-method)$/.test(name)) ||
    // An address of one's own, and what is none.
    !target.startsWith("/") ||
    // More than Node reads.
    bytesOf({ ...request, body: "" }).length > 16_000;
  if (isOfServer) return undefined;
  const hasBody = body !== "" && !/^(GET|HEAD)$/.test(method);
  const response = await api(`http://127.0.0.1${target}`, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    ...(hasBody && { body }),
  });
  return response.status;
}

async function problemOfGood(mock: Mock): Promise<string | undefined> {
  const { customerId, organizationId } = mock.parameters;
  const url = `${mock.url}/organizations/${organizationId}/customers/${customerId}`;
  try {
    const signal = AbortSignal.timeout(answerMs);
    const response = await fetch(url, { headers: { authorization: "Bearer any" }, signal });
    const customer = await response.json();
    return response.status === 200 && Object(customer).id === customerId
      ? undefined
      : `a good request gets ${response.status}`;
  } catch (error) {
    return `a good request fails: ${error}`;
  }
}
