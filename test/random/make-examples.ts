import { requiresInherited } from "./allowed.js";
import { directed } from "./directions.js";
import { answerSchemas, bodySchema, type FoundOperation, operationsOf } from "./document-of.js";
import { fits, type Reading } from "./fits.js";
import type { AnySchema } from "./make-schemas.js";
import { makeValue } from "./make-values.js";
import { mutate } from "./mutate.js";
import { argumentsOf, errorOf, type Subject, smallMock } from "./run-calls.js";

/** What a judge has to say of a value; without a word, either will do. */
export type Verdict = "right" | "wrong" | undefined;

/** A value of an answer or a body, with what is expected of those who judge it, and what was seen. */
export interface Example {
  readonly where: string;
  /** The type that it is compiled as. */
  readonly type: string;
  /** What was changed in a right value; nothing, if it is one. */
  readonly change: string;
  readonly value: unknown;
  readonly schema: AnySchema;
  /** What the compiler has to say. */
  readonly compiled: Verdict;
  /** What the check has to say, or the mock of a body. */
  readonly checked: Verdict;
  /** What it said. */
  readonly seen: Verdict;
  readonly judge: "the check" | "the mock";
}

const rightEach = 2;
const wrongEach = 2;

/** Examples for each answer and each body, judged by the check or the mock. */
export async function makeExamples(subject: Subject): Promise<Example[]> {
  const examples: Example[] = [];
  for (const found of operationsOf(directed(subject.document, "received"))) {
    examples.push(...answerExamples(subject, found));
  }
  for (const found of operationsOf(directed(subject.document, "sent"))) {
    examples.push(...(await bodyExamples(subject, found)));
  }
  return examples;
}

function answerExamples(subject: Subject, found: FoundOperation): Example[] {
  const { loaded } = subject;
  const document = directed(subject.document, "received");
  const judge = { document, chance: subject.chance };
  const answers = [...answerSchemas(found)].filter(([status]) => status.startsWith("2"));
  return answers.flatMap(([status, schema]) => {
    if (schema === undefined) return [];
    const id = JSON.stringify(found.id);
    const type =
      answers.length === 1
        ? `ResultOf<${id}>`
        : `operations[${id}]["responses"][${status}]["content"]["application/json"]`;
    const headers = { "content-type": "application/json" };
    const response = new Response(null, { status: Number(status), headers });
    return valuesFor(judge, schema).map(({ change, value }): Example => {
      const isRight = loaded.watchDrift()(found.id, response, value).length === 0;
      return {
        where: `${found.id} ${status}`,
        type,
        change,
        value,
        schema,
        ...expected(judge, schema, value),
        seen: isRight ? "right" : "wrong",
        judge: "the check",
      };
    });
  });
}

async function bodyExamples(subject: Subject, found: FoundOperation): Promise<Example[]> {
  const { loaded } = subject;
  const document = directed(subject.document, "sent");
  const judge = { document, chance: subject.chance };
  const schema = bodySchema(found);
  if (schema === undefined) return [];
  const type = `ArgumentsOf<${JSON.stringify(found.id)}>["body"]`;
  const examples: Example[] = [];
  const api = smallMock(loaded);
  const client = loaded.createClient({ fetch: api, accessToken: "any", retry: false });
  const args = argumentsOf(subject, found, api);
  if (args === undefined) return [];
  for (const { change, value } of valuesFor(judge, schema)) {
    const error = await errorOf(() => client[found.id]({ ...args, body: value }));
    const open = { isClosed: "never", limits: "all" } as const;
    const isWrong = !fits({ document, ...open }, [schema], value);
    examples.push({
      where: `${found.id} body`,
      type,
      change,
      value,
      schema,
      ...expected(judge, schema, value),
      // Of a body that was changed the mock can know more: it has formats.
      checked: change ? (isWrong ? "wrong" : undefined) : "right",
      seen: Object(error).status === 400 ? "wrong" : "right",
      judge: "the mock",
    });
  }
  return examples;
}

/** What values are made and judged by: the document, as it holds for their direction. */
type Judge = Pick<Subject, "document" | "chance">;

function valuesFor({ chance, document }: Judge, schema: AnySchema) {
  const values: { change: string; value: unknown }[] = [];
  for (let count = 0; count < rightEach; count++) {
    const value = makeValue(document, chance, schema);
    if (value === undefined) continue;
    values.push({ change: "", value });
    for (let more = 0; more < wrongEach / rightEach; more++) values.push(mutate(chance, value));
  }
  return values;
}

/** What a value is by the test's own reading: `undefined` where a union is closed further than one can say. */
function expected({ document }: Judge, schema: AnySchema, value: unknown) {
  const verdict = (strict: Reading, lax: Reading): Verdict => {
    if (!fits(lax, [schema], value)) return "wrong";
    return fits(strict, [schema], value) ? "right" : undefined;
  };
  const reading = (isClosed: Reading["isClosed"], limits: Reading["limits"]): Reading => {
    return { document, isClosed, limits };
  };
  const compiled = verdict(reading("always", "none"), reading("outside unions", "none"));
  const isUnsaid = compiled === "wrong" && requiresInherited(document);
  const checked = verdict(reading("always", "checked"), {
    ...reading("always", "checked"),
    isComposedOpen: true,
  });
  return { compiled: isUnsaid ? undefined : compiled, checked };
}
