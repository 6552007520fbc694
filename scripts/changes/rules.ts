import type { Edit } from "./compare.js";
import { commonVerdict, describe, type Finding, kindOf, type Verdict } from "./finding.js";
import { operationFinding } from "./operation-rules.js";
import { schemaFinding } from "./schema-rules.js";
import type { Direction } from "./subject.js";

/** What rules need to know besides the edit. */
export interface Context {
  readonly directionOf: (model: string) => Direction;
  /** Whether requests go to the same URLs as before, whatever the servers are. */
  readonly isSameServer?: boolean;
}

/** What an edit of a document's view does to a user of the client. */
export function findingOf(edit: Edit, { directionOf, isSameServer = false }: Context): Finding {
  const [root = "", first, ...rest] = edit.path;
  const found = (subject: string, detail: string, verdict: Verdict): Finding => ({
    subject,
    detail,
    old: edit.old,
    new: edit.new,
    ...verdict,
  });
  if (root === "operations" && first !== undefined) return operationFinding(edit, rest, first);
  if (root === "components" && first === "schemas") {
    const [model = "", ...path] = rest;
    const kind = kindOf(edit);
    return path.length === 0 && kind !== "changed"
      ? found(model, ` ${kind}`, kind === "added" ? addedModel : removedModel)
      : schemaFinding(edit, path, model, directionOf(model));
  }
  const last = edit.path.at(-1) ?? "";
  const common = commonVerdict(last, edit);
  if (root === "components") {
    const subject = `security scheme ${rest[0] ?? ""}`.trim();
    if (rest.length < 2) return found(subject, ` ${kindOf(edit)}`, security);
    return found(subject, describe(last, edit), common.level === "docs" ? common : security);
  }
  if (root === "security") return found("security", describe("requirement", edit), security);
  if (root === "servers") {
    const server = isSameServer && first === "0" ? movedServer : anotherServer;
    if (edit.isOrder) return found("server", ": in another order", server);
    const { url } = Object((edit.new ?? edit.old)?.value);
    if (edit.path.length === 2) return found("server", ` ${url} ${kindOf(edit)}`, server);
    return found("server", describe(last, edit), common.level === "docs" ? common : server);
  }
  if (root === "tags" && rest.length === 0 && first !== undefined) {
    return found("tags", `: ${first} ${kindOf(edit)}`, about);
  }
  if (root === "tags" || root === "info" || root === "externalDocs") {
    return found(root, describe(edit.path.slice(1).join(" "), edit), about);
  }
  if (root === "pathItems") return found(first ?? root, describe(last, edit), common);
  return found(root, describe(edit.path.slice(1).join(" ") || "value", edit), common);
}

const addedModel: Verdict = {
  level: "compatible",
  reason: "The package exports a type more.",
  isTyped: true,
};
const removedModel: Verdict = {
  level: "breaking",
  reason: "The package exports the type no more.",
  isTyped: true,
};
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
const about: Verdict = { level: "docs", reason: "It is about the document itself." };
