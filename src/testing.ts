export type { Fault, FaultName, NamedFault, Occasion, StatusFault } from "./testing/fault.js";
export type { CustomerInput } from "./testing/invent.js";
export { createMockApi, type MockApi } from "./testing/mock-api.js";
export type { ListOperationId, MockApiOptions } from "./testing/mock-options.js";
export type { MockRequest } from "./testing/respond.js";
export type { MembershipsInput } from "./testing/store.js";
