import { readFileSync } from "node:fs";
import type TS from "typescript";
import { refuse } from "../lib/cli-error.js";
import { escapeKey } from "../lib/pointer.js";
import { ts } from "../lib/typescript.js";

/**
 * Refuses models whose names cannot be those of types, and models whose names mean something else already: what the
 * package exports, and what the generated types refer to, such as `Record`.
 *
 * @param types - the types, before models are referred to by their names
 * @throws {CliError} naming the model.
 */
export function checkModelNames(models: readonly string[], types: readonly TS.Node[]): void {
  const odd = models.find((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name));
  if (odd !== undefined) {
    refuse(
      `/components/schemas/${escapeKey(odd)}`,
      `The model "${odd}" becomes a type; name it in PascalCase.`,
    );
  }
  const exported = exportsOfPackage();
  const taken = namesTaken(types);
  for (const name of models) {
    const meaning = exported.has(name)
      ? `what ${exported.get(name)} exports`
      : taken.has(name) && "what the generated types use";
    if (!meaning) continue;
    refuse(
      `/components/schemas/${name}`,
      `The model "${name}" has the name of ${meaning}, so one of the two would hide the other. ` +
        "Rename it in the document; the API does not know what models are called.",
    );
  }
}

/** The names that types refer to. */
function namesTaken(types: readonly TS.Node[]): Set<string> {
  const taken = new Set<string>();
  const visit = (node: TS.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName))
      taken.add(node.typeName.text);
    ts.forEachChild(node, visit);
  };
  types.forEach(visit);
  return taken;
}

const root = new URL("../../", import.meta.url);

/** What each entry of the package exports by name, and the entry. Read as text: the package may not be built yet. */
function exportsOfPackage(): Map<string, string> {
  const { exports, name } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  const names = new Map<string, string>();
  for (const [entry, target] of Object.entries<{ default?: string }>(exports)) {
    const path = /^\.\/dist\/(.*)\.js$/.exec(target.default ?? "")?.[1];
    if (path === undefined) continue;
    for (const exported of exportsIn(readFileSync(new URL(`${path}.ts`, root), "utf8"))) {
      if (!names.has(exported)) names.set(exported, entry.replace(".", name));
    }
  }
  return names;
}

/** The names of an entry, which lists them and declares nothing itself. */
function exportsIn(source: string): string[] {
  const file = ts.createSourceFile("entry.ts", source, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    if (clause === undefined || !ts.isNamedExports(clause)) return [];
    return clause.elements.map(({ name }) => name.text);
  });
}
