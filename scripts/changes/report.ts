import { CliError } from "../lib/cli-error.js";
import { type Correspondence, type Diagnostic, diagnose } from "./assignability.js";
import { type Change, worstFirst } from "./change.js";
import type { ClientModel } from "./client-model.js";
import { compare } from "./compare.js";
import type { Check } from "./compiler.js";
import { explain } from "./explain.js";
import { changesOf, unseenChanges } from "./lines.js";
import { findRenames, type Renames, underOldNames } from "./renames.js";
import { ownerOf, type Usage, usageIn } from "./subject.js";

/**
 * Returns what changed between two documents, worst first, and what it does to users of the client.
 *
 * @throws {CliError} if the types of the new document are no TypeScript.
 */
export function changesBetween(old: ClientModel, now: ClientModel, check: Check): Change[] {
  const comparison = compareModels(old, now);
  const { renames, usage } = comparison;
  const edits = compare(old.view.tree, underOldNames(now.view, renames), {
    origins: { old: old.view, new: now.view },
    renamed: renames.models,
  });
  const changes = [
    ...changesOf(edits, comparison),
    ...unseenChanges(edits, renames.models, old.view, now.view),
  ];
  return worstFirst(explain(changes, diagnosticsBetween(old, now, check), old, usage));
}

/** Returns what the compiler has against code that was written for the old client. */
export function diagnosticsBetween(old: ClientModel, now: ClientModel, check: Check): Diagnostic[] {
  if (haveSameTypes(old, now)) return [];
  const { names, usage } = compareModels(old, now);
  return diagnose(old, now, names, checked(check, now)).map((one) => {
    // Of a model that is split by direction, the document has the whole.
    const owner = ownerOf(one.subject);
    const whole = owner.replace(/Input$/, "");
    const isHalf = usage.isUnknown(owner) && !usage.isUnknown(whole);
    return isHalf ? { ...one, subject: whole + one.subject.slice(owner.length) } : one;
  });
}

function compareModels(old: ClientModel, now: ClientModel) {
  const usage = usageIn(old.view, now.view);
  const renames = findRenames(old.view, now.view);
  return { old, now, renames, usage, names: correspondence(old, now, renames, usage) };
}

function correspondence(
  old: ClientModel,
  now: ClientModel,
  { models, operations }: Renames,
  usage: Usage,
): Correspondence {
  const oldNames = new Map([...models, ...operations]);
  const newNames = new Map([...oldNames].map(([name, old]) => [old, name]));
  const renamed = (subject: string, names: ReadonlyMap<string, string>) => {
    const owner = ownerOf(subject);
    return (names.get(owner) ?? owner) + subject.slice(owner.length);
  };
  return {
    newName: (subject) => renamed(subject, newNames),
    oldName: (subject) => renamed(subject, oldNames),
    directionOf(subject) {
      const owner = ownerOf(subject);
      const isSent = subject.startsWith(`${owner}({`);
      if (isSent || subject.startsWith(`${owner}()`)) return { isSent, isRead: !isSent };
      // Of a model that is split by direction, each half goes one way.
      const isHalf = (name: string) => [old, now].some(({ parts }) => parts.has(name));
      if (usage.isUnknown(owner) && isHalf(owner)) return { isSent: true, isRead: false };
      const { isRead, isSent: sent } = usage.directionOf(renamed(owner, oldNames));
      return { isRead, isSent: sent && !(isRead && isHalf(`${owner}Input`)) };
    },
  };
}

/** A check that refuses a new document whose types are no TypeScript. */
function checked(check: Check, { name }: ClientModel): Check {
  return (...clients) => {
    const errors = check(...clients);
    const syntax = errors.find(({ isSyntax }) => isSyntax);
    if (!syntax) return errors;
    throw new CliError(
      `${name} cannot become a client: ${syntax.file} would be no TypeScript (${syntax.message}). ` +
        "See what `npm run lint` says of it.",
    );
  };
}

function haveSameTypes(a: ClientModel, b: ClientModel): boolean {
  return ["schema.ts", "models.ts", "operations.ts"].every(
    (name) => withoutComments(a.generated[name]) === withoutComments(b.generated[name]),
  );
}

/** Comments begin a line: no string of a generated file spans lines. */
export function withoutComments(source = ""): string {
  return source.replaceAll(/^ *\/\*\*[\s\S]*?\*\/$\n/gm, "");
}
