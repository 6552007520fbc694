/** `npm run mock`: the API on this machine, with customers to page through. */
import { runCommand } from "./lib/command.js";
import { mockCommand } from "./mock/command.js";

await runCommand(mockCommand);
