import { isMap } from "../lib/json.js";
import type { Level } from "./change.js";
import type { Edit, Side } from "./compare.js";
import { isLimit, limitVerdict, schemaFinding } from "./schema-rules.js";
import { argument, type Direction, result } from "./subject.js";
import { wordKeys } from "./view.js";

/** What a rule makes of one edit, before the compiler has been asked. */
export interface Finding extends Verdict {
  readonly subject: string;
  /** What happened to the subject, to be read after its name: ` removed`, `: format date → date-time`. */
  readonly detail: string;
  /** One value of an enum came or went. */
  readonly isEnumValue?: boolean;
  readonly old?: Side | undefined;
  readonly new?: Side | undefined;
}

export interface Verdict {
  readonly level: Level;
  /** Why this is its level, as a sentence. */
  readonly reason: string;
  /** Whether the edit can change a type: then it is described by its types, and compiler errors are looked for. */
  readonly isTyped?: boolean;
  /** Whether it breaks calls at run time, even if the compiler has nothing against them. */
  readonly isCertain?: boolean;
}

/** What rules need to know besides the edit. */
export interface Context {
  readonly directionOf: (model: string) => Direction;
  /** Whether requests go to the same URLs as before, whatever the servers are. */
  readonly isSameServer?: boolean;
}

/** Returns what an edit of a document's view does to a user of the client. */
export function findingOf(edit: Edit, context: Context): Finding {
  const [root = "", first, ...rest] = edit.path;
  const last = edit.path.at(-1) ?? "";
  const common = commonVerdict(last, edit);
  /** Words are words wherever they are; all else about a thing has one verdict. */
  const unlessWords = (other: Verdict) => (common.level === "docs" ? common : other);
  if (first !== undefined) {
    if (root === "operations") return operationFinding(edit, rest, first);
    if (root === "components") return componentFinding(edit, rest, context, first);
    if (root === "pathItems") return finding(edit, first, describe(last, edit), common);
    if (root === "tags" && rest.length === 0) {
      return finding(edit, root, `: ${first} ${kindOf(edit)}`, aboutItself);
    }
  }
  if (root === "security") return finding(edit, root, describe("requirement", edit), security);
  if (root === "servers") {
    const server = context.isSameServer && first === "0" ? movedServer : anotherServer;
    const { url } = Object((edit.new ?? edit.old)?.value);
    if (edit.isOrder) return finding(edit, "server", ": in another order", server);
    if (edit.path.length === 2) return finding(edit, "server", ` ${url} ${kindOf(edit)}`, server);
    return finding(edit, "server", describe(last, edit), unlessWords(server));
  }
  const isItself = /^(tags|info|externalDocs)$/.test(root);
  const name = edit.path.slice(1).join(" ") || (isItself ? "" : "value");
  return finding(edit, root, describe(name, edit), isItself ? aboutItself : common);

  function componentFinding(
    edit: Edit,
    [name = "", ...path]: readonly string[],
    { directionOf }: Context,
    kind: string,
  ): Finding {
    if (kind === "schemas") {
      const isWhole = path.length === 0 && kindOf(edit) !== "changed";
      if (!isWhole) return schemaFinding(edit, path, name, directionOf(name));
      return finding(edit, name, ` ${kindOf(edit)}`, edit.new ? addedModel : removedModel);
    }
    const subject = `security scheme ${name}`.trim();
    if (path.length === 0) return finding(edit, subject, ` ${kindOf(edit)}`, security);
    return finding(edit, subject, describe(last, edit), unlessWords(security));
  }
}

const addedModel: Verdict = typed("compatible", "The package exports a type more.");
const removedModel: Verdict = typed("breaking", "The package exports the type no more.");
const security: Verdict = { level: "risky", reason: "The server can ask for another token." };
const movedServer: Verdict = {
  level: "risky",
  reason:
    "Requests go where they went, unless a `baseUrl` is given: then its path has to change too.",
};
const anotherServer: Verdict = {
  level: "risky",
  reason: "The first server is where the client goes if it is given no `baseUrl`.",
};
const aboutItself: Verdict = { level: "docs", reason: "It is about the document itself." };

export function finding(edit: Edit, subject: string, detail: string, verdict: Verdict): Finding {
  return { subject, detail, old: edit.old, new: edit.new, ...verdict };
}

export function typed(level: Level, reason: string): Verdict {
  return { level, reason, isTyped: true };
}

export type Kind = "added" | "removed" | "changed" | "reordered";

export function kindOf(edit: Edit): Kind {
  if (edit.isOrder) return "reordered";
  if (!edit.old) return "added";
  return edit.new ? "changed" : "removed";
}

/** The verdict on a key that means the same everywhere, or on one that nobody knows. */
export function commonVerdict(key: string, edit: Edit): Verdict {
  if (wordKeys.has(key)) {
    return { level: "docs", reason: "Words and examples are in no type and no request." };
  }
  if (key !== "deprecated") {
    return { level: "risky", reason: `Nothing is known of what \`${key}\` does to users.` };
  }
  return edit.new?.value === true
    ? { level: "compatible", reason: "It works as before; editors strike it through." }
    : { level: "docs", reason: "It is no longer marked as deprecated." };
}

/** `: format "date" → "date-time"`, `: description added`. */
export function describe(name: string, edit: Edit): string {
  const kind = kindOf(edit);
  if (kind === "reordered") return `: ${name} in another order`;
  const isWords = wordKeys.has(name);
  if (isWords && (kind === "changed" || edit.path.at(-1) !== name)) return `: ${name} changed`;
  if (kind !== "changed") {
    return `: ${name}${isWords ? "" : ` ${short(textOf(edit.new ?? edit.old))}`} ${kind}`;
  }
  const [old, now] = [textOf(edit.old), textOf(edit.new)];
  return `: ${name} ${differing(old, now)} → ${differing(now, old)}`;
}

/** A value on one line. */
function textOf(side: Side | undefined): string {
  const text = typeof side?.value === "string" ? side.value : JSON.stringify(side?.value);
  return (text ?? "").replaceAll(/\s+/g, " ");
}

const longest = 60;

/** A text that is cut where it is too long for a line beside others. */
export function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** A text beside one that it differs from: of a long one, the part that differs, and some of what is around it. */
export function differing(text: string, other: string): string {
  if (Math.max(text.length, other.length) <= longest) return text;
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  // Whole words, from the field that differs on.
  const word = text.lastIndexOf(" ", Math.max(0, start - 1)) + 1;
  const field = text.lastIndexOf("; ", word - 2) + 2;
  const from = field > 1 && start - field < longest / 2 ? field : word;
  const rest = text.slice(text.length - end).search(/[\s;,|)}\]]/);
  const to = rest < 0 ? text.length : text.length - end + rest;
  const part = short(text.slice(from, Math.max(to, from)).trim());
  const isCut = to < text.length && !part.endsWith("…");
  return [from > 0 && "…", part, isCut && "…"].filter(Boolean).join(" ");
}

const sent = { isSent: true, isRead: false };
const read = { isSent: false, isRead: true };

/** What an edit within an operation does. `path` leads from the operation to the edit. */
function operationFinding(edit: Edit, path: readonly string[], id: string): Finding {
  const [key, name, ...rest] = path;
  const found = (detail: string, verdict: Verdict) => finding(edit, id, detail, verdict);
  if (key === undefined) {
    return found(` ${kindOf(edit)}`, edit.new ? addedOperation : removedOperation);
  }
  if (key === "parameters" && name !== undefined) {
    return argumentFinding(edit, rest, argument(id, name));
  }
  if (key === "requestBody") return argumentFinding(edit, path.slice(1), argument(id, "body"));
  if (key === "responses" && name !== undefined) return responseFinding(edit, rest, id, name);
  if (key === "operationId") return found(` renamed to ${edit.new?.value}`, renamedOperation);
  if (key === "path" || key === "method") return found(describe(key, edit), moved);
  if (key === "security") return found(describe(key, edit), security);
  if (key === "tags") return found(describe("tag", edit), tagged);
  if (key !== "x-paging") return found(describe(key, edit), commonVerdict(key, edit));
  if (name === undefined) {
    return found(edit.new ? " is a list now" : " is a list no more", pagingLostOrGained);
  }
  const [words, verdict] = paging[name] ?? ["paging", unknownPaging];
  if (wordKeys.has(name)) return found(describe(name, edit), commonVerdict(name, edit));
  return found(describe(words, edit), verdict);
}

const addedOperation: Verdict = typed("compatible", "The client has a method more.");
const removedOperation: Verdict = typed("breaking", "The client has the method no more.");
const renamedOperation: Verdict = typed("breaking", "The method has another name.");
const moved: Verdict = {
  level: "risky",
  reason: "No type shows it; older versions of the client go where the operation was.",
};
const tagged: Verdict = { level: "docs", reason: "Tags sort the reference." };
const pagingLostOrGained: Verdict = typed(
  "breaking",
  "A list is read with `for await`, a call with `await`.",
);
const unknownPaging: Verdict = {
  level: "risky",
  reason: "Nothing is known of what it does to a walk.",
};

/** What the keys of paging are called, and what an edit of them does. */
const paging: Readonly<Record<string, readonly [words: string, Verdict]>> = {
  pageSize: [
    "page size",
    { level: "risky", reason: "No type shows it; a page holds another number of items." },
  ],
  header: [
    "paging header",
    {
      level: "risky",
      reason: "No type shows it; older versions of the client see one page only.",
    },
  ],
};

/** A parameter, or the body. */
function argumentFinding(edit: Edit, path: readonly string[], subject: string): Finding {
  const [key, ...rest] = path;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined) return found(` ${kindOf(edit)}`, argumentVerdict(edit));
  if (key === "schema") return schemaFinding(edit, rest, subject, sent);
  if (key === "content") return contentFinding(edit, rest, subject, sent);
  if (key === "required") {
    const isRequired = edit.new?.value === true;
    return found(describe(key, edit), isRequired ? requiredArgument : optionalArgument);
  }
  if (key !== "in") return found(describe(key, edit), commonVerdict(key, edit));
  return found(`: in the ${edit.new?.value}, no longer in the ${edit.old?.value}`, {
    level: "risky",
    reason:
      "The call is written as before; older versions of the client send it to the wrong place.",
  });
}

const requiredArgument: Verdict = typed("breaking", "A call without it no longer works.");
const optionalArgument: Verdict = typed("compatible", "It can be left out.");

/** An argument as a whole. */
function argumentVerdict(edit: Edit): Verdict {
  const now = edit.new?.value;
  if (!edit.new) {
    return { ...typed("breaking", "A call that passes it no longer works."), isCertain: true };
  }
  if (edit.old) return typed("risky", "It is declared in another way.");
  return isMap(now) && now.required === true
    ? requiredArgument
    : typed("compatible", "There is an argument more, which can be left out.");
}

function contentFinding(
  edit: Edit,
  [type = "", key, ...rest]: readonly string[],
  subject: string,
  direction: Direction,
): Finding {
  if (type === "application/json" && key === "schema") {
    return schemaFinding(edit, rest, subject, direction);
  }
  const name = key ?? `content ${type}`.trim();
  const verdict =
    key === undefined
      ? typed("risky", "The client reads and sends JSON only.")
      : commonVerdict(key, edit);
  return finding(edit, subject, describe(name, edit), verdict);
}

function responseFinding(edit: Edit, path: readonly string[], id: string, status: string): Finding {
  const [key, ...rest] = path;
  const isSuccess = status.startsWith("2");
  const kind = kindOf(edit);
  const subject = `${result(id)} ${status}`;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined && isSuccess) {
    const level = kind === "added" ? "compatible" : "risky";
    const verdict = typed(level, "The compiler sees no difference in what the call gives.");
    return finding(edit, result(id), ` ${status} ${kind}`, verdict);
  }
  if (key === undefined) return found(` ${kind}`, knownStatus);
  if (key === "headers" && rest.length > 0) return headerFinding(edit, rest, subject);
  if (key === "content" && isSuccess) return contentFinding(edit, rest, result(id), read);
  if (key !== "content") return found(describe(key, edit), commonVerdict(key, edit));
  const inBody = contentFinding(edit, rest, `${subject} body`, read);
  const isWorse = inBody.level === "breaking" || inBody.level === "risky";
  return { ...inBody, ...(isWorse && errorBody), isTyped: false };
}

const knownStatus: Verdict = {
  level: "docs",
  reason: "Every status of an error has its class already.",
};
const errorBody: Verdict = {
  level: "risky",
  reason: "No type shows it; code that looks into the `body` of an error can fail.",
};

function headerFinding(
  edit: Edit,
  [name = "", key, ...rest]: readonly string[],
  response: string,
): Finding {
  const subject = `${response} header ${name}`;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined) return found(` ${kindOf(edit)}`, edit.old ? lostHeader : addedHeader);
  const last = rest.at(-1) ?? key;
  const common = commonVerdict(last, edit);
  const isLimited = key === "schema" && rest.length === 1 && isLimit(last);
  if (isLimited) return found(describe(last, edit), limitVerdict(edit, last, read, true));
  return found(describe(last, edit), common.level === "risky" ? changedHeader : common);
}

const addedHeader: Verdict = { level: "compatible", reason: "There is a header more to read." };
const lostHeader: Verdict = {
  level: "risky",
  reason: "No type shows it; `response.headers.get` gives null.",
};
const changedHeader: Verdict = {
  level: "risky",
  reason: "No type shows it; code that reads the header can fail.",
};
