import { stripVTControlCharacters } from "node:util";
import type { Step } from "./step.js";

const marks: Readonly<Record<Step["state"], string>> = { done: "done", left: "LEFT", unknown: "?" };

/** The steps on one screen: each with its state, and what comes next where it is not done. */
export function screenOf(steps: readonly Step[]): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const lines = steps.flatMap(({ name, state, fact, next }) => {
    const head = `${marks[state].padEnd(4)}  ${name.padEnd(width)}  `;
    const more =
      next === undefined || state === "done" ? [] : [`${" ".repeat(head.length)}→ ${next}`];
    return [head + plain(fact), ...more];
  });
  return [...lines, "", closingOf(steps)].join("\n");
}

function closingOf(steps: readonly Step[]): string {
  const [step] = steps.filter(({ state }) => state !== "done");
  if (!step) return "All is done.";
  return `Next: ${steps.find(({ next, state }) => state !== "done" && next !== undefined)?.next ?? step.name}`;
}

/** A fact can quote the page. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{C}]/gu, "");
}
