/** `npm run page`: the vendor's page against the document. */
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { runCommand } from "./lib/command.js";
import { pageCommand } from "./page/command.js";

// npm runs scripts in the project's folder, and keeps here where it was called.
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;

await runCommand(
  pageCommand({
    root: fileURLToPath(new URL("..", import.meta.url)),
    folder: (script === "page" && caller) || process.cwd(),
    now: new Date(),
    readInput: () => buffer(process.stdin),
  }),
);
