// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

export type {
  Customer,
  CustomerStatistics,
  CustomerTiny,
  CustomerListTiny,
} from "./schema.js";
