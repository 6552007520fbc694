/** `npm run page`: the vendor's page against the document. */
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { runPage } from "./page/command.js";

// Such as `| head`, which reads no further.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

// npm runs scripts in the project's folder, and keeps here where it was called.
const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;

const { exitCode, stdout, stderr } = await runPage(process.argv.slice(2), {
  root: fileURLToPath(new URL("..", import.meta.url)),
  folder: (script === "page" && caller) || process.cwd(),
  now: new Date(),
  readInput: () => buffer(process.stdin),
});
const say = [
  () => stdout !== undefined && console.log(stdout),
  () => stderr !== undefined && console.error(stderr),
];
// Why not all was compared comes before what was.
for (const one of exitCode === 2 ? say.reverse() : say) one();
process.exitCode = exitCode;
