import { CliError } from "./cli-error.js";

const words: Readonly<Record<string, string>> = {
  EACCES: "there is no permission to write there",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file system takes no file of that size",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "its folder does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of its path is no folder",
  EPERM: "there is no permission to write there",
  EROFS: "the file system is read-only",
};

/** Returns an error that explains a system error code in words. Other errors are returned as they are. */
export function fileError(path: string, error: unknown): unknown {
  const { code, syscall } = Object(error) as NodeJS.ErrnoException;
  if (error instanceof CliError || code === undefined || syscall === undefined) return error;
  const reason = words[code] ?? "the system refused it";
  return new CliError(`${path} cannot be written: ${reason} (${code}).`, { cause: error });
}
