import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Options {
  /** The runtimes to run. */
  readonly chosen: readonly string[];
  /** Those that must run. */
  readonly required: readonly string[];
  readonly isNewest: boolean;
  /** The folder in which runtimes are kept. */
  readonly cache: string | undefined;
}

/** @throws {Error} that says what is wrong with the arguments */
export function readOptions(args: readonly string[], ids: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      require: { type: "string", default: "" },
      newest: { type: "boolean", default: false },
      cache: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return "help";
  const list = (text: string) => {
    const names = text.split(",").filter((name) => name !== "");
    const unknown = names.find((name) => !ids.includes(name));
    if (unknown !== undefined) {
      throw new Error(`there is no runtime "${unknown}"; there are ${ids.join(", ")}`);
    }
    return ids.filter((id) => names.includes(id));
  };
  const chosen = values.only === undefined ? ids : list(values.only);
  const required = values.require === "all" ? chosen : list(values.require);
  if (chosen.length === 0) throw new Error("--only names no runtime");
  const left = required.find((id) => !chosen.includes(id));
  if (left !== undefined) throw new Error(`--require names "${left}", which --only leaves out`);
  return { chosen, required, isNewest: values.newest, cache: values.cache };
}
