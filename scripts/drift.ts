/** `npm run drift`: compares what the live API answers with the document. */
import { driftCommand } from "./drift/command.js";
import { runCommand } from "./lib/command.js";

await runCommand(driftCommand(process.env));
