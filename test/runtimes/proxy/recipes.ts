import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { codeBlocks } from "../../document/code-blocks.js";
import { root } from "../../package/install.js";

/** A program of the guide that goes through a proxy. */
export interface Recipe {
  /** Such as `line 510`. */
  readonly name: string;
  /** As the guide has it. */
  readonly source: string;
  /** The same as JavaScript. */
  readonly code: string;
  /** Whether it imports undici. */
  readonly needsUndici: boolean;
  /** Set besides `HTTPS_PROXY`. */
  readonly env: Readonly<Record<string, string>>;
}

const page = "scripts/docs/guide/proxies.md";
const heading = "## Behind a proxy";

/**
 * Returns the programs of the guide's section on proxies, and the first program of the README with the variable that
 * the section names.
 */
export async function readRecipes(): Promise<Recipe[]> {
  const markdown = await readFile(join(root, page), "utf8");
  const [before = "", rest] = markdown.split(`\n${heading}\n`);
  if (rest === undefined) throw new Error(`${page} has no "${heading}".`);
  const [section = ""] = rest.split(/^#{2,3} /m);
  const [variable] = /\bNODE_USE_ENV_PROXY=1\b/.exec(section) ?? [];
  const [first] = codeBlocks(await readFile(join(root, "README.md"), "utf8"));
  const blocks = codeBlocks(section).map((block) => ({
    ...block,
    line: before.split("\n").length + 1 + block.line,
  }));
  if (blocks.length === 0 || first === undefined || variable === undefined)
    throw new Error(`"${heading}" of ${page} lacks a program or NODE_USE_ENV_PROXY=1.`);
  const [name = "", value = ""] = variable.split("=");
  return Promise.all([
    ...blocks.map(({ code, line }) => toRecipe(`line ${line}`, code, {})),
    toRecipe(variable, first.code, { [name]: value }),
  ]);
}

async function toRecipe(name: string, source: string, env: Recipe["env"]): Promise<Recipe> {
  const { code } = await transform(source, { loader: "ts", format: "esm", target: "esnext" });
  return { name, source, code, needsUndici: /\bfrom ["']undici["']/.test(code), env };
}
