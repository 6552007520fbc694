import { describe, expect, test } from "vitest";
import { type DocumentedAnswer, documentedAnswers } from "../../../scripts/generate/answers.js";
import type { Document } from "../../../scripts/generate/document.js";
import { documentWith } from "./check-with.js";

/** What is known of one answer of `getThing`, whose responses are these. */
function answersOf(responses: object, components: object = {}): Record<string, DocumentedAnswer> {
  const document = documentWith({}) as Document & Record<string, never>;
  const paths = { "/things": { get: { operationId: "getThing", responses } } };
  const whole = { ...document, paths, components } as unknown as Document;
  return documentedAnswers(whole).operations.getThing?.answers ?? {};
}

const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const text = { type: "string" };

describe("of an answer is known", () => {
  test("the media types without parameters, in lower case, and none where there is no body", () => {
    const answers = answersOf({
      200: json(text),
      400: {
        description: "",
        content: { "Text/HTML; charset=utf-8": {}, "application/problem+json": {} },
      },
      404: { description: "" },
    });
    expect(answers["400"]).toEqual({ mediaTypes: ["text/html", "application/problem+json"] });
    expect(answers["404"]).toEqual({ mediaTypes: [] });
  });

  test("what checks it, for each success, and none for an error", () => {
    expect(answersOf({ 200: json(text), "2XX": json(text), default: json(text) })).toEqual({
      200: { mediaTypes: ["application/json"], name: "getThing", validate: "isGetThing200" },
      "2XX": { mediaTypes: ["application/json"], name: "getThing", validate: "isGetThing2XX" },
      default: { mediaTypes: ["application/json"] },
    });
  });

  test("what is behind a $ref", () => {
    const $ref = "#/components/responses/Thing";
    expect(answersOf({ 200: { $ref } }, { responses: { Thing: json(text) } })).toEqual({
      200: { mediaTypes: ["application/json"], name: "getThing", validate: "isGetThing200" },
    });
  });

  test("that it is a list, whose items are checked by themselves, where nothing else is said of it", () => {
    const isList = (schema: object) => answersOf({ 200: json(schema) })["200"]?.isList;
    const list = { type: "array", items: text };
    expect(isList({ ...list, description: "Texts." })).toBe(true);
    expect(isList({ ...list, minItems: 1 })).toBeUndefined();
    expect(isList({ ...list, type: ["array", "null"] })).toBeUndefined();
    expect(isList({ type: "array" })).toBeUndefined();
    expect(isList({ allOf: [list, { type: "array", items: { pattern: "^a" } }] })).toBeUndefined();
  });
});
