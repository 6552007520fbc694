import { expectTypeOf, test } from "vitest";
import {
  ApiError,
  type AuthenticationError,
  type BadRequestError,
  ConnectionError,
  isApiError,
  isLokeError,
  LokeError,
  type NotFoundError,
  PaginationError,
  type PaginationReason,
  type PermissionError,
  RateLimitError,
  ResponseError,
  type ServerError,
  TimeoutError,
  type WalkProgress,
} from "../../src/index.js";

const error: unknown = undefined;

test("isLokeError narrows to what every error of ours has", () => {
  expectTypeOf(isLokeError).guards.toEqualTypeOf<LokeError>();
  if (isLokeError(error)) {
    expectTypeOf(error).toEqualTypeOf<LokeError>();
    expectTypeOf(error.operation).toEqualTypeOf<string>();
    expectTypeOf(error.attempts).toEqualTypeOf<number>();
    expectTypeOf(error.cause).toEqualTypeOf<unknown>();
    expectTypeOf(error.message).toEqualTypeOf<string>();
    expectTypeOf(error.walk).toEqualTypeOf<WalkProgress | undefined>();
    // @ts-expect-error - not every error has a status: none is made up for the network
    error.status;
  }
  // @ts-expect-error - not narrowed
  error.operation;
});

test("isApiError narrows to what the API answered", () => {
  expectTypeOf(isApiError).guards.toEqualTypeOf<ApiError>();
  expectTypeOf(isApiError(error) && error.status).toEqualTypeOf<number | false>();
  if (isApiError(error)) {
    expectTypeOf(error).toEqualTypeOf<ApiError>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.code).toEqualTypeOf<string | undefined>();
    expectTypeOf(error.instance).toEqualTypeOf<string | undefined>();
    expectTypeOf(error.requestId).toEqualTypeOf<string | undefined>();
    expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
    expectTypeOf(error.body).toEqualTypeOf<unknown>();
    expectTypeOf(error.headers).toEqualTypeOf<Headers>();
    expectTypeOf(error.operation).toEqualTypeOf<string>();
    // @ts-expect-error - the bodies are not documented
    error.body.code;
  }
});

test("the progress of a walk tells where to go on", () => {
  expectTypeOf<WalkProgress>().toEqualTypeOf<{
    readonly pages: number;
    readonly items: number;
    readonly resumeFrom: string;
  }>();
});

test("instanceof narrows to the fields of each class", () => {
  if (error instanceof TimeoutError) {
    expectTypeOf(error.scope).toEqualTypeOf<"attempt" | "deadline">();
    // @ts-expect-error - a timeout has no status
    error.status;
  }
  if (error instanceof ResponseError) {
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.contentType).toEqualTypeOf<string | undefined>();
    // @ts-expect-error - what came is not shown
    error.body;
  }
  if (error instanceof PaginationError) {
    expectTypeOf(error.reason).toEqualTypeOf<PaginationReason>();
  }
  if (error instanceof RateLimitError) {
    expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
  }
  if (error instanceof ConnectionError) {
    expectTypeOf(error.cause).toEqualTypeOf<unknown>();
    // @ts-expect-error - a failure of the network has no status
    error.status;
  }
});

test("PaginationReason names each reason", () => {
  expectTypeOf<PaginationReason>().toEqualTypeOf<
    "cycle" | "foreign-origin" | "invalid-link" | "hidden-header"
  >();
});

test("each class is below the one that covers it", () => {
  expectTypeOf<LokeError>().toExtend<Error>();
  expectTypeOf<ApiError>().toExtend<LokeError>();
  expectTypeOf<BadRequestError>().toExtend<ApiError>();
  expectTypeOf<AuthenticationError>().toExtend<ApiError>();
  expectTypeOf<PermissionError>().toExtend<ApiError>();
  expectTypeOf<NotFoundError>().toExtend<ApiError>();
  expectTypeOf<RateLimitError>().toExtend<ApiError>();
  expectTypeOf<ServerError>().toExtend<ApiError>();
  expectTypeOf<ConnectionError>().toExtend<LokeError>();
  expectTypeOf<TimeoutError>().toExtend<LokeError>();
  expectTypeOf<ResponseError>().toExtend<LokeError>();
  expectTypeOf<PaginationError>().toExtend<LokeError>();
  expectTypeOf<ConnectionError>().not.toExtend<ApiError>();
  expectTypeOf<TimeoutError>().not.toExtend<ApiError>();
  expectTypeOf<ResponseError>().not.toExtend<ApiError>();
  expectTypeOf<PaginationError>().not.toExtend<ApiError>();
});

test("each class has its own name as a literal", () => {
  expectTypeOf<BadRequestError["name"]>().toEqualTypeOf<"BadRequestError">();
  expectTypeOf<AuthenticationError["name"]>().toEqualTypeOf<"AuthenticationError">();
  expectTypeOf<PermissionError["name"]>().toEqualTypeOf<"PermissionError">();
  expectTypeOf<NotFoundError["name"]>().toEqualTypeOf<"NotFoundError">();
  expectTypeOf<RateLimitError["name"]>().toEqualTypeOf<"RateLimitError">();
  expectTypeOf<ServerError["name"]>().toEqualTypeOf<"ServerError">();
  expectTypeOf<ConnectionError["name"]>().toEqualTypeOf<"ConnectionError">();
  expectTypeOf<TimeoutError["name"]>().toEqualTypeOf<"TimeoutError">();
  expectTypeOf<ResponseError["name"]>().toEqualTypeOf<"ResponseError">();
  expectTypeOf<PaginationError["name"]>().toEqualTypeOf<"PaginationError">();
});

test("the fields of an error cannot be changed", () => {
  if (error instanceof ApiError) {
    // @ts-expect-error - read-only
    error.status = 200;
    // @ts-expect-error - read-only
    error.name = "OtherError";
  }
  if (error instanceof LokeError) {
    // @ts-expect-error - read-only
    error.attempts = 0;
  }
});

test("no field of an error is any", () => {
  expectTypeOf<LokeError>().not.toBeAny();
  expectTypeOf<LokeError["cause"]>().not.toBeAny();
  expectTypeOf<LokeError["walk"]>().not.toBeAny();
  expectTypeOf<ApiError["body"]>().not.toBeAny();
  expectTypeOf<ApiError["headers"]>().not.toBeAny();
  expectTypeOf<ApiError["status"]>().not.toBeAny();
  expectTypeOf<TimeoutError["scope"]>().not.toBeAny();
  expectTypeOf<ResponseError["contentType"]>().not.toBeAny();
  expectTypeOf<PaginationError["reason"]>().not.toBeAny();
});
