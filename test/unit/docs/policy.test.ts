import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { withPolicy } from "../../../scripts/docs/policy.js";

const page = (rest: string) =>
  `<html><head><meta charset="utf-8"><title>x</title>${rest}</head></html>`;

/** The directives of the policy that a page ends up with. */
function policyOf(html: string): Record<string, string> {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1];
  return Object.fromEntries(
    (policy ?? "").split("; ").map((directive) => directive.split(/ (.*)/).slice(0, 2)),
  );
}

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the policy of a page", () => {
  it("allows nothing that the page does not need", () => {
    expect(policyOf(withPolicy(page("")))).toEqual({
      "default-src": "'none'",
      "script-src": "'none'",
      "connect-src": "'none'",
      "form-action": "'none'",
      "base-uri": "'none'",
    });
  });

  it("allows each script of the page by its hash, and what else it needs", () => {
    const html = page(
      '<script>a</script><script type="module">\nb\n</script><script src="c.js"></script><script>a</script>',
    );
    const policy = policyOf(withPolicy(html, { "script-src": "'self'", "img-src": "data:" }));
    expect(policy).toMatchObject({
      "script-src": `${hashOf("a")} ${hashOf("\nb\n")} 'self'`,
      "img-src": "data:",
      "connect-src": "'none'",
    });
  });

  it("stands above everything that it is for, and changes nothing else", () => {
    const html = page("<script>$&</script>");
    const [before = "", after = ""] = withPolicy(html).split(/<meta http-equiv=[^>]*>/);
    expect(before).toBe('<html><head><meta charset="utf-8">');
    expect(before + after).toBe(html);
  });

  it("is not left out because there is no place for it", () => {
    expect(() => withPolicy("<html></html>")).toThrow("no <meta charset>");
  });
});
