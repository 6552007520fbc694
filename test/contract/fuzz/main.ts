/** `npm run test:fuzz`: random requests to `npm run mock`, until something is wrong or the time is up. */
import { startMock } from "../../../scripts/mock/start-mock.js";
import { fuzz } from "./fuzz.js";

const { FUZZ_SECONDS = "60", FUZZ_SEED = String(Math.floor(Math.random() * 2 ** 31)) } =
  process.env;
const seed = Number(FUZZ_SEED);
const seconds = Number(FUZZ_SECONDS);
if (!Number.isInteger(seed) || !(seconds > 0)) {
  console.error("test:fuzz: FUZZ_SEED is a whole number, and FUZZ_SECONDS a number above 0");
  process.exit(2);
}

console.log(`Random requests to the mock for ${seconds} s; again with FUZZ_SEED=${seed}`);
const disagreements: string[] = [];
await using mock = await startMock({ onDisagreement: (words) => disagreements.push(words) });
const { failures, requests, statuses } = await fuzz({
  mock,
  disagreements,
  seed,
  durationMs: seconds * 1000,
});
console.log(`${requests} requests; answers by status:`, statuses);
for (const failure of failures) console.error(`\n${failure}`);
if (failures.length > 0) console.error(`\n${failures.length} failures with FUZZ_SEED=${seed}`);
process.exitCode = failures.length === 0 ? 0 : 1;
