import { defineConfig } from "vitest/config";

/** A configuration of its own: this test takes a minute or more, and `npm test` leaves it out. `npm run test:random`. */
export default defineConfig({
  test: {
    name: "random",
    root: import.meta.dirname,
    include: ["*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 3_600_000,
  },
});
