import { redocly } from "./redocly.js";

// Lints the document. Redocly's own codes are ours: 0 clean, 1 problems, 2 could not run.
const { code, stdout, stderr } = await redocly("lint", "openapi/openapi.yaml");
console.log(stdout.trim() || stderr.trim());
process.exitCode = code;
