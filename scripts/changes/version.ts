import type { Change } from "./change.js";

/** The version that a set of changes asks for; none if nothing changed, or if the version is not one of three numbers. */
export function nextVersion(
  version: string,
  changes: readonly Pick<Change, "level">[],
): string | undefined {
  const numbers = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!numbers || changes.length === 0) return undefined;
  const [major, minor, patch] = numbers.slice(1).map(Number) as [number, number, number];
  const has = (...levels: string[]) => changes.some(({ level }) => levels.includes(level));
  // Before 1.0 the minor is what breaks, and the patch is all the rest.
  if (major === 0) return has("breaking") ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  if (has("breaking")) return `${major + 1}.0.0`;
  return has("risky", "compatible") ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
