import type { Diagnostic } from "./assignability.js";
import type { Change, CompilerMessage } from "./change.js";
import type { ClientModel } from "./client-model.js";
import { ownerOf, type Usage, wholesOf } from "./subject.js";

/**
 * Joins compiler errors to the changes that cause them, and lets the compiler decide: a change that it has errors for is
 * breaking, and a change of a type that it has none for is not. An error without a cause becomes a change of its own.
 */
export function explain(
  changes: readonly Change[],
  diagnostics: readonly Diagnostic[],
  old: ClientModel,
  usage: Usage,
): Change[] {
  const typed = changes.filter(({ isTyped }) => isTyped);
  const reach = reachIn(old);
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
    const models = reach(subject);
    const isCause = (one: string) => isPartOf(one, subject) || models.has(ownerOf(one));
    // The error of a whole repeats that of its part.
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

/** Finds the models that the type of a subject, or of a part of it, leads to. */
function reachIn({ parts }: ClientModel): (subject: string) => ReadonlySet<string> {
  const texts = new Map<string, string[]>();
  for (const { subject, text } of parts.values()) {
    for (const one of [subject, ...wholesOf(subject)]) {
      texts.set(one, [...(texts.get(one) ?? []), text]);
    }
  }
  return (subject) => {
    const names = new Set<string>();
    const queue = [subject];
    for (const one of queue) {
      for (const text of texts.get(one) ?? []) {
        // A model is a subject of that name; in quotes it is a value.
        for (const [name] of text.replaceAll(/"[^"]*"/g, "").matchAll(/[A-Za-z_$][\w$]*/g)) {
          if (!parts.get(name)?.name || names.has(name)) continue;
          // Of a model that is split by direction, changes are of the whole.
          for (const one of [name, name.replace(/Input$/, "")]) names.add(one);
          queue.push(name);
        }
      }
    }
    return names;
  };
}
