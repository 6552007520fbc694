// @ts-nocheck: its operations are in no document but the test's; extension.test.ts type-checks it there, and runs it.

import { watchDrift } from "../../../src/drift.js";
import {
  type ArgumentsOf,
  createClient,
  type LokeEvent,
  type NewNote,
  type Note,
  type PaginationError,
} from "../../../src/index.js";

/** What was sent, each a line, and what came of it. */
const sent: string[] = [];
const retried: string[] = [];
const baseUrl = "https://api.test";

const loke = createClient({
  baseUrl,
  accessToken: "any",
  retry: { baseDelayMs: 1 },
  fetch: answer,
  onEvent(event: LokeEvent) {
    if (event.type === "retry") retried.push(`${event.operation} ${event.reason} ${event.status}`);
  },
});

/** An API with eight notes, in pages of three. The first DELETE and every POST of "busy" find it busy. */
async function answer(url: string, init: RequestInit): Promise<Response> {
  const request = new Request(url, init);
  const { pathname, search, searchParams } = new URL(request.url);
  const text = await request.text();
  sent.push(
    [request.method, pathname + search, request.headers.get("content-type"), text]
      .filter(Boolean)
      .join(" "),
  );
  if (request.method === "POST") {
    const note = JSON.parse(text);
    if (note.text === "busy") return new Response("", { status: 503 });
    return Response.json({ number: 9, ...note }, { status: 201 });
  }
  if (request.method === "DELETE") {
    const isFirst = sent.filter((line) => line.startsWith("DELETE")).length === 1;
    return new Response(null, { status: isFirst ? 503 : 204 });
  }
  if (!/\/(notes|archive)$/.test(pathname))
    return Response.json(noteOf(Number(pathname.split("/").at(-1))));
  const after = Number(searchParams.get("after"));
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8].filter((number) => number > after).slice(0, 3);
  const last = numbers.at(-1) ?? 8;
  return Response.json(numbers.map(noteOf), {
    headers: last < 8 ? { "X-Next-Page": `${baseUrl}${pathname}?minStars=2&after=${last}` } : {},
  });
}

function noteOf(number: number): Note {
  return { number, text: `Note ${number}` };
}

const organizationId = "org";

const walked: number[] = [];
const notes = loke.listNotes({ organizationId, minStars: 2, labels: ["a b", "c"] });
for await (const note of notes) walked.push(note.number);
const sentByWalk = sent.splice(0);

// What a browser lets a script see of a full page: not the header that leads on.
const inBrowser = createClient({
  fetch: async () =>
    Object.defineProperty(Response.json([1, 2, 3].map(noteOf)), "type", { value: "cors" }),
});
const withoutHeader: unknown = await inBrowser
  .listNotes({ organizationId, minStars: 2 })
  .page()
  .catch((error: PaginationError) => error.reason);

// A list of which no page size is known.
const archived: Note[] = await loke.listArchive({ organizationId }).toArray({ limit: 3 });
const allArchived: Note[] = await loke.listArchive({ organizationId }).toArray({ limit: Infinity });
const sentForArchive = sent.splice(0);
const shownArchive: unknown = await inBrowser
  .listArchive({ organizationId })
  .page()
  .then(({ items }) => items.length, String);

const incomplete = { organizationId } as ArgumentsOf<"listNotes">;
const refusal: unknown = await (async () => loke.listNotes(incomplete))().catch(String);

const note: Note = await loke.getNote({ organizationId, noteNumber: 7 });

const newNote: NewNote = { text: "Hello", stars: 5 };
const created: Note = await loke.createNote({ organizationId, body: newNote });
const failed: unknown = await loke
  .createNote({ organizationId, body: { text: "busy" } })
  .catch((error: Error) => error.name);

const deleted: undefined = await loke.deleteNote({ organizationId, noteNumber: 7 });
const { response } = await loke.getNote.withResponse({ organizationId, noteNumber: 8 });

const asQuery: unknown = await loke
  .listNotes({ organizationId, minStars: 2, body: true })
  .page()
  .then(() => sent.at(-1), String);

/** Notes with what is in the document, and then with what is not. */
const drifted: readonly object[] = [
  { author: { name: "A" }, attachment: { kind: "image", altText: null }, state: "open" },
  { author: null, attachment: { kind: "link", url: "https://a.test" } },
  { author: "A" },
  { author: "B" },
  { author: {} },
  { attachment: { kind: "link", url: 5 } },
  { attachment: { kind: "image", size: 5 } },
  { attachment: { kind: "sound" } },
  { state: "frozen" },
];
async function driftOf(showValues: boolean): Promise<string[]> {
  const drift = watchDrift({ showValues });
  const rows = drifted.map((fields, number) => ({ number, text: "Note", ...fields }));
  const watched = createClient({ drift, fetch: async () => Response.json(rows) });
  await watched.listNotes({ organizationId, minStars: 2 }).page();
  return drift
    .findings()
    .map(
      ({ kind, path, expected, actual, count }) =>
        `${kind} ${path}: ${expected}, not ${actual} (${count})`,
    );
}
const drift = await driftOf(false);
const driftWithValues = (await driftOf(true)).filter((line) => line.startsWith("unknown-value"));

console.log(
  JSON.stringify({
    drift,
    driftWithValues,
    walked,
    sentByWalk,
    withoutHeader,
    archived: archived.length,
    allArchived: allArchived.length,
    sentForArchive,
    shownArchive,
    refusal,
    note,
    status: response.status,
    created,
    failed,
    deleted: String(deleted),
    asQuery,
    retried,
    sent,
  }),
);
