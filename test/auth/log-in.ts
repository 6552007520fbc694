import type { TestIssuer } from "./issuer.js";

/** Does what a user does in a browser: follows the links, and sends the forms. Gives the text of the page at the end. */
export async function logIn(address: string, issuer: TestIssuer): Promise<string> {
  const { origin } = new URL(address);
  const cookies = new Map<string, string>();
  let url = new URL(address);
  let form: URLSearchParams | undefined;
  for (let steps = 0; steps < 20; steps++) {
    const isIssuers = url.origin === origin;
    const request = new Request(url, {
      redirect: "manual",
      ...(form && { method: "POST", body: form }),
      headers: isIssuers ? { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") } : {},
    });
    const response = await (isIssuers ? issuer.fetchAs(origin, request) : fetch(request));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const text = await response.text();
    const location = response.headers.get("location");
    const [, action] = /<form[^>]+action="([^"]+)"/.exec(text) ?? [];
    if (!response.ok && !location) throw new Error(`${url} answered ${response.status}: ${text}`);
    if (!location && !action) return text;
    form = undefined;
    if (!location) {
      const fields = text.matchAll(/<input[^>]+name="(\w+)"(?:[^>]+value="(\w+)")?/g);
      form = new URLSearchParams(
        [...fields].map(([, name = "", value]) => [name, value ?? "a-user"]),
      );
    }
    url = new URL(location ?? action ?? "", url);
  }
  throw new Error("The log-in does not come to an end.");
}
