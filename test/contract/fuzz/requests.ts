import fc from "fast-check";

/** A request as it is put on the wire, in parts. */
export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly framing: "length" | "chunked";
  /** What happens to the bytes: then they need not be HTTP any more. */
  readonly damage: Damage | undefined;
}

interface Damage {
  readonly kind: "byte" | "cut" | "insert" | "repeat";
  /** From 0 up to 1. */
  readonly place: number;
  readonly text: string;
}

/** Characters and words that mean something to somebody on the way. */
const nasty = fc.constantFrom(
  ..."%25 %2F %2e%2e %00 %E0%A4%A % %zz %C3%A9 %F0%9F%98%80 %ED%A0%80 + & = ; , : @ ! $ ' ( ) * ~ # ?".split(
    " ",
  ),
  ...'[] [0] [__proto__] __proto__ constructor toString .. . // \\ " < > ^ ` { } | null undefined'.split(
    " ",
  ),
  ...["true", "-1", "1e999", "9".repeat(40), "a".repeat(3_000), "{organizationId}", "\u007f"],
);
const word = fc.oneof(fc.string({ unit: "grapheme-ascii", maxLength: 8 }), nasty, nasty);
const text = fc
  .array(word, { maxLength: 4 })
  .map((words) => words.join("").replace(/[^!-~]/g, "_"));

const queryName = fc.constantFrom(
  ..."sort after email phoneNumber x __server __code __dynamic __seed __example sort[] email[a]".split(
    " ",
  ),
  ..."__proto__ constructor Sort %73ort".split(" "),
);
const queryValue = fc.oneof(
  fc.constantFrom("created", "updated", "", "2.1.1", "1.~a.1", "200", "http://a"),
  text,
);
const query = fc
  .array(fc.tuple(queryName, queryValue), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&"));

/** @param ids - those that are there: an organization, and a customer */
function targetOf(ids: readonly string[]): fc.Arbitrary<string> {
  const segment = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom("organizations", "customers", "memberships", ...ids) },
    { weight: 1, arbitrary: text },
  );
  const [organization, customer] = ids;
  const known = fc.constantFrom(
    `/organizations/${organization}/customers`,
    `/organizations/${organization}/customers/${customer}`,
    `/organizations/${organization}/customers/${customer}/memberships`,
  );
  const path = fc.oneof(
    known,
    fc.tuple(known, text).map(([start, end]) => start + end),
    fc.tuple(known, text).map(([start, end]) => `${start}/${end}`),
    fc.tuple(text, known).map(([start, end]) => `/${start}${end}`),
    fc.array(segment, { maxLength: 7 }).map((segments) => `/${segments.join("/")}`),
  );
  const whole = fc.tuple(path, fc.option(query)).map(([one, two]) => (two ? `${one}?${two}` : one));
  return fc.oneof(
    { weight: 12, arbitrary: whole },
    { weight: 1, arbitrary: whole.map((one) => `http://elsewhere.example${one}`) },
    { weight: 1, arbitrary: fc.constantFrom("*", "/", "//", "/?", "/#", "http://", "a:b", "?") },
  );
}

const value = fc.oneof(text, fc.constantFrom("*", "a, b", "text/html", "identity", "bytes=0-1"));
const header: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom("authorization", "Authorization"),
    fc.constantFrom("Basic x", "Bearer", "Bearer ", "bearer a", "Bearer a b", "Bearer a,Bearer b"),
  ),
  fc.tuple(
    fc.constant("content-type"),
    fc.constantFrom("application/json", "application/json;charset=x", "text/plain", "a/b", "x", ""),
  ),
  fc.tuple(
    fc.constantFrom(
      ..."accept accept-encoding content-encoding cookie origin prefer range if-none-match".split(
        " ",
      ),
      ..."access-control-request-method x-forwarded-host te x__proto__ forwarded".split(" "),
    ),
    value,
  ),
  fc.constantFrom(
    ["prefer", "code=404"] as const,
    ["prefer", "code=x, dynamic=maybe"] as const,
    ["expect", "100-continue"] as const,
    ["upgrade", "websocket"] as const,
  ),
);

const body = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  fc.json(),
  fc.constantFrom("{", "null", "0", '""', "[]", '{"__proto__":1}', "a=b&c=d", "\u0000", "é"),
  fc.string({ maxLength: 50 }),
  fc.constant("x".repeat(100_000)),
);

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("byte", "cut", "insert", "repeat"),
  place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  text: fc.constantFrom(
    "\r\n",
    "\n",
    "\0",
    " ",
    ":",
    "\u00ff",
    "HTTP/9.9",
    "\r\n\r\n",
    "-",
    "\t",
    "%",
  ),
});

/** @param ids - those that are there: an organization, and a customer */
export function requestsOf(ids: readonly string[]): fc.Arbitrary<FuzzRequest> {
  return fc.record({
    method: fc.oneof(
      { weight: 6, arbitrary: fc.constant("GET") },
      fc.constantFrom(
        ..."HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND BREW get".split(" "),
      ),
    ),
    target: targetOf(ids),
    headers: fc
      .tuple(
        fc.constantFrom([["authorization", "Bearer any"] as const], []),
        fc.array(header, { maxLength: 4 }),
      )
      .map(([token, others]) => [...token, ...others]),
    body,
    framing: fc.constantFrom("length", "chunked"),
    damage: fc.option(damage, { nil: undefined, freq: 4 }),
  });
}

/** A request as bytes, which ask the server to close the connection after it. */
export function bytesOf({ body, damage, framing, headers, method, target }: FuzzRequest): Buffer {
  const content = Buffer.from(body);
  const size = content.length;
  const isChunked = framing === "chunked";
  const frame = isChunked ? "transfer-encoding: chunked" : `content-length: ${size}`;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    "host: 127.0.0.1",
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(size > 0 ? [frame] : []),
    "connection: close",
  ];
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  const chunks = [Buffer.from(`${size.toString(16)}\r\n`), content, Buffer.from("\r\n0\r\n\r\n")];
  const sent = Buffer.concat([head, ...(isChunked && size > 0 ? chunks : [content])]);
  return damage ? damaged(sent, damage) : sent;
}

function damaged(bytes: Buffer, { kind, place, text }: Damage): Buffer {
  const at = Math.floor(place * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (kind === "cut") return before;
  if (kind === "repeat") return Buffer.concat([before, after, after]);
  const inserted = Buffer.from(text, "latin1");
  return Buffer.concat([before, inserted, kind === "byte" ? after.subarray(1) : after]);
}
