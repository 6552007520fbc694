import { expect } from "vitest";
import { answer, cut, hang, head, reset, type Turn, write } from "../faults/server.js";
import { lifetimes } from "./issuer.js";

/** What goes wrong with one of the two requests, and what is told of it. */
export interface IssuerFailure {
  readonly name: string;
  readonly path: "/.well-known/openid-configuration" | "/token";
  readonly turn: Turn;
  /** The end of the message, after the request's name. `CODE` stands for the system's. */
  readonly tells: string;
  /** All fields of the error besides its issuer. */
  readonly facts: object;
  /** Whether it is asked again, twice. */
  readonly isPassing?: boolean;
}

/** Tokens that an issuer gives before it goes wrong, or puts where they do not belong. */
export const leaked = {
  access_token: "Hs8-access-token-that-nobody-may-see",
  refresh_token: "Hs8-refresh-token-that-nobody-may-see",
};

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html; charset=utf-8" };

/** Which of them it is depends on the version of Node. */
const aReset = expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/);

/** A table for an issuer at a URL. `secrets` are echoed wherever an answer has room for them. */
export function issuerFailures(url: string, secrets: readonly string[]): IssuerFailure[] {
  const echo = secrets.join(" ");
  const page = `<!doctype html><title>Log in</title><p>${echo}`;
  const echoing = { "x-echo": echo.replaceAll(/[^ -~]/g, "") };
  const discovery = "/.well-known/openid-configuration" as const;
  const token = "/token" as const;
  const configuration = { issuer: url, token_endpoint: `${url}/token` };
  const grant = { ...leaked, token_type: "Bearer", expires_in: lifetimes.job };
  const withJson = (body: unknown, status = 200): Turn =>
    answer(status, JSON.stringify(body), { ...json, ...echoing });
  const found = (fields: object): Turn => withJson({ ...configuration, ...fields, echo });
  const given = (fields: object): Turn => withJson({ ...grant, ...fields, echo });
  const wrong = (field: string) => ({
    tells: `was answered with ${field} missing or wrong`,
    facts: { status: 200 },
  });
  const noEndpoint = {
    tells: "named no token endpoint that a secret can be sent to",
    facts: { status: 200 },
  };
  const noBearer = {
    tells: "was answered with a token that is no bearer token",
    facts: { status: 200 },
  };

  const atEither = ([discovery, token] as const).flatMap((path): IssuerFailure[] => [
    {
      name: "HTML",
      path,
      turn: answer(200, page, html),
      tells: "was answered with something else than JSON",
      facts: { status: 200 },
    },
    {
      name: "an empty body",
      path,
      turn: answer(200, "", json),
      tells: "was answered with JSON that is cut off or damaged",
      facts: { status: 200 },
      isPassing: true,
    },
    {
      name: "half a document",
      path,
      turn: answer(200, `{"echo":"${echo}`, json),
      tells: "was answered with JSON that is cut off or damaged",
      facts: { status: 200 },
      isPassing: true,
    },
    {
      name: "a body that is reset half-way",
      path,
      turn: [head(200, { ...json, "content-length": 999 }), write(`{"echo":"${echo}`), reset],
      tells: "was answered with JSON that is cut off or damaged",
      facts: { status: 200 },
      isPassing: true,
    },
    { name: "a JSON array", path, turn: withJson([echo]), ...wrong("a field") },
    {
      name: "404 in HTML",
      path,
      turn: answer(404, page, html),
      tells: "was answered with 404",
      facts: { status: 404 },
    },
    {
      name: "500 that echoes what was sent",
      path,
      turn: answer(500, page, { ...html, ...echoing }),
      tells: "was answered with 500",
      facts: { status: 500 },
      isPassing: true,
    },
    {
      name: "500 in JSON that echoes what was sent",
      path,
      turn: withJson({ error: echo, error_description: echo, ...leaked }, 500),
      tells: "was answered with 500",
      facts: { status: 500 },
      isPassing: true,
    },
    {
      name: "429",
      path,
      turn: answer(429, page, { "retry-after": "1" }),
      tells: "was answered with 429",
      facts: { status: 429, retryAfterMs: 1_000 },
      isPassing: true,
    },
    {
      name: "a redirect",
      path,
      turn: answer(302, page, { location: `${url}/elsewhere?echo=${encodeURIComponent(echo)}` }),
      tells: "was answered with 302: redirects are not followed",
      facts: { status: 302 },
    },
    {
      name: "a reset before the headers",
      path,
      turn: [reset],
      tells: "failed on the network (CODE)",
      facts: { code: aReset },
      isPassing: true,
    },
    {
      name: "a connection that is closed before the headers",
      path,
      turn: [cut],
      tells: "failed on the network (CODE)",
      facts: { code: aReset },
      isPassing: true,
    },
  ]);

  const atDiscovery: Omit<IssuerFailure, "path">[] = [
    {
      name: "another issuer",
      turn: found({ issuer: "https://other.example.com" }),
      tells: "was answered with the name of another issuer",
      facts: { status: 200 },
    },
    { name: "an issuer that is no URL", turn: found({ issuer: echo }), ...wrong("a field") },
    { name: "no issuer", turn: found({ issuer: undefined }), ...wrong("issuer") },
    { name: "no token endpoint", turn: found({ token_endpoint: undefined }), ...noEndpoint },
    {
      name: "a token endpoint that is no URL",
      turn: found({ token_endpoint: echo }),
      ...noEndpoint,
    },
    { name: "a token endpoint that is no text", turn: found({ token_endpoint: 5 }), ...noEndpoint },
    {
      name: "a token endpoint on another machine without encryption",
      turn: found({ token_endpoint: "http://other.example.com/token" }),
      ...noEndpoint,
    },
    {
      name: "a token endpoint that is no address of the web",
      turn: found({ token_endpoint: "ftp://127.0.0.1/token" }),
      ...noEndpoint,
    },
  ];

  const atToken: Omit<IssuerFailure, "path">[] = [
    {
      name: "an error whose description echoes what was sent",
      turn: withJson({ error: "invalid_scope", error_description: echo, ...leaked }, 400),
      tells: "was answered with 400 (invalid_scope): is scope right?",
      facts: { status: 400, code: "invalid_scope" },
    },
    {
      name: "an error whose code is what was sent",
      turn: withJson({ error: echo, ...leaked }, 400),
      tells: "was answered with 400",
      facts: { status: 400 },
    },
    {
      name: "an error whose code is the secret alone",
      turn: withJson({ error: secrets[0], ...leaked }, 400),
      tells: "was answered with 400",
      facts: { status: 400 },
    },
    {
      name: "an error whose code is of no kind",
      turn: withJson({ error: { code: echo } }, 400),
      tells: "was answered with 400",
      facts: { status: 400 },
    },
    {
      name: "an error in HTML",
      turn: answer(400, page, html),
      tells: "was answered with 400",
      facts: { status: 400 },
    },
    {
      name: "a challenge with a body",
      turn: answer(401, JSON.stringify({ error: "invalid_client", error_description: echo }), {
        ...json,
        "www-authenticate": `Basic realm="${echo.replaceAll(/[^ -~]|["\\]/g, "")}"`,
      }),
      tells:
        "was answered with 401 (invalid_client): are clientId, clientSecret and clientAuthentication right?",
      facts: { status: 401, code: "invalid_client" },
    },
    {
      name: "a challenge with a body that is no JSON",
      turn: answer(401, page, { "www-authenticate": 'Basic realm="issuer"' }),
      tells: "was answered with 401",
      facts: { status: 401 },
    },
    {
      name: "a code that nobody has heard of",
      turn: withJson({ error: "quota_used_up" }, 400),
      tells: "was answered with 400 (quota_used_up)",
      facts: { status: 400, code: "quota_used_up" },
    },
    {
      name: "a code that every object knows",
      turn: withJson({ error: "constructor" }, 400),
      tells: "was answered with 400 (constructor)",
      facts: { status: 400, code: "constructor" },
    },
    {
      name: "a code without end",
      turn: withJson({ error: "a".repeat(10_000) }, 400),
      tells: "was answered with 400",
      facts: { status: 400 },
    },
    {
      name: "a code that looks like anything but one",
      turn: withJson({ error: "Error-4711" }, 400),
      tells: "was answered with 400",
      facts: { status: 400 },
    },
    {
      name: "a client that may not",
      turn: withJson({ error: "unauthorized_client" }, 400),
      tells:
        "was answered with 400 (unauthorized_client): the issuer does not let this client have tokens in this way",
      facts: { status: 400, code: "unauthorized_client" },
    },
    {
      name: "another status of success",
      turn: answer(204),
      tells: "was answered with 204",
      facts: { status: 204 },
    },
    { name: "no token", turn: given({ access_token: undefined }), ...wrong("access_token") },
    { name: "an empty token", turn: given({ access_token: "" }), ...wrong("access_token") },
    {
      name: "a token that is no text",
      turn: given({ access_token: [echo] }),
      ...wrong("access_token"),
    },
    { name: "a token with a blank", turn: given({ access_token: echo }), ...noBearer },
    { name: "a token with a line break", turn: given({ access_token: "Hs8\n" }), ...noBearer },
    { name: "no type", turn: given({ token_type: undefined }), ...wrong("token_type") },
    {
      name: "an unknown type",
      turn: given({ token_type: echo }),
      tells: "was answered with a token that is no bearer token",
      facts: { status: 200 },
    },
    { name: "the type that needs proofs", turn: given({ token_type: "DPoP" }), ...noBearer },
    {
      name: "a life of less than no time",
      turn: given({ expires_in: -1 }),
      ...wrong("expires_in"),
    },
    { name: "a life that is no number", turn: given({ expires_in: echo }), ...wrong("expires_in") },
    {
      name: "a refresh token that is no text",
      turn: given({ refresh_token: 5 }),
      ...wrong("refresh_token"),
    },
    { name: "an ID token that is none", turn: given({ id_token: echo }), ...wrong("a field") },
  ];

  return [
    ...atEither,
    ...atDiscovery.map((failure) => ({ ...failure, path: discovery })),
    ...atToken.map((failure) => ({ ...failure, path: token })),
  ];
}

/** An answer that does not come, or not to its end. */
export const stalls: readonly { name: string; turn: Turn }[] = [
  { name: "headers that do not come", turn: [hang] },
  { name: "a body that stalls", turn: [head(200, json), write("{"), hang] },
];
