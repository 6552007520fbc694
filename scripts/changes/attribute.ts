import type { Change, CompilerMessage } from "./change.js";
import type { Complaint } from "./compiler.js";
import { argument, field, ownerOf, wholesOf } from "./subject.js";
import type { Usage } from "./usage.js";
import type { Witness } from "./witness.js";

/** A complaint, in a user's terms. */
interface Heard {
  /** What it is about, from near to far. */
  readonly subjects: readonly string[];
  readonly said: CompilerMessage;
  /** Of our own code, not of a user's. */
  readonly isOurs: boolean;
}

/**
 * Puts what the compiler says on the lines that cause it, and makes these breaking. What no line explains becomes a
 * line of its own.
 *
 * @param types - what subjects were typed as before
 */
export function attribute(
  changes: readonly Change[],
  complaints: readonly Complaint[],
  witness: Witness,
  usage: Usage,
  types: ReadonlyMap<string, string>,
): Change[] {
  const mentionedBy = mentionsIn(types);
  const heard = complaints.map((complaint) => hear(complaint, witness));
  const byChange = new Map<Change, Heard[]>(changes.map((change) => [change, []]));
  for (const one of heard) {
    const change = causeOf([...byChange.keys()], one, mentionedBy) ?? unexplained(one, usage);
    byChange.set(change, [...(byChange.get(change) ?? []), one]);
  }
  return [...byChange].map(([change, own]) => {
    const all = own.length > 0 ? own : sameCalls(change, heard);
    const isNear = ({ subjects: [nearest = ""] }: Heard) => change.subjects.includes(nearest);
    const nearFirst = [...all.filter(isNear), ...all.filter((one) => !isNear(one))];
    const compiler = distinct(nearFirst.map(({ said }) => said));
    const isWorse = own.length > 0 && change.level !== "breaking";
    return isWorse
      ? { ...change, compiler, level: "breaking", reason: "Code that compiled no longer does." }
      : { ...change, compiler };
  });
}

function hear({ code, file, message, start }: Complaint, witness: Witness): Heard {
  const spans = witness.spans.filter(
    (span) => file === undefined && span.start <= start && start < span.end,
  );
  const subjects = spans.flatMap(({ subject }) => [subject, ...wholesOf(subject)]);
  const statement = spans.find((span) => span.statement !== undefined)?.statement;
  return {
    subjects: file === undefined ? [...new Set(subjects)] : [file],
    said: { code, message, statement: statement ?? file ?? "" },
    isOurs: file !== undefined,
  };
}

/** The line that a complaint belongs to: the nearest that can have caused it. */
function causeOf(
  changes: readonly Change[],
  { said, subjects }: Heard,
  mentionedBy: (subject: string) => ReadonlySet<string>,
): Change | undefined {
  const typed = changes.filter(({ isTyped }) => isTyped);
  const missing = missingIn(said.message);
  // A part is to blame only for what can break; the worst first, as lines are in no order yet.
  const blamed = ["breaking", "risky"].flatMap((level) =>
    typed.filter((one) => one.level === level),
  );
  for (const subject of subjects) {
    const named = missing.flatMap((name) => [field(subject, name), argument(subject, name)]);
    const models = mentionedBy(subject);
    const cause =
      typed.find((one) => one.subjects.some((other) => named.includes(other))) ??
      typed.find((one) => one.subjects.includes(subject)) ??
      blamed.find((one) => isPartOf(one, subject)) ??
      blamed.find((one) => one.subjects.some((other) => models.has(ownerOf(other))));
    if (cause) return cause;
  }
  return undefined;
}

/** The properties that a message calls missing. */
function missingIn(message: string): string[] {
  const one = /Property '([^']+)' is missing/.exec(message)?.[1];
  const several = /missing the following properties from type .*?: ([\w$, ]+)/.exec(message)?.[1];
  return [...(one === undefined ? [] : [one]), ...(several?.split(", ") ?? [])];
}

function isPartOf({ subjects }: Change, whole: string): boolean {
  return subjects.some((one) => wholesOf(one).includes(whole));
}

/** Of two mistakes in one call the compiler tells one. What it says of the call then goes for both. */
function sameCalls(change: Change, heard: readonly Heard[]): Heard[] {
  if (change.level !== "breaking") return [];
  return heard.filter(({ subjects }) => subjects.some((subject) => isPartOf(change, subject)));
}

function unexplained({ isOurs, subjects }: Heard, usage: Usage): Change {
  const [subject = "createClient"] = subjects;
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

/** One mistake shows in many statements, and the last words on it are the same in all of them. */
function distinct(messages: readonly CompilerMessage[]): CompilerMessage[] {
  const byEnding = new Map<string, CompilerMessage>();
  for (const one of messages) {
    const ending = one.message.split(/(?<=\.) (?=[A-Z])/).at(-1);
    // Types written out differ with each statement.
    const key = `${one.code} ${ending?.replaceAll(/'[^']*\{[^']*'/g, "'{}'")}`;
    if (!byEnding.has(key)) byEnding.set(key, one);
  }
  return [...byEnding.values()];
}

/** Finds the models that the type of a subject leads to. */
function mentionsIn(types: ReadonlyMap<string, string>) {
  const known = new Map<string, ReadonlySet<string>>();
  return (subject: string): ReadonlySet<string> => {
    const found = known.get(subject) ?? new Set<string>();
    if (known.has(subject)) return found;
    const names = new Set<string>();
    const visit = (type: string): void => {
      // A model is a subject of that name; in quotes it would be a value.
      for (const [name] of type.replaceAll(/"[^"]*"/g, "").matchAll(/\b[A-Z]\w*/g)) {
        if (names.has(name) || !types.has(name)) continue;
        names.add(name);
        visit(types.get(name) ?? "");
      }
    };
    visit(types.get(subject) ?? "");
    known.set(subject, names);
    return names;
  };
}
