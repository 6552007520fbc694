/**
 * What the vendor's page states, without its sentences: the form in which the page is read, and `openapi/page.json` is
 * kept. Lists are in the order in which they are written.
 */
export interface Facts {
  /** Whether the endpoints are called beta. */
  readonly beta: boolean;
  readonly heading: string;
  readonly operations: readonly OperationFacts[];
  readonly models: readonly ModelFacts[];
}

export interface OperationFacts {
  /** Such as `get /organizations/{organizationId}/customers`. */
  readonly request: string;
  readonly title: string;
  readonly pageSize?: number;
  /** The response header that leads to the next page. */
  readonly pagingHeader?: string;
  readonly parameters: readonly ParameterFacts[];
  readonly requestBody?: BodyFacts;
  readonly responses: readonly ResponseFacts[];
}

export interface ParameterFacts {
  readonly name: string;
  readonly type: string;
  readonly in: string;
  readonly values?: readonly string[];
}

export interface BodyFacts {
  /** A model, or an array of it: `Customer[]`. */
  readonly type: string;
  readonly example?: unknown;
}

export interface ResponseFacts {
  readonly status: string;
  /** The server's name of the error, such as `not_found`. */
  readonly code?: string;
  readonly type?: string;
  readonly example?: unknown;
}

export interface ModelFacts {
  readonly name: string;
  readonly fields: readonly FieldFacts[];
}

export interface FieldFacts {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly values?: readonly string[];
}

/** A text for people, and the line it begins on. */
export interface Words {
  readonly text: string;
  readonly line: number;
}

/** The facts of a page or a document, and beside them where each thing is and what is said of it. */
export interface Reading {
  readonly facts: Facts;
  /** By key, the line of each thing. */
  readonly lines: ReadonlyMap<string, number>;
  /** By key, the description of each thing that has one. */
  readonly words: ReadonlyMap<string, Words>;
}

/** The names of things across readings. A parameter may be called `pageSize`, hence the word before each name. */
export const keys = {
  page: "page",
  end: "end of the page",
  operation: (request: string) => request,
  paging: (request: string) => `${request} paging`,
  parameter: (request: string, name: string) => `${request} parameter ${name}`,
  requestBody: (request: string) => `${request} request body`,
  response: (request: string, status: string) => `${request} response ${status}`,
  /** What the keys of all models begin with. */
  models: "model",
  model: (name: string) => `model ${name}`,
  field: (model: string, name: string) => `model ${model} field ${name}`,
};

/** What a key names. */
interface KeyParts {
  readonly request?: string | undefined;
  /** The part of the operation, and its name. */
  readonly part?: string | undefined;
  readonly name?: string | undefined;
  readonly model?: string | undefined;
  readonly field?: string | undefined;
}

export function partsOf(key: string): KeyParts {
  const [, model, field] = /^model (\S+)(?: field (.+))?$/.exec(key) ?? [];
  if (model !== undefined) return { model, field };
  const parts = /^([a-z]+ \/\S*)(?: (paging|parameter|request body|response)(?: (.+))?)?$/.exec(
    key,
  );
  return { request: parts?.[1], part: parts?.[2], name: parts?.[3] };
}
