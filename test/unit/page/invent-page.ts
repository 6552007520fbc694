import fc from "fast-check";
import {
  type FieldFacts,
  keys,
  type ModelFacts,
  type OperationFacts,
  type ParameterFacts,
  type ResponseFacts,
} from "../../../scripts/page/facts.js";
import type { Page } from "./render-page.js";

// Invents pages: names that hold the words of types, models whose names begin or end like others, sentences with
// quotes, pipes and the words that structure a page.

const primitives = ["string", "integer", "number", "boolean", "object"];
const modelNames = ["Pet", "PetTiny", "Tiny", "PetTinyOwner", "Owner", "stringy", "PetOwner"];
const fieldNames = [
  ...["id", "substring", "string", "stringPet", "integerTiny", "pathway", "aPet", "type", "Pet"],
  ...[
    "booleanstringpath",
    "in",
    "petOwner",
    "numberOfPets",
    "object",
    "x",
    "constructor",
    "__proto__",
  ],
];

const sentence = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "Unique ID of the pet",
      'The "best" of the pets, so to say.',
      "Either one | or the other.",
      "string in path: Parameters",
      "The lowest, e.g. cents",
      'Is called "pet".',
      "(in short) a pet?",
      "stringpathstring",
      "Hat einen Größenwert; naïve — 名前.",
    ),
  },
  fc.stringMatching(/^[a-z]{2,9}( [a-zA-Z]{1,9}){0,6}\.?$/),
);
/** One that values can follow in its cell. */
const fullSentence = sentence.map((text) => `${text.replace(/\.$/, "")}.`);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });

const type = (models: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...primitives, ...models), fc.constantFrom("", "", "", "[]", "[][]"))
    .map(([element, brackets]) => element + brackets);

const values = fc.uniqueArray(fc.constantFrom("created", "updated", "a b", "|", "x,y"), {
  minLength: 1,
  maxLength: 3,
});

interface Said<Fact> {
  readonly fact: Fact;
  readonly text: string | undefined;
}

const said = <Fact extends { readonly name: string; readonly values?: readonly string[] }>(
  fact: fc.Arbitrary<Fact>,
): fc.Arbitrary<Said<Fact>> =>
  fact.chain((made) =>
    optional(made.values ? fullSentence : sentence).map((text) => ({ fact: made, text })),
  );

const valued = <Fact extends { readonly type: string }>(
  fact: fc.Arbitrary<Fact>,
): fc.Arbitrary<Fact & { values?: string[] }> =>
  fc
    .tuple(fact, optional(values))
    .map(([made, some]) =>
      some && /^string(\[\])*$/.test(made.type) ? { ...made, values: some } : made,
    );

const parameters = (models: readonly string[]): fc.Arbitrary<Said<ParameterFacts>[]> =>
  fc.uniqueArray(
    said(
      valued(
        fc.record({
          name: fc.constantFrom(...fieldNames),
          type: type(models),
          in: fc.constantFrom("query", "path", "header"),
        }),
      ),
    ),
    { maxLength: 4, selector: ({ fact }) => fact.name },
  );

const fields = (models: readonly string[]): fc.Arbitrary<Said<FieldFacts>[]> =>
  fc.uniqueArray(
    said(
      valued(
        fc.record({
          name: fc.constantFrom(...fieldNames),
          type: type(models),
          optional: fc.boolean(),
        }),
      ),
    ),
    { minLength: 1, maxLength: 5, selector: ({ fact }) => fact.name },
  );

/** As they are parsed: fast-check also makes objects without a prototype. */
const example = fc
  .oneof(
    fc.record({
      "a b": fc.constantFrom('} "', "[", "\\", "404: x"),
      list: fc.array(fc.integer({ max: 999 })),
    }),
    fc.array(fc.record({ id: fc.integer({ max: 999 }), responses: fc.constant("Responses") })),
  )
  .map((value) => JSON.parse(JSON.stringify(value)));

const responses = (models: readonly string[]) =>
  fc.uniqueArray(
    fc.record(
      {
        status: fc.constantFrom("200", "201", "204", "404", "400"),
        code: fc.constantFrom("not_found", "bad"),
        type: type(models),
        example,
      },
      { requiredKeys: ["status"] },
    ),
    { minLength: 1, maxLength: 3, selector: ({ status }) => status },
  );

const reasons: Record<string, string> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  400: "Bad Request",
  404: "Not Found",
};

const paging = " They come paged by N results; X-Next-Page leads on.";

const operation = (request: string, models: readonly string[]) =>
  fc.record({
    request: fc.constant(request),
    title: fc.constantFrom("Get a Pet", "List pets", 'Find "Pets"', "Responses of Pets", "Pets"),
    description: optional(sentence),
    pageSize: optional(fc.integer({ min: 1, max: 5000 })),
    parameters: parameters(models),
    requestBody: optional(fc.record({ type: type(models), example }, { requiredKeys: ["type"] })),
    responses: responses(models),
  });

const requests = [
  "get /pets",
  "get /pets/{id}",
  "post /pets",
  "delete /pets/{id}/Parameters",
  "put /owners/{ownerId}/pet-lists",
];

/** Every page has a response that no mutation can make another page of: with no response it is no operation. */
export const pages: fc.Arbitrary<Page> = fc
  .shuffledSubarray(modelNames, { minLength: 1, maxLength: 4 })
  .chain((models) =>
    fc.record({
      beta: fc.boolean(),
      introduction: fc.array(
        fullSentence.filter((text) => !/["|]/.test(text)),
        { maxLength: 2 },
      ),
      operations: fc
        .shuffledSubarray(requests, { minLength: 1, maxLength: 3 })
        .chain((some) => fc.tuple(...some.map((request) => operation(request, models)))),
      models: fc.tuple(
        ...models.map((name) =>
          fc.record({ name: fc.constant(name), about: optional(sentence), fields: fields(models) }),
        ),
      ),
    }),
  )
  .map(({ beta, introduction, operations, models }) => {
    const words = new Map<string, string>();
    const say = (key: string, text: string | undefined) => {
      if (text !== undefined) words.set(key, text);
    };
    const operationFacts = operations.map((one): OperationFacts => {
      const { request, title, pageSize, requestBody } = one;
      const about = pageSize
        ? `${one.description ?? ""}${paging.replace("N", `${pageSize}`)}`
        : one.description;
      // The path's placeholders need a section for parameters; other differences are none of this test.
      const parameters = [...one.parameters];
      for (const [, name = ""] of request.matchAll(/\{(\w+)\}/g)) {
        if (parameters.some(({ fact }) => fact.name === name)) continue;
        parameters.push({ fact: { name, type: "string", in: "path" }, text: undefined });
      }
      say(keys.operation(request), about?.trim());
      for (const { fact, text } of parameters) say(keys.parameter(request, fact.name), text);
      for (const { status } of one.responses) say(keys.response(request, status), reasons[status]);
      return {
        request,
        title,
        ...(pageSize ? { pageSize, pagingHeader: "X-Next-Page" } : {}),
        parameters: parameters.map(({ fact }) => fact),
        ...(requestBody ? { requestBody } : {}),
        responses: one.responses as ResponseFacts[],
      };
    });
    const modelFacts = models.map(({ name, about, fields }): ModelFacts => {
      // A single word would be the name of another model.
      say(keys.model(name), about?.includes(" ") ? about : undefined);
      for (const { fact, text } of fields) say(keys.field(name, fact.name), text);
      return { name, fields: fields.map(({ fact }) => fact) };
    });
    return {
      facts: { beta, heading: "Pets", operations: operationFacts, models: modelFacts },
      introduction,
      said: words,
    };
  });

export { primitives };
