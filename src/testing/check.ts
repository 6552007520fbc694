/** Throws at once: a test with a wrong set-up would pass for the wrong reason. */
export function refuse(problem: string): never {
  throw new TypeError(`The mock API ${problem}`);
}

/** @throws {TypeError} for an unknown name */
export function checkName(kind: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) refuse(`has no ${kind} "${name}"; it has ${known.join(", ")}.`);
}

/** @throws {TypeError} if a value is given and is no whole number from `least` */
export function checkCount(what: string, value: unknown, least: number): void {
  const isCount = Number.isInteger(value) && (value as number) >= least;
  if (value !== undefined && !isCount) {
    refuse(`needs a whole number from ${least} as ${what}.`);
  }
}

/** @throws {TypeError} if a value is given and is no text */
export function checkText(what: string, value: unknown): void {
  if (value === undefined || (typeof value === "string" && value !== "")) return;
  refuse(`needs a text that is not empty as ${what}.`);
}
