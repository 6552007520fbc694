import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { CliError } from "./cli-error.js";

/** The process that holds a lock. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, if the system reports it: process IDs are reused. */
  readonly started: string | undefined;
}

/**
 * Acquires a lock, or takes over that of a process that was killed.
 *
 * @returns a function that releases it
 * @throws {CliError} if a running process holds it.
 */
export async function lockFile(path: string, subject: string): Promise<() => Promise<void>> {
  const { pid } = process;
  const owner: Owner = { pid, host: hostname(), started: (await statusOf(pid)).started };
  // Written before it gets its name, so that no process reads half of it.
  const own = `${path}.${pid}.${crypto.randomUUID()}`;
  const text = JSON.stringify(owner);
  await writeFile(own, text, { mode: 0o600 });
  try {
    for (;;) {
      if (await isLinked(own, path)) break;
      const held = await readFile(path, "utf8").catch(() => undefined);
      if (held === undefined) continue;
      if (await isAlive(held)) {
        throw new CliError(
          `Another run is writing ${subject}. If you are sure that there is none, delete ${path}.`,
        );
      }
      await removeStale(path, held, `${own}.stale`);
    }
  } finally {
    await rm(own, { force: true });
  }
  await removeLeftovers(path);
  return async () => {
    const held = await readFile(path, "utf8").catch(() => undefined);
    if (held === text) await rm(path, { force: true });
  };
}

async function isLinked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Some file systems have no hard links.
    if (code !== "EPERM" && code !== "ENOSYS" && code !== "ENOTSUP") throw error;
  }
  try {
    await writeFile(path, await readFile(own), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Several processes can find the same lock stale. The one that renames it removes it; a fresh lock is put back. */
async function removeStale(path: string, held: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, "utf8");
  if (moved !== held) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

/** Removes the files of processes that were killed while they acquired the lock. */
async function removeLeftovers(path: string): Promise<void> {
  const begin = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    const pid = name.startsWith(begin)
      ? /^\d+(?=\.)/.exec(name.slice(begin.length))?.[0]
      : undefined;
    if (pid !== undefined && isGone(Number(pid)))
      await rm(join(dirname(path), name), { force: true });
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function isAlive(text: string): Promise<boolean> {
  const owner = parse(text);
  // A lock that cannot be read, or belongs to another machine, may be held.
  if (!owner || owner.host !== hostname()) return true;
  if (isGone(owner.pid)) return false;
  const { started, state = "" } = await statusOf(owner.pid);
  // A killed process stays as a zombie until its parent reads its exit status, which some parents never do.
  return !/[ZX]/.test(state) && (owner.started === undefined || owner.started === started);
}

function parse(text: string): Owner | undefined {
  try {
    const { pid, host, started } = JSON.parse(text);
    return Number.isInteger(pid) && typeof host === "string" ? { pid, host, started } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Linux: fields 3 and 22 of `/proc/PID/stat`. The name of the program precedes them in brackets, and can contain any
 * character.
 */
async function statusOf(pid: number): Promise<{ state?: string; started: string | undefined }> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", started: fields[19] };
}
