import { expect, test } from "vitest";
import { choose } from "../../runtimes/runtimes.js";

const ids = ["node-20", "deno", "chromium"];

test("runs everything and requires nothing by default", () => {
  expect(choose({}, ids)).toEqual({ chosen: ids, required: [] });
});

test("runs what --only names, in the order of the table", () => {
  expect(choose({ only: "deno,node-20" }, ids)).toMatchObject({ chosen: ["node-20", "deno"] });
});

test("requires what --require names, and with all every one that is chosen", () => {
  expect(choose({ require: "deno" }, ids)).toMatchObject({ required: ["deno"] });
  expect(choose({ only: "deno", require: "all" }, ids)).toMatchObject({ required: ["deno"] });
});

test.each([
  [{ only: "netscape" }, 'there is no runtime "netscape"; there are node-20, deno, chromium'],
  [{ require: "netscape" }, 'there is no runtime "netscape"'],
  [{ only: "," }, "--only names no runtime"],
  [{ only: "deno", require: "node-20" }, '--require names "node-20", which --only leaves out'],
])("refuses %j, and says why", (values, message) => {
  expect(() => choose(values, ids)).toThrow(message);
});
