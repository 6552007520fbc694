/** A part of the changelog under a heading such as `## 0.2.0 - unreleased`. */
export interface Section {
  readonly version: string;
  /** Its entries, each with its further lines. */
  readonly entries: readonly string[];
}

/** Reads the sections of the changelog, the newest first. */
export function readChangelog(text: string): Section[] {
  const [, ...parts] = text.split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const [version = ""] = heading.split(/[\s[\]]+/).filter(Boolean);
    const [, ...entries] = lines.join("\n").split(/^[-*] /m);
    return { version, entries: entries.map((entry) => entry.trim()).filter(Boolean) };
  });
}

/** The section of a version that is still to be released. */
export function sectionFor(sections: readonly Section[], version: string): Section | undefined {
  return sections.find((one) => one.version === version || /^unreleased$/i.test(one.version));
}
