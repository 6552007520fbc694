import { staleMessage } from "./lint/exceptions.js";
import { lint } from "./lint/redocly.js";

// Lints the document. Redocly's own codes are ours: 0 clean, 1 problems, 2 could not run.
const { code, report, stale } = await lint("openapi/openapi.yaml");
console.log(report);
for (const one of stale) console.error(staleMessage(one));
process.exitCode = code || (stale.length === 0 ? 0 : 1);
