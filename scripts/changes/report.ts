import { type Correspondence, type Diagnostic, diagnose } from "./assignability.js";
import { type Change, type CompilerMessage, worstFirst } from "./change.js";
import type { ClientModel } from "./client-model.js";
import { compare, findRenames, type Renames, underOldNames } from "./compare.js";
import type { Check } from "./compiler.js";
import { changesOf, unseenChanges } from "./lines.js";
import { ownerOf, type Usage, usageIn, wholesOf } from "./subject.js";

/**
 * Returns what changed between two documents, worst first, and what it does to users of the client.
 *
 * @throws {CliError} if the types of the new document are no TypeScript.
 */
export function changesBetween(old: ClientModel, now: ClientModel, check: Check): Change[] {
  const { usage } = compareModels(old, now);
  const changes = changesByRules(old, now);
  return worstFirst(explain(changes, diagnosticsBetween(old, now, check), old, now, usage));
}

/** A document, and its types unless they are left out. */
type Compared = Pick<ClientModel, "parts" | "view">;

/** Returns what changed by the rules alone. Of a change that `isTyped`, the compiler has the last word. */
export function changesByRules(old: Compared, now: Compared): Change[] {
  const comparison = compareModels(old, now);
  const { renames } = comparison;
  const edits = compare(old.view.tree, underOldNames(now.view.tree, renames), {
    origins: { old: old.view, new: now.view },
    renamed: renames.models,
  });
  return [
    ...changesOf(edits, comparison),
    ...unseenChanges(edits, renames.models, old.view, now.view),
  ];
}

/** Returns what the compiler has against code that was written for the old client. */
export function diagnosticsBetween(old: ClientModel, now: ClientModel, check: Check): Diagnostic[] {
  if (haveSameTypes(old, now)) return [];
  const { names, usage } = compareModels(old, now);
  return diagnose(old, now, names, check).map((one) => {
    // Of a model that is split by direction, the document has the whole.
    const owner = ownerOf(one.subject);
    const whole = owner.replace(/Input$/, "");
    const isHalf = usage.isUnknown(owner) && !usage.isUnknown(whole);
    return isHalf ? { ...one, subject: whole + one.subject.slice(owner.length) } : one;
  });
}

function compareModels(old: Compared, now: Compared) {
  const usage = usageIn(old.view, now.view);
  const renames = findRenames(old.view.tree, now.view.tree);
  return { old, now, renames, usage, names: correspondence(old, now, renames, usage) };
}

function correspondence(
  old: Compared,
  now: Compared,
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

function haveSameTypes(a: ClientModel, b: ClientModel): boolean {
  return ["schema.ts", "models.ts", "operations.ts"].every(
    (name) => withoutComments(a.generated[name]) === withoutComments(b.generated[name]),
  );
}

/** Comments begin a line: no string of a generated file spans lines. */
export function withoutComments(source = ""): string {
  return source.replaceAll(/^ *\/\*\*[\s\S]*?\*\/$\n/gm, "");
}

/**
 * Joins compiler errors to the changes that cause them, and lets the compiler decide: a change that it has errors for is
 * breaking, and a change of a type that it has none for is not. An error without a cause becomes a change of its own.
 */
function explain(
  changes: readonly Change[],
  diagnostics: readonly Diagnostic[],
  old: ClientModel,
  now: ClientModel,
  usage: Usage,
): Change[] {
  const typed = changes.filter(({ isTyped }) => isTyped);
  const errors = new Map<Change, CompilerMessage[]>(changes.map((change) => [change, []]));
  const add = (change: Change, error: CompilerMessage) =>
    errors.set(change, [...(errors.get(change) ?? []), error]);

  const direct = new Set<string>();
  const others: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const causes = typed.filter((change) => isAbout(change, diagnostic.subject));
    for (const change of causes) add(change, diagnostic.error);
    if (causes.length > 0) direct.add(diagnostic.subject);
    else others.push(diagnostic);
  }
  for (const { error, subject } of others) {
    const models = modelsFrom(old, subject);
    const isPart = (one: string) => models.has(ownerOf(one)) && now.parts.has(ownerOf(one));
    const isCause = (one: string) => isPartOf(one, subject) || isPart(one);
    // The error of a whole repeats that of its part. That of a model that is gone is about its name alone.
    if ([...direct].some((one) => one !== subject && isCause(one))) continue;
    const subjects = (change: Change) => [...change.subjects, ...(change.alsoAbout ?? [])];
    const cause =
      typed.find((change) => subjects(change).some((one) => isPartOf(one, subject))) ??
      typed.find((change) => subjects(change).some((one) => isPartOf(subject, one))) ??
      typed.find((change) => subjects(change).some((one) => models.has(ownerOf(one))));
    add(cause ?? unexplained(subject, usage), error);
  }
  return [...errors].map(([change, own]) => judged({ ...change, compiler: distinct(own) }));
}

function judged(change: Change): Change {
  const { compiler, isCertain, isTyped, level } = change;
  if (compiler.length > 0 && level !== "breaking") {
    return { ...change, level: "breaking", reason: "Code that compiled no longer does." };
  }
  if (level !== "breaking" || compiler.length > 0 || !isTyped || isCertain) return change;
  return {
    ...change,
    level: "risky",
    reason: "What compiled still compiles; the values can differ.",
  };
}

function isAbout({ alsoAbout = [], subjects }: Change, subject: string): boolean {
  return subjects.includes(subject) || alsoAbout.includes(subject);
}

function isPartOf(part: string, whole: string): boolean {
  return wholesOf(part).includes(whole);
}

function unexplained(subject: string, usage: Usage): Change {
  const isOurs = subject.includes("/");
  return {
    level: "breaking",
    subjects: [subject],
    detail: " no longer compiles",
    reason: isOurs ? "It is our own code, and must be changed first." : "No line explains it.",
    usedBy: usage.usedBy(subject),
    compiler: [],
    isTyped: true,
    pointers: { old: [], new: [] },
  };
}

/** Errors without those that repeat another: the same code, and the same last sentence but for types written out. */
function distinct(errors: readonly CompilerMessage[]): CompilerMessage[] {
  const byEnding = new Map<string, CompilerMessage>();
  for (const one of errors) {
    const ending = one.message.split(/(?<=\.) (?=[A-Z])/).at(-1);
    const key = `${one.code} ${ending?.replaceAll(/'[^']*\{[^']*'/g, "'{}'")}`;
    if (!byEnding.has(key)) byEnding.set(key, one);
  }
  return [...byEnding.values()];
}

/** The models that the type of a subject leads to. */
function modelsFrom({ parts }: ClientModel, subject: string): ReadonlySet<string> {
  const names = new Set<string>();
  const queue = [subject];
  for (const one of queue) {
    // A model is a subject of that name; in quotes it is a value.
    const text = parts.get(one)?.text.replaceAll(/"[^"]*"/g, "") ?? "";
    for (const [name] of text.matchAll(/[A-Za-z_$][\w$]*/g)) {
      if (!parts.get(name)?.name || names.has(name)) continue;
      // Of a model that is split by direction, changes are of the whole.
      for (const one of [name, name.replace(/Input$/, "")]) names.add(one);
      queue.push(name);
    }
  }
  return names;
}
