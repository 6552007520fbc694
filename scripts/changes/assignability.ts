import { CliError } from "../lib/cli-error.js";
import { accessTo, callOf, keyOf, variableName } from "../lib/identifiers.js";
import type { CompilerMessage } from "./change.js";
import type { ClientModel, TypedPart } from "./client-model.js";
import type { Check } from "./compiler.js";
import { type Direction, partAt } from "./subject.js";

/** A compiler error, and the subject whose types cause it. */
export interface Diagnostic {
  readonly subject: string;
  readonly error: CompilerMessage;
}

/** How the subjects of two documents correspond, and which way their data goes. */
export interface Correspondence {
  /** Returns the name that a subject of the old document has in the new one. */
  newName(subject: string): string;
  oldName(subject: string): string;
  directionOf(subject: string): Direction;
}

/** A line of TypeScript that compiles if what users can have written about a subject still compiles. */
interface Line {
  readonly subject: string;
  readonly code: string;
  /** What a user wrote, such as `order.status === "paid"`. */
  readonly statement: string;
}

/**
 * Compiles what users of the old client can have written against the types of the new one: of each subject whose own type is
 * written in another way. What is written alike refers to models alike, and those are subjects themselves.
 *
 * @throws {CliError} if the types of the new document are no TypeScript.
 */
export function diagnose(
  old: ClientModel,
  now: ClientModel,
  correspondence: Correspondence,
  check: Check,
): Diagnostic[] {
  const lines = [...linesBetween(old, now, correspondence)];
  const errors = check(
    old.generated,
    now.generated,
    lines.map(({ code }) => code),
  );
  const syntax = errors.find(({ isSyntax }) => isSyntax);
  if (syntax) {
    throw new CliError(
      `${now.name} cannot become a client: ${syntax.file} would be no TypeScript (${syntax.message}). ` +
        "See what `npm run lint` says of it.",
    );
  }
  return errors.map(({ code, file = "", line, message }) => {
    const { statement, subject } = lines[line ?? -1] ?? { statement: file, subject: file };
    return { subject, error: { code, message, statement } };
  });
}

/** The line that checks that the client itself can work with the table of operations. */
const ownLine: Line = {
  subject: "src/operation.ts",
  code: "((x: typeof NewTable): Readonly<Record<string, Operation>> => x);",
  statement: "src/operation.ts",
};

function* linesBetween(
  old: ClientModel,
  now: ClientModel,
  { directionOf, newName, oldName }: Correspondence,
): Generator<Line> {
  yield ownLine;
  for (const id of old.operations.keys()) yield* operationLines(id);
  for (const part of old.parts.values()) {
    const other = partAt(now, newName(part.subject));
    if (!other) yield* goneLines(part);
    else if (part.text !== other.text) yield* keptLines(part, other);
    if (part.name !== undefined && newName(part.name) !== part.name) yield goneModel(part.name);
  }
  for (const part of now.parts.values()) {
    if (!old.parts.has(oldName(part.subject))) yield* addedLines(part);
  }

  function* operationLines(id: string): Generator<Line> {
    const key = JSON.stringify(id);
    const newId = newName(id);
    const row = now.operations.get(newId);
    if (newId !== id || !row) {
      yield { subject: id, code: `((loke: LokeClient) => loke.${id});`, statement: `loke.${id}` };
    }
    if (!row) return;
    const isList = old.operations.get(id)?.list !== undefined;
    if (isList !== (row.list !== undefined)) {
      const [from, to] = isList ? ["Promise", "List"] : ["List", "Promise"];
      const { text = "unknown" } = old.parts.get(`${id}()`) ?? {};
      yield {
        subject: id,
        code: `((x: ${from}<NewResult<${JSON.stringify(newId)}>>): ${to}<OldResult<${key}>> => x);`,
        statement: `const result: ${to}<${isList ? text.replace(/\[\]$/, "") : text}> = ${call(id)}`,
      };
    }
  }

  /** Checks a subject that both clients have. */
  function* keptLines(part: TypedPart, other: TypedPart): Generator<Line> {
    const { expression, members, subject, text } = part;
    const [before, after] = [part.type("Old"), other.type("New")];
    const { isRead, isSent } = directionOf(subject);
    const literals = members.filter(({ isLiteral }) => isLiteral);
    if (isRead) {
      const variable = variableName(part.holder?.name ?? part.name ?? "value");
      yield {
        subject,
        code: `((x: ${after}): ${before} => x);`,
        statement: `const ${variable}: ${part.name ?? text} = ${expression}`,
      };
      // What is read is compared and narrowed, so that a value or type that no longer comes is an error too.
      for (const value of [...literals.map(({ text }) => text), ...samplesOf(members)]) {
        const code = `((x: NonNullable<${after}>) => x === ${value});`;
        yield { subject, code, statement: `${expression} === ${value}` };
      }
      for (const { models, text: model } of members.length > 1 ? members : []) {
        if (!models.includes(model)) continue;
        const name = newName(model);
        const side = now.parts.has(name) ? `NewModels.${name}` : `OldModels.${model}`;
        yield {
          subject,
          code: `((x: NonNullable<${side}>): NonNullable<${after}> => x);`,
          statement: `${part.name === undefined ? "" : "const "}${typed(part)} = ${variableName(model)}`,
        };
      }
    }
    if (isSent) {
      for (const { text: value } of literals) {
        // Of an intersection, a member can have values that the whole has not.
        const code = `((x: Extract<${before}, ${value}>): ${after} => x);`;
        yield { subject, code, statement: sending(part, value) };
      }
      yield { subject, code: `((x: ${before}): ${after} => x);`, statement: sending(part) };
    }
    const isOther = part.name === undefined && text !== other.text;
    for (const name of isOther ? inheritedFields(part) : []) {
      const key = JSON.stringify(name);
      const access = accessTo(part.isNullable ? `${expression}!` : expression, name);
      const code = isRead
        ? `((x: NonNullable<${after}>) => ${accessTo("x", name)});`
        : `((x: Field<${before}, ${key}>): Partial<NonNullable<${after}>> => ({ ${keyOf(name)}: x! }));`;
      yield { subject, code, statement: isRead ? access : `${access} = ${variableName(name)}` };
    }
    if (part.name !== undefined && !isRead && !part.isNullable) yield* helperLine(part, after);
  }

  /** The fields that a subject has because it is a model, or consists of models: they are no subjects of their own. */
  function inheritedFields({ members }: TypedPart): string[] {
    const [only, ...others] = members.filter(({ text }) => text !== "null");
    if (!only || others.length > 0) return [];
    return only.models.flatMap((name) => {
      const model = old.parts.get(name);
      return model ? [...fieldsOf(old, name), ...inheritedFields(model)] : [];
    });
  }

  /** A model that is only sent is also read: by the helpers that users write to build it. */
  function* helperLine({ expression, subject }: TypedPart, after: string): Generator<Line> {
    const name = fieldsOf(old, subject).find((one) =>
      fieldsOf(now, newName(subject)).includes(one),
    );
    if (name === undefined) return;
    const statement = accessTo(expression, name);
    yield { subject, code: `((${expression}: ${after}) => ${statement});`, statement };
  }

  /** Checks a subject that the new client does not have. What is within it is not checked on its own. */
  function* goneLines(part: TypedPart): Generator<Line> {
    const { expression, holder, subject, text } = part;
    if (part.name !== undefined) yield goneModel(part.name);
    if (!holder) return;
    if (now.operations.has(newName(holder.subject))) {
      const id = JSON.stringify(newName(holder.subject));
      yield {
        subject,
        code: `((x: NonNullable<${part.type("Old")}>): Partial<NewArguments<${id}>> => ({ ${keyOf(holder.name)}: x }));`,
        statement: sending(part),
      };
    }
    const owner = now.parts.get(newName(holder.subject));
    if (!owner) return;
    // With an index signature the field is still there, and of another type.
    const { isRead } = directionOf(subject);
    const access = accessTo("x", holder.name);
    const result = isRead ? `: ${part.type("Old")}` : "";
    yield {
      subject,
      code: `((x: NonNullable<${owner.type("New")}>)${result} => ${access});`,
      statement: isRead
        ? `const ${variableName(holder.name)}: ${text} = ${expression}`
        : sending(part),
    };
  }

  function goneModel(name: string): Line {
    return {
      subject: name,
      code: `import type { ${name} as Gone${name} } from "./new/generated/models.js";`,
      statement: `import type { ${name} } from "loke-customers"`,
    };
  }

  /** Checks a subject that only the new client has: what is sent without it, where it is required. */
  function* addedLines({ holder, isOptional, subject }: TypedPart): Generator<Line> {
    if (!holder || isOptional || !directionOf(subject).isSent) return;
    const id = oldName(holder.subject);
    const key = JSON.stringify(holder.name);
    if (old.operations.has(id) && now.operations.has(holder.subject)) {
      const before = `OldArguments<${JSON.stringify(id)}>`;
      const after = `NewArguments<${JSON.stringify(holder.subject)}>`;
      yield {
        subject,
        code: `((x: ${before}): Needs<${after}, ${key}> => x);`,
        statement: call(id),
      };
    }
    const [before, after] = [old.parts.get(id), now.parts.get(holder.subject)];
    if (!before || !after) return;
    const fields = fieldsOf(old, id, ({ isOptional }) => !isOptional);
    yield {
      subject,
      code: `((x: NonNullable<${before.type("Old")}>): Needs<NonNullable<${after.type("New")}>, ${key}> => x);`,
      statement: `${before.expression} = { ${fields.join(", ")} }`,
    };
  }

  function call(id: string, name?: string, value?: string): string {
    const { pathParameters = [], required = [] } = old.operations.get(id) ?? {};
    return callOf(id, [...pathParameters, ...required], name, value);
  }

  /** A statement that sends a value. */
  function sending({ expression, holder, name }: TypedPart, value?: string): string {
    if (holder && old.operations.has(holder.subject)) {
      return call(holder.subject, holder.name, value);
    }
    return `${expression} = ${value ?? variableName(holder?.name ?? name ?? "value")}`;
  }
}

/** How a value is declared: `payment: Payment` for a model, `order.payment` for a part of one. */
function typed({ expression, name }: TypedPart): string {
  return name === undefined ? expression : `${expression}: ${name}`;
}

function fieldsOf(
  { parts }: ClientModel,
  subject: string,
  isWanted: (part: TypedPart) => boolean = () => true,
): string[] {
  return [...parts.values()].flatMap((part) =>
    part.holder?.subject === subject && isWanted(part) ? [part.holder.name] : [],
  );
}

/** Values to compare with, for what is text or a number. */
function samplesOf(members: readonly { readonly text: string }[]): string[] {
  const samples: Readonly<Record<string, readonly string[]>> = {
    string: ['"any other text"'],
    number: ["42"],
    boolean: ["true", "false"],
  };
  return members.flatMap(({ text }) => (Object.hasOwn(samples, text) ? (samples[text] ?? []) : []));
}
