/** Calls every operation of the project's document on its mock: for a copy of the project whose document has moved. */

import { documentPath } from "../../scripts/mock/operations.js";
import { problemsOfServed } from "../contract/every-operation.js";

const problems = await problemsOfServed(documentPath);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
