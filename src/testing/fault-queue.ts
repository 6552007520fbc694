import { operations } from "../../generated/operations.js";
import type { Operation, OperationId } from "../operation.js";
import { type ApplyFault, faultAppliers, type Served } from "./apply-fault.js";
import { checkCount, checkName, checkText, refuse } from "./check.js";
import { type MockOperation, mockOperations } from "./document.js";
import type { Fault, ListFault, ListFaultName, NamedFault, StatusFault } from "./fault.js";
import { failure, type MockResponse } from "./mock-response.js";
import { refusal, type World } from "./serve.js";

/** The pending faults. */
export interface FaultQueue {
  /** Returns the fault for a successful response, if one matches, and counts it as applied. */
  take(id: OperationId, good: Served): { fault: Fault; answer: MockResponse } | undefined;
  /** @throws {TypeError} for an unknown fault, or one that can never happen */
  add(fault: Fault): void;
  /** The faults that were not applied as often as requested; of those with `times: Infinity`, the ones never applied. */
  pending(): Fault[];
}

/** A pending fault. */
interface Waiting {
  /** The fault as the test wrote it. */
  readonly fault: Fault;
  readonly occasion: NamedFault | ListFault | StatusFault;
  readonly applyFault: ApplyFault;
  happened: number;
}

/** What the errors of the mock depend on. */
type Surroundings = Pick<World, "instance" | "startMs">;

export function createFaultQueue(world: Surroundings): FaultQueue {
  const queue: Waiting[] = [];
  return {
    take(id, good) {
      for (const waiting of queue) {
        const { fault, happened, occasion, applyFault } = waiting;
        const { operation = id, page = good.page?.page, times = 1 } = occasion;
        const isNow = happened < times && operation === id && page === good.page?.page;
        const answer = isNow ? applyFault(good, mockOperations[id] ?? {}) : undefined;
        if (!answer) continue;
        waiting.happened += 1;
        return { fault, answer };
      }
      return undefined;
    },
    add(fault) {
      const occasion: Waiting["occasion"] =
        typeof fault === "string" ? ({ fault } as NamedFault) : { ...fault };
      check(occasion);
      const applyFault: ApplyFault =
        "status" in occasion
          ? (_, operation) => errorOf(occasion, operation, world)
          : faultAppliers[occasion.fault];
      queue.push({ fault, occasion, applyFault, happened: 0 });
    },
    pending() {
      const isPending = ({ happened, occasion: { times = 1 } }: Waiting) =>
        happened < (Number.isFinite(times) ? times : 1);
      return queue.filter(isPending).map(({ fault }) => fault);
    },
  };
}

/** Returns an error status, with the body that the document declares for it, if any. */
function errorOf(
  { status, code = "mock_fault", retryAfter }: StatusFault,
  operation: Pick<MockOperation, "errors" | "errorTypes">,
  world: Surroundings,
): MockResponse {
  const wait = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  const waiting = wait === undefined ? {} : { "retry-after": String(wait) };
  const message = `The mock API was told to answer ${status}.`;
  if (!operation.errors?.[status])
    return failure({ status, code, message, instance: world.instance() }, waiting);
  const answer = refusal(operation, { status, code, message }, world);
  return { ...answer, headers: { ...answer.headers, ...waiting } };
}

/** The faults that apply to a page of a list. A name without an entry fails the build. */
const listFaults: Readonly<Record<ListFaultName, true>> = {
  loop: true,
  "foreign-link": true,
  "bad-link": true,
  "hidden-header": true,
  "empty-page": true,
  "short-page": true,
  "repeated-row": true,
};

function check(given: NamedFault | ListFault | StatusFault): void {
  const own = "status" in given ? ["status", "code", "retryAfter"] : ["fault"];
  const fields = [...own, "operation", "page", "times"];
  for (const name of Object.keys(given)) checkName("fault with a field", name, fields);
  if ("status" in given) {
    const { code, retryAfter, status } = given;
    const isError = Number.isInteger(status) && status >= 400 && status < 600;
    if (!isError) refuse("needs a status from 400 to 599 as a fault.");
    checkText("the code of a fault", code);
    const isMoment = retryAfter instanceof Date && !Number.isNaN(retryAfter.getTime());
    if (!isMoment) checkCount("retryAfter, or a date", retryAfter, 0);
  } else {
    checkName("fault", given.fault, Object.keys(faultAppliers));
  }
  const { operation, page, times } = given;
  checkCount("the page of a fault", page, 1);
  if (times !== Number.POSITIVE_INFINITY) checkCount("the times of a fault", times, 1);
  if (operation === undefined) return;
  const known: Readonly<Record<string, Operation>> = operations;
  checkName("operation", operation, Object.keys(known));
  if (known[operation]?.list) return;
  if (page !== undefined) refuse(`has no pages of ${operation}.`);
  const fault = "fault" in given ? given.fault : "";
  if (Object.hasOwn(listFaults, fault)) {
    const lists = Object.keys(known).filter((id) => known[id]?.list);
    refuse(
      `has no fault "${fault}" of ${operation}, which is no list; it has it of ${lists.join(", ")}.`,
    );
  }
}
