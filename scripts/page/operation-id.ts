import type { OperationFacts } from "./facts.js";

/** The words of a title that are no part of a method's name. */
const articles = new Set(["a", "an", "the"]);

/** `Get a Customer` as `Get a customer`, which is how the document writes titles. */
export function summaryOf(title: string): string {
  const [first = "", ...rest] = title.split(" ");
  const isOrdinary = (word: string) => /^[A-Z][a-z]+$/.test(word);
  return [first, ...rest.map((word) => (isOrdinary(word) ? word.toLowerCase() : word))].join(" ");
}

/** Proposes method names: `Get a Customer` becomes `getCustomer`. One that is taken gets its method and a number. */
export function createOperationIds(taken: Iterable<string>): (operation: OperationFacts) => string {
  const used = new Set([...taken, "then", "constructor", "toString", "toJSON", "valueOf"]);
  return ({ title, request }) => {
    const [method = ""] = request.split(" ");
    const name = camelCase(title) || camelCase(request.replaceAll(/[{}]/g, " "));
    const wanted = /^[a-z]/.test(name) ? name : method + name;
    let id = wanted;
    for (let count = 2; used.has(id); count++) id = `${wanted}${count}`;
    used.add(id);
    return id;
  };
}

function camelCase(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? [];
  return words
    .filter((word) => !articles.has(word.toLowerCase()))
    .map((word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase())
    .join("")
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}
