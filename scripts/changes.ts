/** `npm run changes`: what a change of the document does to users of the client. */
import { fileURLToPath } from "node:url";
import { changesCommand } from "./changes/command.js";
import { runCommand } from "./lib/command.js";

await runCommand(
  changesCommand({
    root: fileURLToPath(new URL("..", import.meta.url)),
    folder: process.cwd(),
  }),
);
