import { delimiter, join } from "node:path";
import { exists } from "../exists.js";
import { NotRun } from "../runtime.js";

/** @throws {NotRun} if this machine has none */
export async function findChromium(): Promise<string> {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const folder of PATH.split(delimiter)) {
    for (const name of names) {
      if (folder && (await exists(join(folder, name)))) return join(folder, name);
    }
  }
  throw new NotRun("there is no Chromium: install it, or set CHROMIUM_PATH");
}
