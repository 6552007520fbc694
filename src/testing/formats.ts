import { mailHosts } from "./names.js";
import type { Spot } from "./recipes.js";

/** The syntax of a format, and a generator of values. */
interface Format {
  readonly pattern: RegExp;
  make(spot: Spot): string;
}

/** Such as `2021-10-20T14:51:16Z`, like the document's example; with milliseconds if they are not 0. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** A time within a span, at its beginning or on a whole second. */
export function momentIn(fromMs: number, toMs: number, random: () => number): number {
  const ms = fromMs + random() * Math.max(0, toMs - fromMs);
  return Math.max(fromMs, Math.floor(ms / 1000) * 1000);
}

/** A date as the number of milliseconds since 1970, or `undefined` if there is none. */
export function timeOf(date: unknown): number | undefined {
  const ms = typeof date === "string" ? Date.parse(date) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** A time in the life of an item: after it was created, and before it was last updated. */
function momentOf({ createdMs, get, nowMs, random }: Spot): number {
  const fromMs = timeOf(get("createdAt")) ?? createdMs;
  return momentIn(fromMs, timeOf(get("updatedAt")) ?? nowMs, random);
}

function hex(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
}

/** By their names in JSON Schema and OpenAPI. */
export const formats: Readonly<Record<string, Format>> = {
  "date-time": {
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
    make: (spot) => dateTime(momentOf(spot)),
  },
  date: {
    pattern: /^\d{4}-\d\d-\d\d$/,
    make: (spot) => dateTime(momentOf(spot)).slice(0, 10),
  },
  time: {
    pattern: /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
    make: (spot) => dateTime(momentOf(spot)).slice(11),
  },
  email: {
    pattern: /^[^\s@]+@[^\s@]+$/,
    make: ({ index }) => `${index % 3 === 0 ? "mail+" : "mail"}${index}@${mailHosts[index % 3]}`,
  },
  uri: {
    pattern: /^[a-z][a-z\d+.-]*:\S*$/i,
    make: ({ index, name }) => `https://example.com/${encodeURIComponent(name)}/${index}`,
  },
  uuid: {
    pattern: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
    make: ({ random }) =>
      `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`,
  },
};
