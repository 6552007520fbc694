import { isMap } from "../lib/json.js";
import type { Edit } from "./compare.js";
import {
  breaking,
  commonVerdict,
  compatible,
  describe,
  docs,
  type Finding,
  finding,
  kindOf,
  risky,
  typed,
  type Verdict,
} from "./finding.js";
import { isLimit, limitVerdict, schemaFinding } from "./schema-rules.js";
import { argument, type Direction, result } from "./subject.js";
import { wordKeys } from "./view.js";

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
      return edit.new
        ? finding(edit, name, " added", typed(compatible("The package exports a type more.")))
        : finding(edit, name, " removed", typed(breaking("The package exports the type no more.")));
    }
    const subject = `security scheme ${name}`.trim();
    if (path.length === 0) return finding(edit, subject, ` ${kindOf(edit)}`, security);
    return finding(edit, subject, describe(last, edit), unlessWords(security));
  }
}

const security: Verdict = risky("The server can ask for another token.");
const movedServer: Verdict = risky(
  "Requests go where they went, unless a `baseUrl` is given: then its path has to change too.",
);
const anotherServer: Verdict = risky(
  "The first server is where the client goes if it is given no `baseUrl`.",
);
const aboutItself: Verdict = docs("It is about the document itself.");

const sent = { isSent: true, isRead: false };
const read = { isSent: false, isRead: true };

/** What an edit within an operation does. `path` leads from the operation to the edit. */
function operationFinding(edit: Edit, path: readonly string[], id: string): Finding {
  const [key, name, ...rest] = path;
  const found = (detail: string, verdict: Verdict) => finding(edit, id, detail, verdict);
  if (key === undefined) {
    return edit.new
      ? found(" added", typed(compatible("The client has a method more.")))
      : found(" removed", typed(breaking("The client has the method no more.")));
  }
  if (key === "parameters" && name !== undefined) {
    return argumentFinding(edit, rest, argument(id, name));
  }
  if (key === "requestBody") return argumentFinding(edit, path.slice(1), argument(id, "body"));
  if (key === "responses" && name !== undefined) return responseFinding(edit, rest, id, name);
  if (key === "x-paging") return pagingFinding(edit, id, name);
  if (key === "operationId") {
    const renamed = typed(breaking("The method has another name."));
    return found(` renamed to ${edit.new?.value}`, renamed);
  }
  if (key === "path" || key === "method") return found(describe(key, edit), moved);
  if (key === "security") return found(describe(key, edit), security);
  if (key === "tags") return found(describe("tag", edit), docs("Tags sort the reference."));
  return found(describe(key, edit), commonVerdict(key, edit));
}

const moved: Verdict = risky(
  "No type shows it; older versions of the client go where the operation was.",
);

/** `key` is that of paging that was edited; none for paging as a whole. */
function pagingFinding(edit: Edit, id: string, key: string | undefined): Finding {
  const found = (detail: string, verdict: Verdict) => finding(edit, id, detail, verdict);
  if (key === undefined) {
    const another = typed(breaking("A list is read with `for await`, a call with `await`."));
    return found(edit.new ? " is a list now" : " is a list no more", another);
  }
  if (key === "pageSize") {
    const size = risky("No type shows it; a page holds another number of items.");
    return found(describe("page size", edit), size);
  }
  if (key === "header") {
    const header = risky("No type shows it; older versions of the client see one page only.");
    return found(describe("paging header", edit), header);
  }
  if (wordKeys.has(key)) return found(describe(key, edit), commonVerdict(key, edit));
  const unknown = risky("Nothing is known of what it does to a walk.");
  return found(describe("paging", edit), unknown);
}

/** A parameter, or the body. */
function argumentFinding(edit: Edit, path: readonly string[], subject: string): Finding {
  const [key, ...rest] = path;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined) return found(` ${kindOf(edit)}`, argumentVerdict(edit));
  if (key === "schema") return schemaFinding(edit, rest, subject, sent);
  if (key === "content") return contentFinding(edit, rest, subject, sent);
  if (key === "required") {
    const isRequired = edit.new?.value === true;
    const optional = typed(compatible("It can be left out."));
    return found(describe(key, edit), isRequired ? requiredArgument : optional);
  }
  if (key === "in") {
    const elsewhere = risky(
      "The call is written as before; older versions of the client send it to the wrong place.",
    );
    return found(`: in the ${edit.new?.value}, no longer in the ${edit.old?.value}`, elsewhere);
  }
  return found(describe(key, edit), commonVerdict(key, edit));
}

const requiredArgument: Verdict = typed(breaking("A call without it no longer works."));

/** An argument as a whole. */
function argumentVerdict({ new: now, old }: Edit): Verdict {
  if (!now) {
    return { ...typed(breaking("A call that passes it no longer works.")), isCertain: true };
  }
  if (old) return typed(risky("It is declared in another way."));
  return isMap(now.value) && now.value.required === true
    ? requiredArgument
    : typed(compatible("There is an argument more, which can be left out."));
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
  if (key !== undefined) {
    return finding(edit, subject, describe(key, edit), commonVerdict(key, edit));
  }
  const another = typed(risky("The client reads and sends JSON only."));
  return finding(edit, subject, describe(`content ${type}`.trim(), edit), another);
}

function responseFinding(edit: Edit, path: readonly string[], id: string, status: string): Finding {
  const [key, ...rest] = path;
  const isSuccess = status.startsWith("2");
  const kind = kindOf(edit);
  const subject = `${result(id)} ${status}`;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined && isSuccess) {
    const judge = kind === "added" ? compatible : risky;
    const verdict = typed(judge("The compiler sees no difference in what the call gives."));
    return finding(edit, result(id), ` ${status} ${kind}`, verdict);
  }
  if (key === undefined) {
    return found(` ${kind}`, docs("Every status of an error has its class already."));
  }
  if (key === "headers" && rest.length > 0) return headerFinding(edit, rest, subject);
  if (key === "content" && isSuccess) return contentFinding(edit, rest, result(id), read);
  if (key !== "content") return found(describe(key, edit), commonVerdict(key, edit));
  const inBody = { ...contentFinding(edit, rest, `${subject} body`, read), isTyped: false };
  if (inBody.level === "compatible" || inBody.level === "docs") return inBody;
  const reason = "No type shows it; code that looks into the `body` of an error can fail.";
  return { ...inBody, ...risky(reason) };
}

function headerFinding(
  edit: Edit,
  [name = "", key, ...rest]: readonly string[],
  response: string,
): Finding {
  const found = (detail: string, verdict: Verdict) =>
    finding(edit, `${response} header ${name}`, detail, verdict);
  if (key === undefined) {
    return edit.old
      ? found(` ${kindOf(edit)}`, risky("No type shows it; `response.headers.get` gives null."))
      : found(" added", compatible("There is a header more to read."));
  }
  const last = rest.at(-1) ?? key;
  const common = commonVerdict(last, edit);
  const isLimited = key === "schema" && rest.length === 1 && isLimit(last);
  if (isLimited) return found(describe(last, edit), limitVerdict(edit, last, read, true));
  if (common.level !== "risky") return found(describe(last, edit), common);
  const another = risky("No type shows it; code that reads the header can fail.");
  return found(describe(last, edit), another);
}
