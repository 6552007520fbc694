import { expectTypeOf, test } from "vitest";
import type {
  LokeEvent,
  OperationId,
  PageEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  RetryReason,
} from "../../src/index.js";

const event = {} as LokeEvent;

test("type narrows an event to its fields", () => {
  if (event.type === "request") {
    expectTypeOf(event).toEqualTypeOf<RequestEvent>();
    expectTypeOf(event.attempt).toEqualTypeOf<number>();
    expectTypeOf(event.method).toEqualTypeOf<string>();
    expectTypeOf(event.path).toEqualTypeOf<string>();
    expectTypeOf(event.page).toEqualTypeOf<number | undefined>();
    // @ts-expect-error - there is no response yet
    event.status;
  }
  if (event.type === "response") {
    expectTypeOf(event).toEqualTypeOf<ResponseEvent>();
    expectTypeOf(event.status).toEqualTypeOf<number>();
    expectTypeOf(event.durationMs).toEqualTypeOf<number>();
    // @ts-expect-error - of a retry
    event.delayMs;
  }
  if (event.type === "retry") {
    expectTypeOf(event).toEqualTypeOf<RetryEvent>();
    expectTypeOf(event.reason).toEqualTypeOf<RetryReason>();
    expectTypeOf(event.status).toEqualTypeOf<number | undefined>();
    expectTypeOf(event.delayMs).toEqualTypeOf<number>();
  }
  if (event.type === "page") {
    expectTypeOf(event).toEqualTypeOf<PageEvent>();
    expectTypeOf(event.page).toEqualTypeOf<number>();
    expectTypeOf(event.items).toEqualTypeOf<number>();
    expectTypeOf(event.hasNext).toEqualTypeOf<boolean>();
    // @ts-expect-error - of an attempt
    event.attempt;
  }
});

test("every event names its operation, and only some have more in common", () => {
  expectTypeOf(event.operation).toEqualTypeOf<string>();
  expectTypeOf<OperationId>().toExtend<LokeEvent["operation"]>();
  // @ts-expect-error - not every event has a status
  event.status;
});

test("a switch over the types of events can be exhaustive", () => {
  expectTypeOf<"request" | "response" | "retry" | "wait" | "page">().toExtend<LokeEvent["type"]>();
  expectTypeOf<LokeEvent["type"]>().toExtend<
    "request" | "response" | "retry" | "wait" | "page" | "drift"
  >();
  // @ts-expect-error - no such event
  if (event.type === "error") return;
});

test("RetryReason names each reason", () => {
  expectTypeOf<RetryReason>().toEqualTypeOf<"status" | "network" | "timeout" | "body" | "token">();
});

test("an event cannot be changed, and nothing of it is any", () => {
  // @ts-expect-error - read-only
  event.operation = "other";
  expectTypeOf(event).not.toBeAny();
  expectTypeOf<RequestEvent["path"]>().not.toBeAny();
  expectTypeOf<ResponseEvent["status"]>().not.toBeAny();
  expectTypeOf<RetryEvent["reason"]>().not.toBeAny();
  expectTypeOf<PageEvent["items"]>().not.toBeAny();
});
