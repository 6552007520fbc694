import { afterAll, beforeAll, expect, test } from "vitest";
import { copyRealProject, type ProjectCopy } from "../unit/project-copy.js";

let copy: ProjectCopy;
beforeAll(async () => {
  copy = await copyRealProject();
});
afterAll(() => copy?.remove());

test("the committed files of generated/ are what the document makes", async () => {
  const outcome = await copy.run("scripts/generate.ts", "--check");
  expect(outcome).toEqual({
    exitCode: 0,
    stdout: "generated/ is up to date with openapi/openapi.yaml.\n",
    stderr: "",
  });
});
