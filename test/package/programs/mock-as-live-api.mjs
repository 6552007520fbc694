// Preloaded with --import into the examples of the README, which name the live API. What they ask of it is asked of
// the mock at LOKE_MOCK_URL, and an example that asks any other host is ended.
import { refuse } from "./loopback-only.mjs";

const mockOrigin = new URL(process.env.LOKE_MOCK_URL).origin;
delete process.env.LOKE_MOCK_URL;

/** The live API, and where `npm run mock` listens. */
const standsInFor = ["https://api.loke.global", "http://127.0.0.1:4010", "http://localhost:4010"];

const { fetch } = globalThis;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { origin, pathname, search } = new URL(request.url);
  if (!standsInFor.includes(origin)) refuse(origin);
  const response = await fetch(new Request(mockOrigin + pathname + search, request));
  // The next link leads to where the example has asked, as the live API's does.
  const headers = [...response.headers].map(([name, value]) => [
    name,
    value.replaceAll(mockOrigin, origin),
  ]);
  const { body, status, statusText } = response;
  const answer = new Response(body, { status, statusText, headers });
  return Object.defineProperty(answer, "url", { value: request.url });
};
