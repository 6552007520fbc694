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
  type Row = Omit<IssuerFailure, "path">;
  type Facts = Readonly<Record<string, unknown>>;
  /** An answer, and what is said of it. */
  const answered = (name: string, turn: Turn, said: string, facts: Facts = {}): Row => {
    return { name, turn, tells: `was answered with ${said}`, facts: { status: 200, ...facts } };
  };
  /** An answer of which nothing but its status is said. */
  const bare = (name: string, turn: Turn, status: number, facts: Facts = {}): Row =>
    answered(name, turn, `${status}`, { status, ...facts });
  /** An error of OAuth, with its code, and the advice that goes with it. */
  const refused = (name: string, turn: Turn, status: number, code: string, advice = ""): Row =>
    answered(name, turn, `${status} (${code})${advice && `: ${advice}`}`, { status, code });
  const wrong = (name: string, turn: Turn, field: string) =>
    answered(name, turn, `${field} missing or wrong`);
  const damaged = (name: string, turn: Turn) =>
    passing(answered(name, turn, "JSON that is cut off or damaged"));
  const broken = (name: string, turn: Turn) =>
    passing({ name, turn, tells: "failed on the network (CODE)", facts: { code: aReset } });
  const noBearer = (name: string, fields: object) =>
    answered(name, given(fields), "a token that is no bearer token");
  const noEndpoint = (name: string, token_endpoint: unknown): Row => ({
    name,
    turn: found({ token_endpoint }),
    tells: "named no token endpoint that a secret can be sent to",
    facts: { status: 200 },
  });
  const passing = (row: Row): Row => ({ ...row, isPassing: true });

  const atEither = [
    answered("HTML", answer(200, page, html), "something else than JSON"),
    damaged("an empty body", answer(200, "", json)),
    damaged("half a document", answer(200, `{"echo":"${echo}`, json)),
    damaged("a body that is reset half-way", [
      head(200, { ...json, "content-length": 999 }),
      write(`{"echo":"${echo}`),
      reset,
    ]),
    wrong("a JSON array", withJson([echo]), "a field"),
    bare("404 in HTML", answer(404, page, html), 404),
    passing(bare("500 that echoes what was sent", answer(500, page, { ...html, ...echoing }), 500)),
    passing(
      bare(
        "500 in JSON that echoes what was sent",
        withJson({ error: echo, error_description: echo, ...leaked }, 500),
        500,
      ),
    ),
    passing(bare("429", answer(429, page, { "retry-after": "1" }), 429, { retryAfterMs: 1_000 })),
    answered(
      "a redirect",
      answer(302, page, { location: `${url}/elsewhere?echo=${encodeURIComponent(echo)}` }),
      "302: redirects are not followed",
      { status: 302 },
    ),
    broken("a reset before the headers", [reset]),
    broken("a connection that is closed before the headers", [cut]),
  ];

  const atDiscovery = [
    answered(
      "another issuer",
      found({ issuer: "https://other.example.com" }),
      "the name of another issuer",
    ),
    wrong("an issuer that is no URL", found({ issuer: echo }), "a field"),
    wrong("no issuer", found({ issuer: undefined }), "issuer"),
    noEndpoint("no token endpoint", undefined),
    noEndpoint("a token endpoint that is no URL", echo),
    noEndpoint("a token endpoint that is no text", 5),
    noEndpoint(
      "a token endpoint on another machine without encryption",
      "http://other.example.com/token",
    ),
    noEndpoint("a token endpoint that is no address of the web", "ftp://127.0.0.1/token"),
  ];

  const badRequest = (name: string, error: unknown) =>
    bare(name, withJson({ error, ...leaked }, 400), 400);
  const clientAdvice = "are clientId, clientSecret and clientAuthentication right?";
  const atToken = [
    refused(
      "an error whose description echoes what was sent",
      withJson({ error: "invalid_scope", error_description: echo, ...leaked }, 400),
      400,
      "invalid_scope",
      "is scope right?",
    ),
    badRequest("an error whose code is what was sent", echo),
    badRequest("an error whose code is the secret alone", secrets[0]),
    badRequest("an error whose code is of no kind", { code: echo }),
    bare("an error in HTML", answer(400, page, html), 400),
    refused(
      "a challenge with a body",
      answer(401, JSON.stringify({ error: "invalid_client", error_description: echo }), {
        ...json,
        "www-authenticate": `Basic realm="${echo.replaceAll(/[^ -~]|["\\]/g, "")}"`,
      }),
      401,
      "invalid_client",
      clientAdvice,
    ),
    bare(
      "a challenge with a body that is no JSON",
      answer(401, page, { "www-authenticate": 'Basic realm="issuer"' }),
      401,
    ),
    ...["quota_used_up", "constructor"].map((code) =>
      refused(
        `the code ${code}, of which nothing is known`,
        withJson({ error: code }, 400),
        400,
        code,
      ),
    ),
    badRequest("a code without end", "a".repeat(10_000)),
    badRequest("a code that looks like anything but one", "Error-4711"),
    refused(
      "a client that may not",
      withJson({ error: "unauthorized_client" }, 400),
      400,
      "unauthorized_client",
      "the issuer does not let this client have tokens in this way",
    ),
    bare("another status of success", answer(204), 204),
    wrong("no token", given({ access_token: undefined }), "access_token"),
    wrong("an empty token", given({ access_token: "" }), "access_token"),
    wrong("a token that is no text", given({ access_token: [echo] }), "access_token"),
    noBearer("a token with a blank", { access_token: echo }),
    noBearer("a token with a line break", { access_token: "Hs8\n" }),
    wrong("no type", given({ token_type: undefined }), "token_type"),
    noBearer("an unknown type", { token_type: echo }),
    noBearer("the type that needs proofs", { token_type: "DPoP" }),
    wrong("a life of less than no time", given({ expires_in: -1 }), "expires_in"),
    wrong("a life that is no number", given({ expires_in: echo }), "expires_in"),
    wrong("a refresh token that is no text", given({ refresh_token: 5 }), "refresh_token"),
    wrong("an ID token that is none", given({ id_token: echo }), "a field"),
  ];

  const at = (path: IssuerFailure["path"], rows: readonly Row[]) =>
    rows.map((row) => ({ ...row, path }));
  return [...at(discovery, [...atEither, ...atDiscovery]), ...at(token, [...atEither, ...atToken])];
}

/** An answer that does not come, or not to its end. */
export const stalls: readonly { name: string; turn: Turn }[] = [
  { name: "headers that do not come", turn: [hang] },
  { name: "a body that stalls", turn: [head(200, json), write("{"), hang] },
];
