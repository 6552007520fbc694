/** What the servers do, organization by organization. The checks of `suite/` name the same organizations. */
import { gzipSync } from "node:zlib";
import {
  answer,
  cut,
  end,
  type FaultServer,
  hang,
  head,
  json,
  reset,
  type Turn,
  until,
  write,
} from "../faults/server.js";
import {
  customerOf,
  customersOf,
  documented,
  drifted,
  memberships,
  membershipsOf,
  rowsOf,
  statuses,
} from "./suite/world.js";

export type Script = Record<string, readonly Turn[]>;

const type = { "content-type": "application/json; charset=utf-8" };

/** A page, and the link that it ends with. */
function page(number: number, next?: string): Turn {
  return json(rowsOf(number), next === undefined ? {} : { "x-next-page": next });
}

/** Half a page, of a length that tells that more should come. The cut is inside a character. */
function halfPage(number: number, next: string, ...then: Turn): Turn {
  const bytes = Buffer.from(JSON.stringify(rowsOf(number)));
  const half = bytes.indexOf("🦊") + 2;
  const headers = { ...type, "content-length": String(bytes.length), "x-next-page": next };
  const rest = [write(bytes.subarray(half)), end];
  return [head(200, headers), write(bytes.subarray(0, half)), ...(then.length > 0 ? then : rest)];
}

/** A page of which the second half waits for something to happen. */
function heldPage(number: number, next: string, event: () => Promise<unknown>): Turn {
  const [headers, firstHalf, ...rest] = halfPage(number, next) as [Turn[0], Turn[0], ...Turn];
  return [headers, firstHalf, until(event), ...rest];
}

const customer = json(rowsOf(1)[0]);
const silence: Turn = [hang];

export function apiScript(api: FaultServer, strangerUrl: string): Script {
  const { url } = api;
  const told = {
    message: "Zanzibar Quartermaine, ada@example.org",
    token: "token-8d3f41c7-of-the-owner",
  };
  return {
    [customerOf("get")]: [customer],
    [customerOf("response")]: [customer],
    [customerOf("gzip")]: [
      answer(200, gzipSync(JSON.stringify(rowsOf(1)[0])), { ...type, "content-encoding": "gzip" }),
    ],
    [customerOf("busy")]: [answer(503, "", { "retry-after": "0" }), customer],
    [customerOf("reset")]: [[reset], customer],
    [customerOf("expired")]: [json({ code: "expired" }, {}, 401), customer],
    [customerOf("aborted")]: [silence],
    [customerOf("silent")]: [silence],
    [customerOf("stalled")]: [[head(200, type), write('{"id":'), hang]],
    [customerOf("forever")]: Array<Turn>(1_000).fill(answer(503)),
    ...Object.fromEntries(
      statuses.map((status) => [
        customerOf("status", String(status)),
        [json({ code: "a_code" }, { "retry-after": "7" }, status)],
      ]),
    ),

    [customersOf("walk")]: [page(1, url + customersOf("walk", 2))],
    [customersOf("walk", 2)]: [page(2, customersOf("walk", 3))],
    [customersOf("walk", 3)]: [page(3, "?after=4")],
    [customersOf("walk", 4)]: [page(4)],

    [customersOf("ahead")]: [heldPage(1, "?after=2", () => api.seen(customersOf("ahead", 2)))],
    [customersOf("ahead", 2)]: [page(2)],

    [customersOf("first")]: [page(1, "?after=2")],
    [customersOf("left")]: [page(1, "?after=2")],
    [customersOf("left", 2)]: [silence],
    [customersOf("stopped")]: [page(1, "?after=2")],
    [customersOf("stopped", 2)]: [silence],

    [customersOf("broken")]: [halfPage(1, "?after=2", reset), page(1, "?after=2")],
    [customersOf("broken", 2)]: [halfPage(2, "?after=3", cut), page(2)],
    [customersOf("cut")]: [page(1, "?after=2")],
    [customersOf("cut", 2)]: [halfPage(2, "?after=3", cut)],

    [customersOf("doomed")]: [
      halfPage(
        1,
        "?after=2",
        until(() => api.seen(customersOf("doomed", 2))),
        cut,
      ),
    ],
    [customersOf("doomed", 2)]: [silence],

    [customersOf("later")]: [page(1, "?after=2")],
    [customersOf("later", 2)]: [page(2, "?after=3")],
    [customersOf("later", 3)]: [page(3)],
    [customersOf("failing")]: [page(1, "?after=2")],
    [customersOf("failing", 2)]: [answer(500), page(2, "?after=3")],
    [customersOf("failing", 3)]: [page(3)],

    [customersOf("loop")]: [page(1, "?after=2")],
    [customersOf("loop", 2)]: [page(2, customersOf("loop"))],
    [customersOf("astray")]: [page(1, strangerUrl + customersOf("astray", 2))],
    [customersOf("trusted")]: [page(1, strangerUrl + customersOf("trusted", 2))],
    [customersOf("redirected")]: [
      answer(302, "", { location: strangerUrl + customersOf("redirected") }),
    ],

    [customersOf("drifted")]: [json([documented, drifted, drifted])],
    [customerOf("documented")]: [json(documented)],
    [customerOf("auth")]: [json({ code: "expired" }, {}, 401), customer],
    [customerOf("paced")]: Array.from({ length: 52 }, (_, index) =>
      index === 20 || index === 21 ? answer(429, "", { "retry-after": "0" }) : customer,
    ),
    [customerOf("pace-left")]: [silence],
    [customerOf("pace-later")]: [customer],
    [customerOf("many")]: [customer, customer, customer],

    [membershipsOf("hidden")]: [json(memberships.slice(0, 10), { "x-next-page": "?after=2" })],
    [membershipsOf("hidden", 2)]: [json(memberships.slice(10))],

    [membershipsOf("whole")]: [json(memberships.slice(0, 10))],

    [customersOf("login")]: [answer(200, "<html>Sign in", { "content-type": "text/html" })],
    [`${customersOf("private")}?email=ada%40example.org`]: [json(told, {}, 400)],
    [`${customersOf("private-html")}?email=ada%40example.org`]: [
      answer(200, `<html>${JSON.stringify(told)}`, { "content-type": "text/html" }),
    ],
    [`${customersOf("private-cut")}?email=ada%40example.org`]: [
      [
        head(200, { ...type, "content-length": "1000" }),
        write(JSON.stringify([told]).slice(0, -3)),
        cut,
      ],
    ],
  };
}

/** Whatever the stranger is asked for, it would answer. */
export const strangerScript: Script = {
  [customersOf("astray", 2)]: [page(2)],
  [customersOf("trusted", 2)]: [page(2)],
  [customersOf("redirected")]: [page(1)],
};

/** Three issuers of access tokens, each with a path of its own. The last refuses everybody. */
export function issuerScript({ url }: FaultServer): Script {
  const discovery = (path: string): Script => ({
    [`${path}/.well-known/openid-configuration`]: [
      json({ issuer: url + path, token_endpoint: `${url}${path}/token` }),
    ],
  });
  const token = (name: string) =>
    json({ access_token: name, token_type: "Bearer", expires_in: 3_600 });
  const refusal = { error: "invalid_client", error_description: "SecretOfTheApplication" };
  return {
    ...discovery("/fresh"),
    "/fresh/token": [token("first-token"), token("second-token")],
    // The first answer does not come as long as the caller waits for it.
    "/left/.well-known/openid-configuration": [
      [hang],
      json({ issuer: `${url}/left`, token_endpoint: `${url}/left/token` }),
    ],
    "/left/token": [token("a-later-token")],
    ...discovery("/many"),
    "/many/token": [token("a-token")],
    ...discovery("/refusing"),
    "/refusing/token": [json(refusal, {}, 401)],
  };
}

/** The organizations whose answers expose no header to scripts of another origin. */
export const isHidden = (target: string): boolean => target.startsWith("/organizations/hidden/");
