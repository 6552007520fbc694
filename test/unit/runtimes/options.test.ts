import { expect, test } from "vitest";
import { readOptions } from "../../runtimes/options.js";

const ids = ["node-20", "deno", "chromium"];

test("runs everything, requires nothing and takes the pinned versions by default", () => {
  expect(readOptions([], ids)).toEqual({
    chosen: ids,
    required: [],
    isNewest: false,
    cache: undefined,
  });
});

test("runs what --only names, in the order of the table", () => {
  expect(readOptions(["--only", "deno,node-20"], ids)).toMatchObject({
    chosen: ["node-20", "deno"],
  });
});

test("requires what --require names, and with all every one that is chosen", () => {
  expect(readOptions(["--require", "deno"], ids)).toMatchObject({ required: ["deno"] });
  expect(readOptions(["--only", "deno", "--require", "all"], ids)).toMatchObject({
    required: ["deno"],
  });
});

test("takes --newest and --cache", () => {
  expect(readOptions(["--newest", "--cache", "elsewhere"], ids)).toMatchObject({
    isNewest: true,
    cache: "elsewhere",
  });
});

test.each(["-h", "--help"])("shows the help with %s", (flag) => {
  expect(readOptions([flag], ids)).toBe("help");
});

test.each([
  [["--only", "netscape"], 'there is no runtime "netscape"; there are node-20, deno, chromium'],
  [["--require", "netscape"], 'there is no runtime "netscape"'],
  [["--only", ","], "--only names no runtime"],
  [
    ["--only", "deno", "--require", "node-20"],
    '--require names "node-20", which --only leaves out',
  ],
  [["--onyl", "deno"], "--onyl"],
  [["deno"], "deno"],
])("refuses %j, and says why", (args, message) => {
  expect(() => readOptions(args, ids)).toThrow(message);
});
