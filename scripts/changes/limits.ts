import type { Edit } from "./compare.js";
import type { Verdict } from "./finding.js";
import type { Direction } from "./subject.js";

/** What an edit of a limit does to the values that are allowed. */
type Effect = "loosened" | "tightened" | "unchanged" | "unknown";

/** Limits that allow more the higher they are. */
const most = new Set(
  "maxLength maximum exclusiveMaximum maxItems maxProperties maxContains".split(" "),
);

/** Limits that allow less the higher they are. */
const least = new Set(
  "minLength minimum exclusiveMinimum minItems minProperties minContains".split(" "),
);

const others = new Set(
  "pattern multipleOf uniqueItems contains propertyNames dependentRequired".split(" "),
);

/** Whether a keyword limits the values of a schema, and is in no type. */
export function isLimit(keyword: string): boolean {
  return most.has(keyword) || least.has(keyword) || others.has(keyword);
}

/**
 * The verdict on an edit of a limit. Of what is sent it matters that less is allowed, of what is read that more is.
 *
 * @param isWhole - whether the limit itself was edited, not a part of it
 */
export function limitVerdict(
  edit: Edit,
  keyword: string,
  { isRead, isSent }: Direction,
  isWhole: boolean,
): Verdict {
  const effect = isWhole ? effectOf(edit, keyword) : "unknown";
  if (effect === "unchanged") {
    return { level: "compatible", reason: "The same values are allowed." };
  }
  if (isSent && effect === "tightened") {
    return { level: "breaking", reason: "The server can refuse a value that it took." };
  }
  if (isRead && effect === "loosened") {
    return { level: "risky", reason: "The server can give values that it did not." };
  }
  if (effect === "loosened") {
    return { level: "compatible", reason: "There is more that can be sent." };
  }
  if (effect === "tightened") {
    return { level: "compatible", reason: "All values that still come could come before." };
  }
  const reason = isSent
    ? "The server can refuse a value that it took, or give one that it did not."
    : "The server can give values that it did not.";
  return { level: "risky", reason };
}

function effectOf(edit: Edit, keyword: string): Effect {
  const [old, now] = [edit.old?.value, edit.new?.value];
  if (keyword === "uniqueItems") {
    if ((old === true) === (now === true)) return "unchanged";
    return now === true ? "tightened" : "loosened";
  }
  if (old === undefined) return "tightened";
  if (now === undefined) return "loosened";
  if (typeof old !== "number" || typeof now !== "number") return "unknown";
  if (keyword === "multipleOf") {
    if (isMultiple(now, old)) return "tightened";
    return isMultiple(old, now) ? "loosened" : "unknown";
  }
  const isMore = least.has(keyword) ? now < old : now > old;
  return isMore ? "loosened" : "tightened";
}

/** Of fractions too: 0.3 is a multiple of 0.1, though not when they are divided. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}
