import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** What every build of the docs has, by which it is known. */
const ours = ["index.html", "changes.html", "openapi.yaml"];

/**
 * Refuses a folder that holds anything but a build of the docs, which a new build may replace.
 *
 * @throws Error that says what to do
 */
export async function expectReplaceable(folder: string): Promise<void> {
  const present = existsSync(folder) ? await readdir(folder) : [];
  if (present.length === 0 || ours.every((name) => present.includes(name))) return;
  throw new Error(
    `${folder} holds something else than docs. Choose a folder that is new or empty.`,
  );
}

/**
 * Lets `write` fill a new folder, and puts it in the place of an old one when all went well. What fails leaves the old
 * one as it was.
 */
export async function replaceFolder<Result>(
  folder: string,
  write: (aside: string) => Promise<Result>,
): Promise<Result> {
  // Beside it, so that it can be renamed: the system's temporary folder can be on another disk.
  await mkdir(dirname(resolve(folder)), { recursive: true });
  const aside = await mkdtemp(`${resolve(folder)}.new-`);
  const removeAtOnce = () => rmSync(aside, { recursive: true, force: true });
  process.once("exit", removeAtOnce);
  try {
    const result = await write(aside);
    await swap(folder, aside, `${aside}.old`);
    return result;
  } finally {
    await rm(aside, { recursive: true, force: true });
    process.off("exit", removeAtOnce);
  }
}

async function swap(folder: string, aside: string, old: string): Promise<void> {
  const hadOld = existsSync(folder);
  if (hadOld) await rename(folder, old);
  try {
    await rename(aside, folder);
  } catch (error) {
    if (hadOld) await rename(old, folder);
    throw error;
  }
  if (hadOld) await rm(old, { recursive: true });
}
