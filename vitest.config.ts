import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** As tsconfig.json has it: what imports the package by its name needs no build. */
const resolve = {
  alias: { "loke-customers/testing": fileURLToPath(new URL("src/testing.ts", import.meta.url)) },
};

export default defineConfig({
  test: {
    // Most tests that take long wait for a process of their own, so a core need not be left free.
    maxWorkers: "100%",
    // The OpenID provider that tests run says what it thinks of being run by tests.
    onConsoleLog: (log) => !/^(oidc-provider (WARNING|NOTICE): .*\n?)+$/.test(log),
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], testTimeout: 30_000 } },
      { test: { name: "testing", include: ["test/testing/**/*.test.ts"], testTimeout: 60_000 } },
      { test: { name: "faults", include: ["test/faults/**/*.test.ts"], testTimeout: 60_000 } },
      { test: { name: "auth", include: ["test/auth/**/*.test.ts"], testTimeout: 30_000 } },
      {
        test: {
          name: "types",
          include: [],
          typecheck: { enabled: true, only: true, include: ["test/types/**/*.test-d.ts"] },
        },
      },
      {
        resolve,
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: "package",
          globalSetup: ["test/package/install.ts"],
          include: ["test/package/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      // Not part of `npm test`: it needs Chromium. `npm run test:browser`.
      {
        resolve,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
