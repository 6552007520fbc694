import type { Validator } from "../../../generated/answers.js";
import { documentedAnswers } from "../../../scripts/generate/answers.js";
import type { Document } from "../../../scripts/generate/document.js";
import { compileValidators } from "../../../scripts/generate/validators.js";
import { actualOf, differenceOf } from "../../../src/drift/difference.js";

/** A document whose `getThing` answers with a schema, and which has these models. */
export function documentWith(schema: object, models: object = {}): Document {
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example.com" }],
    paths: {
      "/things": {
        get: {
          operationId: "getThing",
          responses: {
            200: { description: "A thing.", content: { "application/json": { schema } } },
          },
        },
      },
    },
    components: { schemas: models },
  } as Document;
}

/**
 * Compiles the answers of a document, as `generate` does, and runs what comes out: each finding of data is a line of
 * kind, path, what is expected, what came, and the place in the document.
 */
export async function checkWith(document: Document): Promise<(data: unknown) => string[]> {
  const { operations, schemas, validators } = documentedAnswers(document);
  const code = compileValidators(schemas, validators);
  const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const answer = operations.getThing?.answers["200"];
  const validate: Validator = module[answer?.validate ?? ""];
  return (data) => {
    const errors = validate(data) ? [] : (validate.errors ?? []);
    return errors
      .filter(({ keyword }) => keyword !== "if")
      .map((error) => {
        const { kind, path, expected, document } = differenceOf(error, answer?.name ?? "");
        return `${kind} ${path}: ${expected}, not ${actualOf(error, true)} (${document})`;
      });
  };
}

/** A reference to a model. */
export const model = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** The schema of an object with these fields. */
export const object = (properties: Record<string, object>, more: object = {}): object => ({
  type: "object",
  properties,
  ...more,
});

export const text = { type: "string" };
