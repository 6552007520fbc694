// @ts-check
// The one lint rule that redocly.yaml cannot say in plain YAML: it compares three places of an
// operation, and one of them can be behind a `$ref`. JavaScript, as Redocly imports it unchanged.

/**
 * The part of Redocly's rule context that is used here. Its own types come with
 * `@redocly/openapi-core`, which is not a dependency of this project.
 *
 * @typedef {{ child(path: string[]): Location }} Location
 * @typedef {{
 *   key: string | number,
 *   location: Location,
 *   report(problem: { message: string, location: Location }): void,
 *   resolve(node: unknown): { node?: any },
 * }} Context
 */

const JSON_200 = ["responses", "200", "content", "application/json"];

export default function lintRules() {
  return { id: "loke", rules: { oas3: { paging } } };
}

/**
 * An operation that is a list in one place is a list in all three: its `x-paging` (the page size),
 * the paging header on its 200 (the way to the next page) and an array for a body. An array alone
 * makes a list of a GET only.
 *
 * @param {{ header: string }} options
 */
function paging({ header }) {
  return {
    Operation: {
      /** @type {(operation: any, context: Context) => void} */
      enter(operation, { key, location, report, resolve }) {
        const ok = resolve(operation.responses?.["200"]).node;
        const body = resolve(ok?.content?.["application/json"]?.schema).node;
        const hasPaging = operation["x-paging"] !== undefined;
        const hasHeader = ok?.headers?.[header] !== undefined;
        const hasArray = [body?.type].flat().includes("array");
        if (!hasPaging && !hasHeader && !(hasArray && key === "get")) return;

        const signs = [];
        if (hasPaging) signs.push("`x-paging`");
        if (hasHeader) signs.push(`\`${header}\` on its 200`);
        if (hasArray) signs.push("an array for a body");
        const list = `\`${operation.operationId}\` is a list, as it has ${signs.join(" and ")}`;
        const orElse =
          "If the page says that it is not paged, add this place to .redocly.lint-ignore.yaml, " +
          "with the page's words as the reason.";

        if (!hasPaging) {
          report({
            message:
              `${list}: add \`x-paging: { header: ${header}, pageSize: N }\` to the operation, ` +
              `N being the page size that the page states, or without it if it states none. ${orElse}`,
            location: location.child(["x-paging"]),
          });
        }
        if (!hasHeader) {
          report({
            message:
              `${list}: declare \`${header}\` under \`headers\` of its 200, as other lists do. ` +
              orElse,
            location: location.child(["responses", "200", "headers", header]),
          });
        }
        if (!hasArray) {
          report({
            message:
              `${list}: give its 200 an \`application/json\` body with a schema of ` +
              "`type: array`, or take away what makes it a list.",
            location: location.child([...JSON_200, "schema"]),
          });
        }
      },
    },
  };
}
