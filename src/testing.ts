export type { CollectionName } from "./testing/document.js";
export type {
  Fault,
  FaultName,
  ListFault,
  ListFaultName,
  NamedFault,
  Occasion,
  StatusFault,
} from "./testing/fault.js";
export { createMockApi, type MockApi } from "./testing/mock-api.js";
export type {
  ItemInput,
  ListInput,
  ListOperationId,
  MockApiOptions,
} from "./testing/mock-options.js";
export type { RateLimit } from "./testing/rate-limit.js";
export type { MockRequest } from "./testing/respond.js";
