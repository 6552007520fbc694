// @ts-nocheck: its operations are in no document but the test's; extension.test.ts type-checks it there.
import { createClient, type Note } from "../../../src/index.js";

const loke = createClient();
const organizationId = "org";

// @ts-expect-error an argument is misspelt
loke.listNotes({ organizationId, minStars: 2, label: ["a"] });
// @ts-expect-error a required query value is missing
loke.listNotes({ organizationId });
// @ts-expect-error an integer is no string
loke.listNotes({ organizationId, minStars: "2" });
// @ts-expect-error an array is no single value
loke.listNotes({ organizationId, minStars: 2, labels: "a" });
// @ts-expect-error a path value is missing
loke.getNote({ organizationId });
// @ts-expect-error a number is no string, in a path too
loke.getNote({ organizationId, noteNumber: "7" });
// @ts-expect-error a GET takes no body
loke.getNote({ organizationId, noteNumber: 7, body: {} });
// @ts-expect-error the body is missing
loke.createNote({ organizationId });
// @ts-expect-error a required field of the body is missing
loke.createNote({ organizationId, body: { stars: 5 } });
// @ts-expect-error a field of the body is misspelt
loke.createNote({ organizationId, body: { text: "Hello", star: 5 } });
// @ts-expect-error a field of the body has another type
loke.createNote({ organizationId, body: { text: "Hello", stars: "5" } });
// @ts-expect-error fields of the body are no arguments
loke.createNote({ organizationId, text: "Hello" });
// @ts-expect-error an operation is misspelt
loke.listNote({ organizationId });
// @ts-expect-error what is deleted is not given back
const note: Note = await loke.deleteNote({ organizationId, noteNumber: 7 });
// @ts-expect-error a call is no list
loke.createNote({ organizationId, body: { text: "Hello" } }).pages();
// @ts-expect-error a list is no call
loke.listNotes.withResponse({ organizationId, minStars: 2 });
for await (const { stars } of loke.listNotes({ organizationId, minStars: 2 })) {
  // @ts-expect-error an optional field can be missing
  stars.toFixed();
}

export { note };
