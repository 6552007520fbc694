import { createHash, type Hash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "./cli-error.js";
import { fileError } from "./file-error.js";
import { lockFile } from "./lock-file.js";
import type { Sink } from "./sink.js";

/** The saved state of an interrupted run, beside its rows. */
interface Progress {
  /** Identifies the command and its arguments. */
  readonly key: string;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of those bytes. */
  readonly hash: string;
  /** The cursor of the next rows; absent once all are written. */
  readonly place?: string;
}

interface OutputFileOptions {
  readonly path: string;
  readonly key: string;
  readonly isResume: boolean;
  readonly onNote: (note: string) => void;
}

const newFile = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR;

/**
 * Opens a file that appears when it is complete. Until then its rows are in `FILE.part`, and the cursor of the next rows in
 * `FILE.part.json`. The cursor is written only after the rows before it are on disk.
 *
 * @throws {CliError} if the file cannot be written, another run writes it, or it cannot be resumed.
 */
export async function openOutputFile(options: OutputFileOptions): Promise<Sink> {
  const { isResume, key, onNote, path } = options;
  const inWords = (error: unknown) => fileError(path, error);
  const target = await targetOf(path).catch((error) => {
    throw inWords(error);
  });
  const part = `${target}.part`;
  const state = `${part}.json`;
  const unlock = await lockFile(`${part}.lock`, path).catch((error) => {
    throw inWords(error);
  });
  try {
    const progress = isResume ? await readProgress(state, key, path) : undefined;
    if (progress && progress.place === undefined) {
      return await finished({ target, part, state, progress, path, unlock });
    }
    if (!isResume) await noteDropped(state, onNote);
    if (isResume && !progress) onNote(`There is nothing to resume for ${path}: this is a new run.`);
    const hash = createHash("sha256");
    const file = progress ? await reopen(part, progress, { hash, path }) : await begin(part, state);
    return fileSink({ ...options, target, part, state, file, hash, progress, unlock, inWords });
  } catch (error) {
    await unlock();
    throw inWords(error);
  }
}

async function noteDropped(state: string, onNote: (note: string) => void): Promise<void> {
  const { rows = 0 } = parseProgress(await readFile(state, "utf8").catch(() => "")) ?? {};
  if (rows > 0)
    onNote(
      `This is a new run: ${rows} rows of an interrupted run were dropped. --resume would have kept them.`,
    );
}

/** Follows a link: the link stays, and its target is replaced. */
async function targetOf(path: string): Promise<string> {
  // These can lead to a regular file, which would be replaced instead of written to.
  if (/^\/(dev\/(std(in|out|err)$|fd\/)|proc\/)/.test(resolve(path)))
    throw new CliError(
      `${path} is an open file. Leave out --output, and redirect standard output.`,
    );
  const known = await stat(path).catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (known?.isDirectory())
    throw new CliError(`${path} is a folder. --output needs the name of a file.`);
  if (known && !known.isFile())
    throw new CliError(
      `${path} is no regular file. Leave out --output, and redirect standard output.`,
    );
  return known ? realpath(path) : join(await realpath(dirname(path)), basename(path));
}

/** Creates a file that only its owner can read. The files of an earlier run are removed, the saved place first. */
async function begin(part: string, state: string): Promise<FileHandle> {
  await rm(state, { force: true });
  await rm(part, { force: true });
  return open(part, newFile, 0o600);
}

async function readProgress(
  state: string,
  key: string,
  path: string,
): Promise<Progress | undefined> {
  const text = await readFile(state, "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const progress = parseProgress(text);
  if (!progress) {
    throw new CliError(
      `The saved place of ${path} is damaged. Without --resume the run begins again.`,
    );
  }
  if (progress.key !== key) {
    throw new CliError(
      `${path} was begun by another command or with other arguments. Give those, or leave out --resume to begin again.`,
    );
  }
  return progress;
}

function parseProgress(text: string): Progress | undefined {
  try {
    const { key, rows, bytes, hash, place } = JSON.parse(text);
    const isWhole =
      typeof key === "string" &&
      Number.isSafeInteger(rows) &&
      Number.isSafeInteger(bytes) &&
      typeof hash === "string" &&
      (place === undefined || typeof place === "string");
    return isWhole ? { key, rows, bytes, hash, place } : undefined;
  } catch {
    return undefined;
  }
}

/** Opens the rows of an interrupted run, without those written after the saved place. */
async function reopen(
  part: string,
  { bytes, hash: expected }: Progress,
  { hash, path }: { hash: Hash; path: string },
): Promise<FileHandle> {
  const changed = () =>
    new CliError(`${part} is no longer what was written. Without --resume, ${path} begins again.`);
  const file = await open(part, constants.O_RDWR).catch((error) => {
    throw error.code === "ENOENT" ? changed() : error;
  });
  try {
    await readInto(file, bytes, hash);
    if (hash.copy().digest("hex") !== expected) throw changed();
    await file.truncate(bytes);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readInto(file: FileHandle, bytes: number, hash: Hash): Promise<void> {
  const buffer = Buffer.alloc(1 << 20);
  for (let position = 0; position < bytes; ) {
    const length = Math.min(buffer.length, bytes - position);
    const { bytesRead } = await file.read(buffer, 0, length, position);
    if (bytesRead === 0) return;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** Completes a run that ended after its last row: only the renaming of the file can be missing. */
async function finished(options: {
  target: string;
  part: string;
  state: string;
  progress: Progress;
  path: string;
  unlock: () => Promise<void>;
}): Promise<Sink> {
  const { part, path, progress, state, target, unlock } = options;
  if (await stat(part).catch(() => undefined)) {
    const file = await reopen(part, progress, { hash: createHash("sha256"), path });
    await file.close();
    await rename(part, target);
  } else if (!(await isWhole(target, progress))) {
    throw new CliError(
      `${path} was finished, and then changed. Without --resume the run begins again.`,
    );
  }
  await rm(state, { force: true });
  return {
    rows: progress.rows,
    place: undefined,
    isFinished: true,
    write: async () => {},
    save: () => {},
    finish: unlock,
    abandon: async () => {
      await unlock();
      return 0;
    },
  };
}

async function isWhole(target: string, { bytes, hash: expected }: Progress): Promise<boolean> {
  const file = await open(target, "r").catch(() => undefined);
  if (!file) return false;
  try {
    const hash = createHash("sha256");
    await readInto(file, bytes, hash);
    return (await file.stat()).size === bytes && hash.digest("hex") === expected;
  } finally {
    await file.close();
  }
}

interface OpenFile extends OutputFileOptions {
  readonly target: string;
  readonly part: string;
  readonly state: string;
  readonly file: FileHandle;
  readonly hash: Hash;
  readonly progress: Progress | undefined;
  readonly unlock: () => Promise<void>;
  readonly inWords: (error: unknown) => unknown;
}

function fileSink({
  file,
  hash,
  inWords,
  key,
  part,
  progress,
  state,
  target,
  unlock,
}: OpenFile): Sink {
  let bytes = progress?.bytes ?? 0;
  let savedRows = progress?.rows ?? 0;
  let waiting: Progress | undefined;
  let saving: Promise<void> | undefined;
  let failure: unknown;

  async function write(text: string): Promise<void> {
    if (failure) throw failure;
    const buffer = Buffer.from(text);
    try {
      for (let offset = 0; offset < buffer.length; ) {
        const { bytesWritten } = await file.write(buffer, offset, undefined, bytes + offset);
        offset += bytesWritten;
      }
    } catch (error) {
      throw inWords(error);
    }
    hash.update(buffer);
    bytes += buffer.length;
  }

  /** Pages that arrive while a place is being saved are saved together. */
  function save(rows: number, place?: string): void {
    const shared = { key, rows, bytes, hash: hash.copy().digest("hex") };
    waiting = place === undefined ? shared : { ...shared, place };
    saving ??= saveAll().finally(() => {
      saving = undefined;
    });
  }

  async function saveAll(): Promise<void> {
    try {
      while (waiting) {
        const next = waiting;
        waiting = undefined;
        await file.datasync();
        await replaceFile(state, JSON.stringify(next));
        savedRows = next.rows;
      }
    } catch (error) {
      failure ??= inWords(error);
    }
  }

  async function finish(rows: number): Promise<void> {
    save(rows);
    await saving;
    if (failure) throw failure;
    await file.close();
    await rename(part, target).catch((error) => {
      throw inWords(error);
    });
    await syncFolder(dirname(target));
    await rm(state, { force: true });
    await unlock();
  }

  async function abandon(): Promise<number> {
    await saving;
    await file.close().catch(() => {});
    // Without a saved place, nothing can be resumed.
    if (savedRows === 0) {
      await rm(state, { force: true });
      await rm(part, { force: true });
    }
    await unlock();
    return savedRows;
  }

  const rows = progress?.rows ?? 0;
  return { rows, place: progress?.place, isFinished: false, write, save, finish, abandon };
}

/** Replaces a file atomically: it has the old content or the new one, never half of it. */
async function replaceFile(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Flushes a renamed file to disk. Some systems cannot open a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
