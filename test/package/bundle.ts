import { type Bundle, bundleFor } from "../bundle.js";
import { installation } from "./installation.js";

/** Bundles all that these modules of the installed package export, minified. */
export function bundle(...names: readonly string[]): Promise<Bundle> {
  const contents = names.map((name) => `export * from "${name}";`).join("\n");
  return bundleFor({ stdin: { contents, resolveDir: installation().project } });
}
