import { operations } from "../../generated/operations.js";
import type { Operation } from "../operation.js";
import type { MockOperation } from "./document.js";
import { misfit } from "./fits.js";
import type { Route } from "./route.js";
import { type AnySchema, shapeOf } from "./schema.js";

/** Returns what is wrong with the query of a request. */
export function queryProblem(
  { id, url }: Route,
  { query = {} }: MockOperation,
): string | undefined {
  const { required = [] } = (operations as Readonly<Record<string, Operation>>)[id] ?? {};
  for (const [name, schema] of Object.entries(query)) {
    const texts = url.searchParams.getAll(name);
    if (texts.length === 0) {
      if (required.includes(name)) return `The query parameter ${name} is missing`;
      continue;
    }
    const { items = true, types = [] } = shapeOf(schema);
    const isList = types.includes("array");
    if (texts.length > 1 && !isList) return `The query parameter ${name} is given more than once`;
    const problem = isList
      ? misfit(
          schema,
          texts.map((text) => fromText(items, text)),
          name,
        )
      : misfit(schema, fromText(schema, texts[0]), name);
    if (problem) return `The query parameter ${problem}`;
  }
  return undefined;
}

/** Parses a text of a query by the type of its parameter. */
function fromText(schema: AnySchema, text = ""): unknown {
  const types = shapeOf(schema).types ?? [];
  if (types.includes("boolean") && /^(true|false)$/.test(text)) return text === "true";
  const isNumber = types.includes("integer") || types.includes("number");
  return isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** The body of a request. */
export interface SentBody {
  /** Empty if there is none. */
  readonly text: string;
  /** The header `Content-Type`. */
  readonly type: string | null;
}

/** The parsed body, or what is wrong with it. */
export function readBody(
  { body, isBodyOptional }: MockOperation,
  { text, type }: SentBody,
): { value?: unknown; problem?: string | undefined; isOfOtherType?: boolean } {
  if (body === undefined || (text === "" && isBodyOptional)) return {};
  if (text === "") return { problem: "A JSON body is missing" };
  if (!/^application\/json\s*(;|$)/i.test(type ?? "")) return { isOfOtherType: true };
  try {
    const value: unknown = JSON.parse(text);
    return { value, problem: misfit(body, value, "")?.replace(/^ /, "The body ") };
  } catch {
    return { problem: "The body is no JSON" };
  }
}
