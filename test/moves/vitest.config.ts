import { defineConfig } from "vitest/config";

/** A configuration of its own: these tests take minutes, and `npm test` leaves them out. `npm run test:moves`. */
export default defineConfig({
  test: {
    name: "moves",
    root: import.meta.dirname,
    include: ["*.test.ts"],
    maxWorkers: "100%",
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
