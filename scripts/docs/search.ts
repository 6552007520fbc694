/** The search of the published pages. It is bundled into one script, which loads the index when the reader begins to type. */
import MiniSearch, { type SearchResult } from "minisearch";
import { type Entry, searchOptions } from "./search-options.js";

declare global {
  var siteSearchIndex: string | undefined;
}

type Found = SearchResult & Entry;

const maxResults = 20;
const excerptLength = 140;

const root = new URL(".", (document.currentScript as HTMLScriptElement).src);
const form = query<HTMLFormElement>(".site-search");
const input = query<HTMLInputElement>(".site-search input");
const results = query<HTMLElement>("#site-results");
const status = query<HTMLElement>("#site-results [role=status]");
const list = query<HTMLElement>("#site-results ol");
let index: Promise<MiniSearch<Entry>> | undefined;

form.hidden = false;
input.addEventListener("focus", load, { once: true });
input.addEventListener("input", show);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await show();
  list.querySelector("a")?.click();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === "ArrowDown") move(event, 1);
  if (event.key === "ArrowUp") move(event, -1);
});
document.addEventListener("keydown", (event) => {
  const isShortcut = event.key === "k" && (event.ctrlKey || event.metaKey);
  if (!isShortcut) return;
  event.preventDefault();
  input.focus();
  input.select();
});
document.addEventListener("click", ({ target }) => {
  if (!form.contains(target as Node)) results.hidden = true;
});
list.addEventListener("click", () => {
  results.hidden = true;
});

function load(): Promise<MiniSearch<Entry>> {
  index ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("search-index.js", root).href;
    script.onload = () => {
      resolve(MiniSearch.loadJSON<Entry>(globalThis.siteSearchIndex ?? "", searchOptions));
    };
    script.onerror = reject;
    document.head.append(script);
  });
  return index;
}

async function show(): Promise<void> {
  const words = input.value.trim();
  results.hidden = words === "";
  if (words === "") return;
  let found: Found[];
  try {
    found = (await load()).search(words) as Found[];
  } catch {
    index = undefined;
    status.textContent = "The search index could not be loaded.";
    return;
  }
  // The reader went on typing while the index was on its way.
  if (input.value.trim() !== words) return;
  status.textContent = found.length === 1 ? "1 result" : `${found.length} results`;
  list.replaceChildren(...found.slice(0, maxResults).map(item));
}

function item({ href, title, page, text, terms }: Found): HTMLElement {
  const link = document.createElement("a");
  link.href = new URL(href, root).href;
  const heading = document.createElement("strong");
  heading.textContent = title === page ? title : `${page}: ${title}`;
  const excerpt = document.createElement("span");
  excerpt.textContent = excerptOf(text, terms);
  link.append(heading, excerpt);
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

/** Returns a part of a text around the first word that was found. */
function excerptOf(text: string, terms: readonly string[]): string {
  const lower = text.toLowerCase();
  const places = terms.map((term) => lower.indexOf(term)).filter((place) => place !== -1);
  const start = Math.max(0, Math.min(...(places.length > 0 ? places : [0])) - 40);
  const from = start === 0 ? 0 : text.indexOf(" ", start) + 1;
  const end = from + excerptLength;
  return `${from > 0 ? "… " : ""}${text.slice(from, end)}${end < text.length ? " …" : ""}`;
}

/** Moves the focus along the input and the results. */
function move(event: KeyboardEvent, step: number): void {
  const stops = [input, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement as HTMLInputElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function close(): void {
  results.hidden = true;
  input.focus();
}

function query<Kind extends Element>(selector: string): Kind {
  const element = document.querySelector<Kind>(selector);
  if (element === null) throw new Error(`The page has no ${selector}.`);
  return element;
}
