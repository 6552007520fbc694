import { isMap } from "../lib/json.js";
import type { Edit } from "./compare.js";
import { commonVerdict, describe, type Finding, kindOf, type Verdict } from "./finding.js";
import { isLimit, limitVerdict } from "./limits.js";
import { schemaFinding } from "./schema-rules.js";
import { argument, result } from "./subject.js";

const sent = { isSent: true, isRead: false };
const read = { isSent: false, isRead: true };

/** What an edit within an operation does. `path` leads from the operation to the edit. */
export function operationFinding(edit: Edit, path: readonly string[], id: string): Finding {
  const [key = "", name, ...rest] = path;
  if (key === "parameters" && name !== undefined)
    return parameterFinding(edit, rest, argument(id, name));
  if (key === "requestBody") return bodyFinding(edit, path.slice(1), argument(id, "body"));
  if (key === "responses" && name !== undefined) return responseFinding(edit, rest, id, name);
  const found = (detail: string, verdict: Verdict) => finding(edit, id, detail, verdict);
  switch (path.length === 0 ? "" : key) {
    case "": {
      const kind = kindOf(edit);
      return found(` ${kind}`, kind === "added" ? addedOperation : removedOperation);
    }
    case "operationId":
      return found(` renamed to ${edit.new?.value}`, renamedOperation);
    case "path":
    case "method":
      return found(describe(key, edit), moved);
    case "security":
      return found(describe(key, edit), security);
    case "tags":
      return found(describe("tag", edit), tagged);
    case "x-paging":
      if (name === "x-source") return found(describe(name, edit), commonVerdict(name, edit));
      if (name) return found(describe(pagingWords(name), edit), pagingVerdict(name));
      return found(edit.new ? " is a list now" : " is a list no more", pagingLostOrGained);
    default:
      return found(describe(key, edit), commonVerdict(key, edit));
  }
}

const addedOperation: Verdict = {
  level: "compatible",
  reason: "The client has a method more.",
  isTyped: true,
};
const removedOperation: Verdict = {
  level: "breaking",
  reason: "The client has the method no more.",
  isTyped: true,
};
const renamedOperation: Verdict = {
  level: "breaking",
  reason: "The method has another name.",
  isTyped: true,
};
const moved: Verdict = {
  level: "risky",
  reason: "No type shows it; older versions of the client go where the operation was.",
};
const security: Verdict = { level: "risky", reason: "The server can ask for another token." };
const tagged: Verdict = { level: "docs", reason: "Tags sort the reference." };
const pagingLostOrGained: Verdict = {
  level: "breaking",
  reason: "A list is read with `for await`, a call with `await`.",
  isTyped: true,
};

function pagingWords(name: string): string {
  if (name === "pageSize") return "page size";
  return name === "header" ? "paging header" : "paging";
}

function pagingVerdict(name: string): Verdict {
  if (name === "pageSize") {
    return { level: "risky", reason: "No type shows it; a page holds another number of items." };
  }
  if (name === "header") {
    return {
      level: "risky",
      reason: "No type shows it; older versions of the client see one page only.",
    };
  }
  return { level: "risky", reason: "Nothing is known of what it does to a walk." };
}

function finding(edit: Edit, subject: string, detail: string, verdict: Verdict): Finding {
  return { subject, detail, old: edit.old, new: edit.new, ...verdict };
}

function parameterFinding(edit: Edit, path: readonly string[], subject: string): Finding {
  const [key, ...rest] = path;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  const kind = kindOf(edit);
  if (key === undefined) return found(` ${kind}`, argumentVerdict(edit));
  if (key === "schema") return schemaFinding(edit, rest, subject, sent);
  if (key === "required")
    return found(describe(key, edit), requiredVerdict(edit.new?.value === true));
  if (key === "in") {
    return found(`: in the ${edit.new?.value}, no longer in the ${edit.old?.value}`, {
      level: "risky",
      reason:
        "The call is written as before; older versions of the client send it to the wrong place.",
    });
  }
  return found(describe(key, edit), commonVerdict(key, edit));
}

/** An argument, or a body, as a whole. */
function argumentVerdict(edit: Edit): Verdict {
  const isTyped = true;
  const now = edit.new?.value;
  if (!edit.new)
    return {
      level: "breaking",
      reason: "A call that passes it no longer works.",
      isTyped,
      isCertain: true,
    };
  if (edit.old) return { level: "risky", reason: "It is declared in another way.", isTyped };
  return isMap(now) && now.required === true
    ? { level: "breaking", reason: "A call without it no longer works.", isTyped }
    : { level: "compatible", reason: "There is an argument more, which can be left out.", isTyped };
}

function requiredVerdict(isRequired: boolean): Verdict {
  return isRequired
    ? { level: "breaking", reason: "A call without it no longer works.", isTyped: true }
    : { level: "compatible", reason: "It can be left out.", isTyped: true };
}

function bodyFinding(edit: Edit, path: readonly string[], subject: string): Finding {
  const [key, ...rest] = path;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined) return found(` ${kindOf(edit)}`, argumentVerdict(edit));
  if (key === "required")
    return found(describe(key, edit), requiredVerdict(edit.new?.value === true));
  if (key === "content") return contentFinding(edit, rest, subject, sent);
  return found(describe(key, edit), commonVerdict(key, edit));
}

function contentFinding(
  edit: Edit,
  path: readonly string[],
  subject: string,
  way: typeof sent,
): Finding {
  const [type, key, ...rest] = path;
  if (type === "application/json" && key === "schema")
    return schemaFinding(edit, rest, subject, way);
  const name = key ?? `content ${type ?? ""}`.trim();
  const verdict: Verdict =
    key === undefined
      ? { level: "risky", reason: "The client reads and sends JSON only.", isTyped: true }
      : commonVerdict(key, edit);
  return finding(edit, subject, describe(name, edit), verdict);
}

function responseFinding(edit: Edit, path: readonly string[], id: string, status: string): Finding {
  const [key, ...rest] = path;
  const isSuccess = /^2/.test(status);
  const kind = kindOf(edit);
  const subject = `${result(id)} ${status}`;
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined && isSuccess) {
    return finding(edit, result(id), ` ${status} ${kind}`, {
      level: kind === "added" ? "compatible" : "risky",
      reason: "The compiler sees no difference in what the call gives.",
      isTyped: true,
    });
  }
  if (key === undefined) {
    return found(` ${kind}`, {
      level: "docs",
      reason: "Every status of an error has its class already.",
    });
  }
  if (key === "headers" && rest.length > 0) return headerFinding(edit, rest, subject);
  if (key === "content" && isSuccess) return contentFinding(edit, rest, result(id), read);
  if (key === "content") {
    const found = contentFinding(edit, rest, `${subject} body`, read);
    return found.level === "breaking" || found.level === "risky"
      ? { ...found, ...errorBody }
      : { ...found, isTyped: false };
  }
  return found(describe(key, edit), commonVerdict(key, edit));
}

const errorBody: Verdict = {
  level: "risky",
  isTyped: false,
  reason: "No type shows it; code that looks into the `body` of an error can fail.",
};

function headerFinding(edit: Edit, path: readonly string[], response: string): Finding {
  const [name = "", key, ...rest] = path;
  const subject = `${response} header ${name}`;
  const kind = kindOf(edit);
  const found = (detail: string, verdict: Verdict) => finding(edit, subject, detail, verdict);
  if (key === undefined && kind === "added") {
    return found(" added", { level: "compatible", reason: "There is a header more to read." });
  }
  if (key === undefined) {
    const reason = "No type shows it; `response.headers.get` gives null.";
    return found(` ${kind}`, { level: "risky", reason });
  }
  const last = rest.at(-1) ?? key;
  if (key === "schema" && rest.length === 1 && isLimit(last)) {
    return found(describe(last, edit), limitVerdict(edit, last, read, true));
  }
  const common = commonVerdict(last, edit);
  if (common.level !== "risky") return found(describe(last, edit), common);
  const reason = "No type shows it; code that reads the header can fail.";
  return found(describe(last, edit), { level: "risky", reason });
}
