/** Something that has to be done before a change of the beta is released. */
export interface Step {
  readonly name: string;
  /** `unknown`: it could not be found out. */
  readonly state: "done" | "left" | "unknown";
  readonly fact: string;
  /** The command, or the work, that comes next. */
  readonly next?: string;
}

/** The first line that a command printed, without its name before it. */
export function firstLineOf(...texts: readonly string[]): string {
  const [line = "it printed nothing"] = texts
    .flatMap((text) => text.trim().split("\n"))
    .filter(Boolean);
  return line.replace(/^\w+: /, "");
}

/** The state of a command that could not run. */
export function unknown(name: string, command: string, ...printed: readonly string[]): Step {
  return { name, state: "unknown", fact: firstLineOf(...printed), next: command };
}

export function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
