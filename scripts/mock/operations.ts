import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** The document of this project, for whoever names no other. */
export const documentPath = fileURLToPath(new URL("../../openapi/openapi.yaml", import.meta.url));

/** A list that comes in pages: where it is, how long a page is, which header leads on. */
export interface ListOperation {
  /** Path template, such as `/organizations/{organizationId}/customers`. */
  path: string;
  pageSize: number;
  /** Name of the response header that holds the address of the next page. */
  header: string;
}

/** The operations that the fixture answers. Whatever else the document has, Prism mocks. */
export interface Operations {
  /** `example` is the body of the documented 200 response. */
  getCustomer: { path: string; example: unknown };
  listCustomers: ListOperation;
  listMemberships: ListOperation;
}

/** As much of an OpenAPI document as the fixture needs; Prism checks the rest of it. */
interface Document {
  paths?: Record<string, Record<string, Operation>>;
}

interface Operation {
  operationId?: string;
  "x-paging"?: { header?: string; pageSize?: number };
  responses?: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

/**
 * Reads from an OpenAPI document what the fixture must agree with it on, so that paths, page sizes
 * and the header's name are written down once. The operations are known by their `operationId`.
 *
 * @throws Error that names the file and the missing part.
 */
export async function readOperations(file: string): Promise<Operations> {
  const document = parseDocument(await readFile(file, "utf8"), file);

  function find(operationId: string): { path: string; operation: Operation } {
    for (const [path, item] of Object.entries(document?.paths ?? {})) {
      const operation = Object.values(item).find((each) => each.operationId === operationId);
      if (operation) return { path, operation };
    }
    throw new Error(`${file} has no operation ${operationId}, which the mock answers`);
  }

  function list(operationId: string): ListOperation {
    const { path, operation } = find(operationId);
    const { header, pageSize } = operation["x-paging"] ?? {};
    if (header === undefined || pageSize === undefined || !(pageSize > 0)) {
      throw new Error(`${file}: ${operationId} needs x-paging with a header and a pageSize`);
    }
    return { path, header, pageSize };
  }

  const { path, operation } = find("getCustomer");
  const example = operation.responses?.["200"]?.content?.["application/json"]?.example;
  if (example === undefined) throw new Error(`${file}: getCustomer has no example of its 200`);
  return {
    getCustomer: { path, example },
    listCustomers: list("listCustomers"),
    listMemberships: list("listMemberships"),
  };
}

function parseDocument(text: string, file: string): Document | null {
  try {
    return parse(text);
  } catch (cause) {
    // The parser says where, but not in which file.
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Puts values into a path template: the way from the document to a request. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} in ${template}`);
    return encodeURIComponent(value);
  });
}
