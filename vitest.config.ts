import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { fixturePlugin } from "./test/fixture/vite.js";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** As tsconfig.json has it: what imports the package by its name needs no build. */
const resolve = {
  alias: [
    { find: "loke-customers/testing", replacement: path("src/testing.ts") },
    // tsx goes by the build here.
    { find: "loke-customers/drift", replacement: path("src/drift.ts") },
    { find: /^loke-customers$/, replacement: path("src/index.ts") },
  ],
};

/**
 * The files of a project share two processes, and what these have loaded: the compiler alone takes a second. So a test
 * restores each global that it replaces.
 */
const isolate = false;

/** A folder of tests that run on the fixture document: a change of the real one leaves them as they are. */
function onFixture(
  name: string,
  test: TestProjectInlineConfiguration["test"],
): TestProjectInlineConfiguration {
  return {
    plugins: [fixturePlugin()],
    resolve,
    test: {
      name,
      isolate,
      include: [`test/${name}/**/*.test.ts`],
      // Of a machine that does other things as well.
      hookTimeout: 60_000,
      ...test,
    },
  };
}

export default defineConfig({
  test: {
    // Most tests that take long wait for a process of their own, so a core need not be left free.
    maxWorkers: "100%",
    // The OpenID provider that tests run says what it thinks of being run by tests.
    onConsoleLog: (log) => !/^(oidc-provider (WARNING|NOTICE): .*\n?)+$/.test(log),
    projects: [
      onFixture("unit", { testTimeout: 30_000 }),
      onFixture("testing", { testTimeout: 60_000 }),
      onFixture("faults", { testTimeout: 60_000 }),
      onFixture("auth", { testTimeout: 30_000 }),
      onFixture("cli", { include: ["test/cli/*.test.ts"], testTimeout: 60_000 }),
      onFixture("types", {
        include: [],
        typecheck: {
          enabled: true,
          only: true,
          include: ["test/types/**/*.test-d.ts"],
          checker: path("test/fixture/tsc.mjs"),
          tsconfig: "test/types/tsconfig.json",
        },
      }),
      onFixture("contract", { testTimeout: 60_000, hookTimeout: 60_000 }),
      onFixture("package", {
        include: ["test/package/**/*.test.ts", "test/cli/installed/**/*.test.ts"],
        globalSetup: ["test/package/setup.ts"],
        testTimeout: 240_000,
        hookTimeout: 240_000,
      }),
      // What is said of the real document, and shown with it: all that a change of it can make false.
      {
        resolve,
        test: {
          name: "document",
          isolate,
          globalSetup: ["test/document/setup.ts"],
          include: ["test/document/**/*.test.ts"],
          typecheck: {
            enabled: true,
            include: ["test/document/**/*.test-d.ts"],
            tsconfig: "test/document/tsconfig.json",
          },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      // Not part of `npm test`: it needs Chromium. `npm run test:browser`. Other steps of CI run at the same time.
      {
        resolve,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
