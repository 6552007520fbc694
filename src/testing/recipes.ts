import { dateTime, momentIn, timeOf } from "./formats.js";
import { firstNames, genders, lastNames, listNames, mailHosts, phoneNumbers } from "./names.js";
import { ulid } from "./random.js";

/** The context in which a value is generated. */
export interface Spot {
  /** The name of its field. */
  readonly name: string;
  /** Which item of its collection this is, from 1. */
  readonly index: number;
  /** When the item was created, unless a test has given another date. */
  readonly createdMs: number;
  /** When the item is made. */
  readonly nowMs: number;
  /** The field's own stream of numbers. */
  readonly random: () => number;
  /** Returns the value of another field of the same or an outer object, generating it if necessary. */
  get(name: string): unknown;
  /** Returns the same if a test has given it. */
  given(name: string): unknown;
}

/** The time in the first ID. */
export const firstMs: number = Date.parse("2021-11-01T08:00:00Z");

type Recipe = (spot: Spot) => unknown;

/**
 * Generators of plausible values, by the names of fields. A recipe applies if the document has a field of this name and
 * type. No field needs one.
 */
export const recipes: Readonly<Record<string, Recipe>> = {
  createdAt: ({ createdMs, given }) =>
    dateTime(Math.min(createdMs, timeOf(given("updatedAt")) ?? createdMs)),
  updatedAt: ({ createdMs, get, nowMs, random }) =>
    dateTime(momentIn(timeOf(get("createdAt")) ?? createdMs, nowMs, random)),
  // An adult by today's clock, and someone who is born by any other.
  dob: ({ createdMs, random }) => dateTime(Math.min(random() * 1.1e12, createdMs)).slice(0, 10),
  email: ({ get, index }) => emailOf([get("firstName"), get("lastName")], index),
  firstName: ({ get, random }) => {
    const gender = textOf(get("gender")) || pick(genders, random);
    return pick(firstNames[`${gender}`] ?? firstNames.OTHER, random);
  },
  gender: ({ random }) => pick(genders, random),
  // Of no clock: the same seed gives the same IDs at any time.
  id: ({ index, random }) => ulid(firstMs + index * 1000, index, random),
  lastName: ({ random }) => pick(lastNames, random),
  name: ({ index }) => {
    const round = Math.floor((index - 1) / listNames.length);
    const name = listNames[(index - 1) % listNames.length];
    return round > 0 ? `${name} ${round + 1}` : name;
  },
  phoneNumber: ({ random }) => pick(phoneNumbers, random),
  // What is left of the points is what was earned less what was redeemed.
  pointsBalance: ({ get }) =>
    numberOf(get("totalPointsEarned")) - numberOf(get("totalPointsRedeemed")),
  totalPointsEarned: ({ random }) => Math.floor(random() * 20_000),
  totalPointsRedeemed: ({ get, random }) =>
    Math.floor(random() * numberOf(get("totalPointsEarned"))),
  totalSpend: ({ get, random }) => numberOf(get("totalPointsEarned")) + Math.floor(random() * 5000),
};

/** A field that another recipe counts on can be of any type, or not there. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function pick(values: readonly string[] = [], random: () => number): string | undefined {
  return values[Math.floor(random() * values.length)];
}

/** Unique by the index. A third of them contain a `+`, which must be escaped in a query. */
function emailOf(names: readonly unknown[], index: number): string {
  const ascii = (name: unknown) =>
    textOf(name)
      .normalize("NFD")
      .replace(/[^A-Za-z]/g, "");
  const words = names.map(ascii).filter((word) => word !== "");
  const separator = index % 3 === 0 ? "+" : "";
  const person = words.join(".").toLowerCase() || "customer";
  return `${person}${separator}${index}@${mailHosts[index % mailHosts.length]}`;
}
