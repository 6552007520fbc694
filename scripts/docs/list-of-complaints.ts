import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Logger, LogLevel } from "typedoc";

/** TypeDoc's warnings and errors, each with the file and line it is about. */
export class ListOfComplaints extends Logger {
  readonly #root: string;
  readonly complaints: string[] = [];

  constructor(root: string) {
    super();
    this.#root = root;
  }

  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn) this.complaints.push(stripVTControlCharacters(message));
  }

  protected override addContext(...[message, , ...place]: AddContext): string {
    const [where, file] = place;
    const [position, source] =
      typeof where === "object" ? [where.getStart(), where.getSourceFile()] : [where, file];
    if (position === undefined || source === undefined) return message;
    const { line } = source.getLineAndCharacterOfPosition(position);
    return `${relative(this.#root, source.fileName)}:${line + 1}: ${message}`;
  }
}

type AddContext = Parameters<Logger["addContext"]>;
