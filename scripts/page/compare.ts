import { type Change, type Level, levels } from "../changes/change.js";
import { compare as compareValues, type Edit } from "../changes/compare.js";
import { compileChanges } from "../changes/compile-changes.js";
import { changesByRules } from "../changes/report.js";
import { type View, viewOf } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { CliError } from "../lib/cli-error.js";
import type { Json } from "../lib/json.js";
import { isWithin, pointerTo } from "../lib/pointer.js";
import type { Leaf } from "./beyond-the-page.js";
import { lineOfThing, type OpenDocument, originOf } from "./document.js";
import { type Facts, type ModelFacts, partsOf } from "./facts.js";
import {
  type ChangedPlace,
  changedPlaces,
  commonOf,
  type Doubts,
  followPage,
  isBelow,
  scopeOf,
} from "./follow-page.js";
import { pageToDocument } from "./page-to-document.js";
import type { Kind, Place } from "./places.js";
import type { PageResult } from "./read-page.js";

/** A page, whole or in part. That of a saved page has no lines. */
export interface PageSide extends Pick<PageResult, "problems" | "unread"> {
  readonly facts: Facts;
  readonly lines?: ReadonlyMap<string, number>;
}

/** One thing that the page and the document do not say alike. */
export interface Difference {
  readonly kind: Kind;
  /** What it is about, such as `listCustomers.sort`. */
  readonly subject: string;
  /** The fact as the page has it; null if the page does not have it. */
  readonly page: string | null;
  readonly document: string | null;
  /** Its line on the page. */
  readonly line: number | null;
  readonly documentLine: number | null;
  /** The key of the thing that it is about; empty for what is beyond the page. */
  readonly key: string;
}

/** What a difference does to a user of the client once the document follows the page. */
export interface DifferenceWithLevel extends Difference {
  readonly level: Level;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** The document as it is once it follows the page. */
  readonly followed: Document;
  /** Returns each difference with its level. It loads the compiler, unless no difference is about a type. */
  severity(): Promise<DifferenceWithLevel[]>;
}

/** A difference, and the edits of the document that it is made of. */
interface Found {
  readonly difference: Difference;
  readonly edits: readonly Edit[];
}

/**
 * Compares a page with the document: all in which they differ, in both directions, but for words. The page becomes a document,
 * and `scripts/changes` compares the two; its verdict is that of `npm run changes` once a maintainer has followed the page.
 *
 * @param earlier - the models that the page had when it was last transcribed
 */
export function compare(
  page: PageSide,
  ours: OpenDocument,
  earlier?: readonly ModelFacts[],
): Comparison {
  const { view } = ours;
  const scope = scopeOf(page.facts, ours, earlier);
  const made = viewOf(pageToDocument(page.facts, ours) as Document);
  const changes = changedPlaces(ours, made, scope, doubtsOf(page));
  const isSame = changes.length === 0;
  const followed = isSame ? ours.value : followPage(ours, made, changes);
  const target = isSame ? view : viewOf(followed);
  const facts = changedFacts();
  // In the order of the page; what only the document has comes last.
  const place = ({ difference: { line } }: Found) => line ?? Number.POSITIVE_INFINITY;
  facts.sort((a, b) => place(a) - place(b) || 0);
  const found = [...facts, ...ours.unexplained.map(beyondDifference)];
  return {
    differences: found.map(({ difference }) => difference),
    followed,
    async severity() {
      const changes = await changesTo(followed, target);
      return found.map(({ difference, edits }) => ({
        ...difference,
        level: difference.kind === "beyond" ? "risky" : levelOf(edits, changes),
      }));
    },
  };

  function changedFacts(): Found[] {
    const origins = { old: view, new: target };
    const edits = compareValues(view.tree, target.tree, { origins });
    const owners = edits.map((edit) => ownerOf(edit, changes));
    return changes.flatMap((change) =>
      factOf(
        change,
        edits.filter((_, index) => owners[index] === change),
      ),
    );
  }

  function factOf({ place, before, after }: ChangedPlace, edits: readonly Edit[]): Found[] {
    const { key, kind } = place;
    // What is gone or new with all of its body is not shown apart from it.
    if (kind === "example" && edits.length === 0) return [];
    const text = (side: "old" | "new", own: Place | undefined, other: Place | undefined) => {
      if (kind === "example") return exampleText(edits, side);
      const value = kind === "order" ? commonOf(own?.value, other?.value).join(", ") : own?.value;
      return value === undefined ? null : String(value);
    };
    const list = kind === "order" && before ? originOf(view, before.at) : undefined;
    const origin = edits.find(({ old }) => old)?.old?.pointer ?? list;
    const difference: Difference = {
      kind,
      subject: subjectOf(key, page.facts, ours, kind),
      page: text("new", after, before),
      document: text("old", before, after),
      line: page.lines?.get(`${key} ${kind}`) ?? page.lines?.get(key) ?? null,
      documentLine: origin === undefined ? lineOfThing(ours, key) : ours.lineOf(origin),
      key,
    };
    return [{ difference, edits }];
  }

  function beyondDifference({ pointer, value }: Leaf): Found {
    const difference = {
      kind: "beyond",
      subject: `#${pointer}`,
      page: null,
      document: JSON.stringify(value),
      line: null,
      documentLine: ours.lineOf(pointer),
      key: "",
    } as const;
    return { difference, edits: [] };
  }

  async function changesTo(followed: Document, target: View): Promise<readonly Change[]> {
    const parts = new Map();
    const changes = changesByRules({ parts, view }, { parts, view: target });
    if (!changes.some(({ isTyped }) => isTyped)) return changes;
    try {
      return await compileChanges(
        { name: "the document", value: ours.value },
        { name: "the page", value: followed },
      );
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      // A page, or a document that is being written, can say what `npm run generate` refuses. Then nothing shows that code
      // still compiles, so a change of a type counts as one that breaks it.
      return changes.map((change) =>
        change.isTyped && change.level === "risky" ? { ...change, level: "breaking" } : change,
      );
    }
  }
}

/** The change that an edit is part of: the nearest that it is in, else the first that is in it. */
function ownerOf({ path }: Edit, changes: readonly ChangedPlace[]): ChangedPlace | undefined {
  const place = path.reduce(pointerTo, "");
  const depthOf = ({ pointers }: ChangedPlace) =>
    Math.max(...pointers.map((one) => (isBelow(place, one) ? one.length : 0)), 0);
  const [nearest] = changes.toSorted((a, b) => depthOf(b) - depthOf(a));
  if (nearest && depthOf(nearest) > 0) return nearest;
  return changes.find(({ pointers }) => pointers.some((one) => isBelow(one, place)));
}

/** The places in which two examples differ, as JSON pointers with what is there; of many, the first three. */
function exampleText(edits: readonly Edit[], side: "old" | "new"): string {
  const shown = edits.slice(0, 3).map(({ path, [side]: part }) => {
    // The first one: an example can have a field of that name.
    const below = path.slice(path.indexOf("example", 4) + 1);
    return `${below.reduce(pointerTo, "#")}: ${brief(part?.value)}`;
  });
  const more = edits.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function brief(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/** The worst of the changes that some edits are part of. */
function levelOf(edits: readonly Edit[], changes: readonly Change[]): Level {
  const isOf = (isSame: (a: string, b: string) => boolean) => (change: Change) =>
    edits.some((edit) =>
      (["old", "new"] as const).some((side) =>
        change.pointers[side].some((pointer) => isSame(pointer, edit[side]?.pointer ?? "?")),
      ),
    );
  const exact = changes.filter(isOf((a, b) => a === b));
  const found = exact.length > 0 ? exact : changes.filter(isOf(isWithin));
  return levels.find((level) => found.some((change) => change.level === level)) ?? "docs";
}

/** The name of an operation: that of the client's method; its title on the page until the document has the operation. */
export function nameOf(request: string, page: Facts, { operations }: OpenDocument): string {
  const { title } = page.operations.find((one) => one.request === request) ?? {};
  return operations.get(request)?.id ?? (title || request);
}

/** What a difference is about, by the key of the thing: `listCustomers.sort`, `Customer.email`, or the page itself. */
export function subjectOf(key: string, page: Facts, ours: OpenDocument, kind?: Kind): string {
  const { field, model, name, part, request } = partsOf(key);
  if (model !== undefined) return [model, field].filter((one) => one !== undefined).join(".");
  if (request === undefined) return "page";
  const paging = kind === "page-size" ? "pageSize" : "pagingHeader";
  const within = part === "paging" ? paging : part === "request body" ? "requestBody" : name;
  return [nameOf(request, page, ours), ...(within === undefined ? [] : [within])].join(".");
}

/** What could not be read of a page: nothing, if it has no problems. */
export function doubtsOf({ lines, problems = [], unread = [] }: PageSide): Doubts {
  const withProblems = new Set(problems.map(({ line }) => line));
  return {
    isUnread: (key) =>
      // The last table without its header reads as text; the problem is then where its model is used.
      (problems.length > 0 && /^model \S+$/.test(key)) ||
      unread.some((one) => one === "" || key === one || key.startsWith(`${one.trimEnd()} `)),
    isDoubtful: (key) => withProblems.has(lines?.get(key) ?? 0),
  };
}
