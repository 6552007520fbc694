import type { Facts, OperationFacts } from "./facts.js";

/** `organizationIdstringpathOrganization ID`: nothing stands between the cells of a row. */
const parameterRow = /^(\w+?)(string|integer|boolean)(path|query)(.*)$/;

/** `dobstring(optional) The Customers date of birth in YYYY-MM-DD format`; each model is a Customer…. */
const fieldRow = /^(\w+?)(string|integer|boolean|Customer\w*)(\(optional\))?(.*)$/;

/** Reads the flat text of the captured page: its facts, and its sentences. */
export function readPage(text: string): { facts: Facts; sentences: string[] } {
  const operations: Record<string, OperationFacts> = {};
  const models: Record<string, Record<string, string>> = {};
  const prose: string[] = [];
  const blocks = text.trim().split(/\n{2,}/);
  let request = "";
  let parameters: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const [head = "", ...rows] = block.split("\n");
    if (/^[a-z]+ \//.test(head)) {
      request = head;
    } else if (head === "NameTypeInDescription") {
      parameters = [];
      for (const row of rows) {
        const [, name, type, place, description = ""] = parameterRow.exec(row) ?? [];
        // What is no row of its own lists the values of the one above: "created", "updated"
        if (name) parameters.push(`${name} ${type} ${place}`);
        else parameters.push(`${parameters.pop()} ${JSON.parse(`[${row}]`).join("|")}`);
        prose.push(description);
      }
    } else if (head === "NameTypeDescription") {
      const name = blocks.slice(0, index).findLast((earlier) => /^\w+$/.test(earlier)) ?? "";
      const fields = rows.map((row) => fieldRow.exec(row) ?? [row]);
      models[name] = Object.fromEntries(
        fields.map(([, field, type, optional]) => [field, type + (optional ? "?" : "")]),
      );
      prose.push(...fields.map((cells) => cells[4] ?? ""));
    } else if (/^\d{3}: /.test(head)) {
      const [title = "", description = ""] = blocks.slice(0, blocks.indexOf(request)).slice(-2);
      const pageSize = /paged by (\d+) results/.exec(description)?.[1];
      const header = /\bUse (\S+) to/.exec(description)?.[1];
      const [example = "null"] = /^[[{]$[\s\S]*^[\]}]$/m.exec(block) ?? [];
      operations[request] = {
        title: title.toLowerCase(),
        ...(pageSize && header && { paging: { header, pageSize: Number(pageSize) } }),
        parameters,
        responses: Object.fromEntries(
          [...block.matchAll(/^(\d{3}): [\w ]+\.(.*)$/gm)].map(([, status, model]) => [
            status,
            model,
          ]),
        ),
        example: JSON.parse(example),
      };
    } else {
      prose.push(block);
    }
  }
  const sentences = prose.flatMap((one) => one.split(/[.?!:]\s|\n|\s-\s/)).filter(Boolean);
  return { facts: { operations, models }, sentences };
}
