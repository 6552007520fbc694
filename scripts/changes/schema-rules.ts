import { isMap } from "../lib/json.js";
import type { Edit } from "./compare.js";
import {
  breaking,
  commonVerdict,
  compatible,
  describe,
  docs,
  type Finding,
  kindOf,
  risky,
  typed,
  type Verdict,
} from "./finding.js";
import { type Direction, field, item, mapValue } from "./subject.js";

/** What an edit within a schema does. `path` leads from the schema to the edit. */
export function schemaFinding(
  edit: Edit,
  path: readonly string[],
  subject: string,
  direction: Direction,
): Finding {
  const place = placeIn(path, subject);
  const { isWhole, keyword } = place;
  const value = isWhole ? undefined : (edit.new ?? edit.old)?.value;
  const isOfField = keyword === "required" && typeof value === "string";
  return {
    subject: isOfField ? field(place.subject, value) : place.subject,
    detail: keyword === "property" ? ` ${kindOf(edit)}` : describe(keyword, edit),
    old: edit.old,
    new: edit.new,
    ...(keyword === "enum" && !isWhole && { isEnumValue: true }),
    ...schemaVerdict(edit, keyword, direction, isWhole),
  };
}

interface SchemaPlace {
  subject: string;
  /** The key of the schema that was edited; "property" for a field as a whole, "schema" for the schema itself. */
  keyword: string;
  /** The value of the key as a whole was added, removed or changed, not a part of it. */
  isWhole: boolean;
}

/** Walks down to the schema that the edit is in. */
function placeIn(path: readonly string[], subject: string): SchemaPlace {
  const [key, name, ...rest] = path;
  if (key === undefined) return { subject, keyword: "schema", isWhole: true };
  if (key === "properties" && name !== undefined) {
    const about = field(subject, name);
    return rest.length === 0
      ? { subject: about, keyword: "property", isWhole: true }
      : placeIn(rest, about);
  }
  const after = path.slice(1);
  if (key === "items" && after.length > 0) return placeIn(after, item(subject));
  if (key === "additionalProperties" && after.length > 0) return placeIn(after, mapValue(subject));
  // The parts of a union or an intersection have no names of their own.
  if (/^(oneOf|anyOf|allOf)$/.test(key) && rest.length > 0) return placeIn(rest, subject);
  return { subject, keyword: key, isWhole: name === undefined };
}

/** Keys that the types are made of. What they do beyond these rules is for the compiler to say. */
const typeKeys = new Set([
  ..."schema type const $ref items oneOf anyOf allOf not additionalProperties prefixItems".split(
    " ",
  ),
  ..."patternProperties properties discriminator nullable $defs readOnly writeOnly".split(" "),
]);

const unordered = /^(enum|required|type|oneOf|anyOf|allOf)$/;

function schemaVerdict(
  edit: Edit,
  keyword: string,
  direction: Direction,
  isWhole: boolean,
): Verdict {
  const kind = kindOf(edit);
  if (kind === "reordered" && unordered.test(keyword)) return docs("The order means nothing.");
  if (keyword === "property" && isMap((edit.new ?? edit.old)?.value))
    return propertyVerdict(edit, direction);
  if (keyword === "required" && kind !== "changed" && kind !== "reordered") {
    return requiredVerdict(kind === "added", direction);
  }
  if (keyword === "enum") return { ...enumVerdict(edit, direction, isWhole), isTyped: true };
  if (keyword === "type" && kind !== "reordered") {
    return { ...typeVerdict(edit, direction), isTyped: true };
  }
  if (keyword === "format") return formatVerdict(edit, direction);
  if (isLimit(keyword)) return limitVerdict(edit, keyword, direction, isWhole);
  if (keyword === "default") return risky("What is left out means something else to the server.");
  const isOfType = typeKeys.has(keyword) || keyword === "property" || keyword === "required";
  return isOfType ? unseen : commonVerdict(keyword, edit);
}

/** For an edit of a type that the compiler has nothing against. */
const unseen: Verdict = typed(risky("What compiled still compiles; the values can differ."));

function propertyVerdict(edit: Edit, { isRead }: Direction): Verdict {
  if (edit.old) return typed(breaking("Code that uses the field no longer compiles."));
  return typed(compatible(`There is a field more ${isRead ? "to read" : "that can be sent"}.`));
}

function requiredVerdict(isRequired: boolean, { isRead, isSent }: Direction): Verdict {
  if (!isRequired) {
    return isRead
      ? typed(breaking("The field can be missing where it is read."))
      : typed(compatible("The field can be left out."));
  }
  return isSent
    ? typed(breaking("A body without the field is no longer accepted."))
    : typed(
        compatible(
          "Readers go on; code that builds such objects itself, such as a test, must give the field.",
        ),
      );
}

function enumVerdict(edit: Edit, { isRead, isSent }: Direction, isWhole: boolean): Verdict {
  const isClosed = isWhole ? edit.old === undefined : edit.new === undefined;
  if (isWhole && edit.old && edit.new) return unseen;
  if (isClosed && isSent) return breaking("A value that could be sent no longer can.");
  if (isClosed) return risky("What is compared with a value that no longer comes is never true.");
  if (isRead) return breaking("A value can come that the code does not expect.");
  return compatible("There is more that can be sent.");
}

function typeVerdict(edit: Edit, { isRead, isSent }: Direction): Verdict {
  const [old, now] = [edit.old?.value, edit.new?.value].map((one) =>
    [one ?? []].flat().map(String),
  );
  const isNullMore = isRead && !old?.includes("null") && now?.includes("null");
  if (isNullMore) return breaking("The value can be null where it is read.");
  const isOnlyNullLess =
    !isSent && old?.includes("null") && String(old.filter((one) => one !== "null")) === String(now);
  if (isOnlyNullLess || (old && String(old) === "null" && !now?.length && !isSent))
    return compatible("The value is null no more.");
  if (!isRead && old?.length && now && old.every((one) => now.includes(one)))
    return compatible("There is more that can be sent.");
  if ([String(old), String(now)].sort().join() === "integer,number") {
    const reason = isRead
      ? "To TypeScript both are number; a column, a sum or a display made for whole numbers is not."
      : "To TypeScript both are number; the server tells them apart.";
    return risky(reason);
  }
  return unseen;
}

function formatVerdict(edit: Edit, { isRead, isSent }: Direction): Verdict {
  if (edit.old || isSent) {
    const reason = isRead
      ? "To TypeScript both are one type; code that parses the value can fail."
      : "To TypeScript both are one type; the server can refuse what it took.";
    return risky(reason);
  }
  return compatible("The value is described more closely.");
}

/** What an edit of a limit does to the values that are allowed. */
type Effect = "loosened" | "tightened" | "unchanged" | "unknown";

/** Keywords that limit the values of a schema, and are in no type. */
const limits = new Set([
  ..."maxLength maximum exclusiveMaximum maxItems maxProperties maxContains".split(" "),
  ..."minLength minimum exclusiveMinimum minItems minProperties minContains".split(" "),
  ..."pattern multipleOf uniqueItems contains propertyNames dependentRequired".split(" "),
]);

export function isLimit(keyword: string): boolean {
  return limits.has(keyword);
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
  if (effect === "unchanged") return compatible("The same values are allowed.");
  if (isSent && effect === "tightened")
    return breaking("The server can refuse a value that it took.");
  if (isRead && effect === "loosened") return risky("The server can give values that it did not.");
  if (effect === "loosened") return compatible("There is more that can be sent.");
  if (effect === "tightened") return compatible("All values that still come could come before.");
  const reason = isSent
    ? "The server can refuse a value that it took, or give one that it did not."
    : "The server can give values that it did not.";
  return risky(reason);
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
  // A maximum allows more the higher it is, a minimum the lower it is.
  const isMore = /min/i.test(keyword) ? now < old : now > old;
  return isMore ? "loosened" : "tightened";
}

/** Of fractions too: 0.3 is a multiple of 0.1, though not when they are divided. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}
