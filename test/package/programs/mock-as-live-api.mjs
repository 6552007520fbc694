// Preloaded with --import into the examples of the README and the guide, which name the live API and its issuer. What they ask of these
// is asked of the mock at LOKE_MOCK_URL and the issuer at LOKE_ISSUER_URL, if there is one. An example that asks any other
// host is ended.
import { createRequire } from "node:module";
import { refuse } from "./loopback-only.mjs";

const mockOrigin = new URL(process.env.LOKE_MOCK_URL).origin;
const issuerUrl = process.env.LOKE_ISSUER_URL;
delete process.env.LOKE_MOCK_URL;
delete process.env.LOKE_ISSUER_URL;

const { servers } = createRequire(import.meta.url)("loke-customers/openapi.json");
const liveApi = new URL(servers[0].url).href.replace(/\/+$/, "");

/** The live API, and where `npm run mock` listens. */
const standsInFor = [liveApi, "http://127.0.0.1:4010", "http://localhost:4010"];

const liveIssuer = "https://auth.loke.global";

const { fetch } = globalThis;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { origin, pathname, search } = new URL(request.url);
  if (origin === liveIssuer && issuerUrl) {
    const headers = new Headers(request.headers);
    // From this the issuer knows by which name it was asked, as behind a gateway.
    headers.set("x-forwarded-proto", "https");
    headers.set("x-forwarded-host", new URL(liveIssuer).host);
    return fetch(new Request(new URL(pathname + search, issuerUrl), request), { headers });
  }
  const base = standsInFor.find((url) => request.url.startsWith(`${url}/`));
  if (base === undefined) refuse(origin);
  const { method, redirect, signal } = request;
  const response = await fetch(mockOrigin + request.url.slice(base.length), {
    method,
    headers: request.headers,
    redirect,
    signal,
    // Read first: the body of a copied request is sent in chunks, which Prism refuses.
    body: request.body && (await request.arrayBuffer()),
  });
  // The next link leads to where the example has asked, as the live API's does.
  const headers = [...response.headers].map(([name, value]) => [
    name,
    value.replaceAll(mockOrigin, base),
  ]);
  const { body, status, statusText } = response;
  const answer = new Response(body, { status, statusText, headers });
  return Object.defineProperty(answer, "url", { value: request.url });
};
