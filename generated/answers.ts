// Generated from openapi/openapi.yaml by `npm run generate`. Do not edit.

import {
  isCustomer,
  isCustomerListTiny,
} from "./validators.js";

/** One thing that is wrong with an answer, as ajv tells it. */
export interface ValidationError {
  /** The place in the answer: fields as a JSON pointer, `[]` for every index, `*` for every key of a map. */
  readonly instancePath: string;
  readonly keyword: string;
  /** The schema with that keyword. */
  readonly parentSchema: ErrorSchema;
  readonly params?: {
    readonly missingProperty?: string;
    readonly additionalProperty?: string;
  };
  /** The value at that place. */
  readonly data: unknown;
}

export interface ErrorSchema {
  /** Its place in the document, as a JSON pointer. */
  readonly $comment: string;
  /** What it takes, where it has no `type` that says so. */
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ErrorSchema>>;
  readonly [keyword: string]: unknown;
}

/** Whether data is what the document says. If it is not, `errors` says why, until it is called again. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}

export interface DocumentedAnswer {
  /** Without parameters, in lower case. None, where the answer has no body. */
  readonly mediaTypes: readonly string[];
  /** What findings call the data. */
  readonly name?: string;
  /** Set if the data is a list: `validate` is for each item. */
  readonly isList?: true;
  readonly validate?: Validator;
}

export interface DocumentedAnswers {
  /** Where the answers are listed, as a JSON pointer into the document. */
  readonly pointer: string;
  /** By status, `2XX` or `default`. */
  readonly answers: Readonly<Record<string, DocumentedAnswer>>;
}

/** What the document says of the answers of each operation, by `operationId`. */
export const answers: Readonly<Record<string, DocumentedAnswers>> = {
  getCustomer: {
    pointer: "/paths/~1organizations~1{organizationId}~1customers~1{customerId}/get/responses",
    answers: {
      "200": { mediaTypes: ["application/json"], name: "Customer", validate: isCustomer },
      "404": { mediaTypes: [] },
    },
  },
  listCustomers: {
    pointer: "/paths/~1organizations~1{organizationId}~1customers/get/responses",
    answers: {
      "200": { mediaTypes: ["application/json"], name: "Customer", isList: true, validate: isCustomer },
    },
  },
  listMemberships: {
    pointer: "/paths/~1organizations~1{organizationId}~1customers~1{customerId}~1memberships/get/responses",
    answers: {
      "200": { mediaTypes: ["application/json"], name: "CustomerListTiny", isList: true, validate: isCustomerListTiny },
    },
  },
};
