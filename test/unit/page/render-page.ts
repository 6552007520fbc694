import {
  type Facts,
  type FieldFacts,
  keys,
  type OperationFacts,
  type ParameterFacts,
} from "../../../scripts/page/facts.js";
import type { Rendition } from "../../../scripts/page/read-table.js";

/** A page that the vendor could have written: facts, and what is said of each thing, by key. */
export interface Page {
  readonly facts: Facts;
  readonly introduction: readonly string[];
  readonly said: ReadonlyMap<string, string>;
}

export interface Style {
  readonly rendition: Rendition;
  readonly newline?: "\n" | "\r\n";
  /** Whether header and separator of a table begin with a pipe, which rows do not. */
  readonly leadingPipe?: boolean;
  /** Whether a section's name stands at the end of the block before it. */
  readonly runTogether?: boolean;
  /** Whether the values of a row are in its cell, where the rendition leaves the choice. */
  readonly valuesInCell?: boolean;
  /** What stands before the page and after it. */
  readonly navigation?: boolean;
}

/** Writes a page as one of the known renditions has it. */
export function renderPage(page: Page, style: Style): string {
  const { facts, introduction, said } = page;
  const blocks: string[][] = [];
  if (style.navigation) blocks.push(["Guides"], ["Models"], ["API reference"]);
  if (facts.beta) blocks.push(["BETA: These may change."]);
  blocks.push([facts.heading], ...introduction.map((sentence) => [sentence]));
  for (const operation of facts.operations) blocks.push(...operationBlocks(operation, page, style));
  blocks.push(["Models"]);
  for (const { name, fields } of facts.models) {
    blocks.push([name], ...about(said.get(keys.model(name))));
    const rows = fields.flatMap((field) =>
      fieldRow(field, said.get(keys.field(name, field.name)), style),
    );
    blocks.push([...header(["Name", "Type", "Description"], style), ...rows]);
  }
  if (style.navigation) blocks.push(["In this article"], ["Parameters"], ["get /top"]);
  const newline = style.newline ?? "\n";
  const gap = style.rendition === "pipes" ? newline : newline + newline;
  const text = blocks.map((lines) => lines.join(newline)).join(gap);
  return style.runTogether
    ? text.replaceAll(
        /([}\]\w])[\r\n]+(?=(Parameters|Request Body|Responses|Models|\d{3}: .*)[\r\n])/g,
        glue,
      )
    : text;
}

/** Blocks run together after a path or an example only; another line would read otherwise. */
function glue(match: string, last: string, _section: string, at: number, text: string): string {
  const line = text.slice(text.lastIndexOf("\n", at) + 1, at + 1);
  return /^(get|post|put|delete) \/|^[}\]]$/.test(line) ? last : match;
}

const about = (text: string | undefined) => (text === undefined ? [] : [[text]]);

function operationBlocks(operation: OperationFacts, { said }: Page, style: Style): string[][] {
  const { request, title, parameters, requestBody, responses } = operation;
  const blocks = [[title], ...about(said.get(keys.operation(request))), [request]];
  if (parameters.length > 0) {
    const rows = parameters.flatMap((parameter) =>
      parameterRow(parameter, said.get(keys.parameter(request, parameter.name)), style),
    );
    blocks.push(["Parameters"], [...header(["Name", "Type", "In", "Description"], style), ...rows]);
  }
  if (requestBody) blocks.push(["Request Body"], [requestBody.type, ...json(requestBody, style)]);
  const lines = responses.flatMap((response) => {
    const { status, code, type = "" } = response;
    const reason = said.get(keys.response(request, status)) ?? "";
    const line = `${[status, code, reason].filter(Boolean).join(": ")} response.${type}`;
    return [line, ...json(response, style)];
  });
  blocks.push(["Responses"], lines);
  return blocks;
}

function json(fact: { readonly example?: unknown }, { rendition }: Style): string[] {
  if (fact.example === undefined) return [];
  const text = JSON.stringify(fact.example, null, 2);
  return text.split("\n").map((line) => (rendition === "pipes" ? line.trim() : line));
}

function header(columns: readonly string[], { rendition, leadingPipe }: Style): string[] {
  if (rendition === "glued") return [columns.join("")];
  if (rendition === "tabs") return [columns.join("\t")];
  const lead = leadingPipe ? "| " : "";
  return [`${lead}${columns.join(" | ")} |`, `${lead.trim()}${"---|".repeat(columns.length)}`];
}

export function parameterRow(
  { name, type, in: place, values }: ParameterFacts,
  said: string | undefined,
  style: Style,
): string[] {
  return row([name, type, place], said ?? "", values, style);
}

export function fieldRow(
  { name, type, optional, values }: FieldFacts,
  said: string | undefined,
  style: Style,
): string[] {
  const description = [optional ? "(optional)" : "", said ?? ""].filter(Boolean).join(" ");
  const isApart = style.rendition === "glued" && !optional && description !== "";
  return row([name, type], isApart ? ` ${description}` : description, values, style);
}

function row(
  cells: readonly string[],
  description: string,
  values: readonly string[] | undefined,
  { rendition, valuesInCell }: Style,
): string[] {
  const list = values?.map((value) => `"${value}"`).join(", ");
  const isInCell = rendition === "pipes" || (rendition === "tabs" && valuesInCell === true);
  const last = isInCell ? [description, list].filter(Boolean).join(" ") : description;
  const below = list === undefined || isInCell ? [] : [list];
  if (rendition === "glued") return [[...cells, last].join(""), ...below];
  if (rendition === "tabs") return [[...cells, last].join("\t"), ...below];
  const escaped = last.replaceAll("|", "\\|");
  return [`${[...cells, ...(escaped === "" ? [] : [escaped])].join(" | ")} |`, ...below];
}
