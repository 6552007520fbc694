import { transform } from "esbuild";
import { expect, test } from "vitest";
import { createClient } from "../../src/index.js";
import { readGuidePage } from "./documents.js";

/** The guide's own token function, with an issuer that counts. */
async function guideProvider() {
  const { markdown } = readGuidePage("authentication");
  const [source = ""] = /let token: Promise<string>[\s\S]*?\n}\n/.exec(markdown) ?? [];
  const issuer = `
    export const issued = [];
    async function requestToken() {
      const name = "token-" + (issued.length + 1);
      issued.push(name);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return name;
    }
    export { accessToken };`;
  const { code } = await transform(source + issuer, { loader: "ts" });
  const provider = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return provider as {
    accessToken: (context: { refused?: string }) => Promise<string>;
    issued: readonly string[];
  };
}

test("the guide's token function costs one request at a cold start, and one for many late 401s", async () => {
  const { accessToken, issued } = await guideProvider();
  let isRevoked = false;
  const loke = createClient({
    accessToken,
    async fetch(_, { headers }) {
      const isOld = new Headers(headers).get("authorization") === "Bearer token-1";
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      return isOld && isRevoked
        ? Response.json({}, { status: 401 })
        : Response.json({ id: "c", firstName: "F", lastName: "L" });
    },
  });
  const call = () => loke.getCustomer({ organizationId: "o", customerId: "c" });
  await Promise.all(Array.from({ length: 100 }, call));
  expect(issued).toEqual(["token-1"]);
  isRevoked = true;
  await Promise.all(Array.from({ length: 100 }, call));
  expect(issued).toEqual(["token-1", "token-2"]);
});
