/** `npm run generate`: `generated/` from the document. */
import { fileURLToPath } from "node:url";
import { generateCommand } from "./generate/command.js";
import { runCommand } from "./lib/command.js";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
await runCommand(generateCommand);
