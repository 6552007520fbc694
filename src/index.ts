export type * from "../generated/models.js";
export {
  createClient,
  type ListMethod,
  type LokeClient,
  type Method,
  type WithResponse,
} from "./client.js";
export type { Drift, DriftFinding, DriftKind } from "./drift/finding.js";
export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ConnectionError,
  isApiError,
  isLokeError,
  LokeError,
  NotFoundError,
  PaginationError,
  type PaginationReason,
  PermissionError,
  RateLimitError,
  ResponseError,
  ServerError,
  TimeoutError,
  type WalkProgress,
} from "./errors.js";
export type {
  DriftEvent,
  LokeEvent,
  PageEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  WaitEvent,
} from "./events.js";
export type { ItemIterator, List } from "./list.js";
export type { NextPagePolicy } from "./next-page.js";
export type { ArgumentsOf, ErrorBodyOf, ItemOf, OperationId, ResultOf } from "./operation.js";
export type { AccessToken, CallOptions, ClientOptions, ListOptions } from "./options.js";
export type { Pace, WaitReason } from "./pace/pace.js";
export type { Page } from "./paginate.js";
export type { RetryOptions, RetryReason } from "./retry.js";
