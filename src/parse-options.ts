/** Which scopes have an option, what it must be, and a parser that returns `undefined` for anything else. */
export type OptionRule<Resolved, Value> = readonly [
  scopes: string,
  mustBe: string,
  parse: (value: unknown, base: Resolved, caller: string) => Value | undefined,
];

/** A rule for each option: a new option without one fails the build. No rule puts a value into a message. */
export type OptionRules<Resolved> = {
  readonly [Key in keyof Resolved]-?: OptionRule<Resolved, NonNullable<Resolved[Key]>>;
};

/** The function whose options are parsed. */
export interface OptionTarget<Resolved> {
  /** Names it in messages: `createClient`, or an operation. */
  readonly caller: string;
  /** One of the scopes that the rules name. */
  readonly scope: string;
  readonly rules: OptionRules<Resolved>;
  /** The values of absent options. */
  readonly base: Resolved;
  readonly required?: readonly string[];
}

/**
 * Checks options, and merges them over others.
 *
 * @throws {TypeError} naming the option that is wrong, never its value.
 */
export function parseOptions<Resolved extends object>(
  options: object,
  { base, caller, required = [], rules, scope }: OptionTarget<Resolved>,
): Resolved {
  if (Object(options) !== options || typeof options === "function")
    throw new TypeError(`${caller}: the options must be an object.`);
  const resolved = { ...base };
  for (const name of new Set([...required, ...Object.keys(options)])) {
    const key = name as keyof Resolved;
    const value = Object(options)[name];
    const [scopes = "", mustBe, parse] = Object.hasOwn(rules, name) ? rules[key] : [];
    if (!scopes.includes(scope)) {
      const names = Object.keys(rules).filter((one) =>
        rules[one as keyof Resolved][0].includes(scope),
      );
      throw new TypeError(`${caller} has no option "${name}"; it has ${names.join(", ")}.`);
    }
    if (value === undefined && !required.includes(name)) continue;
    const parsed = parse?.(value, base, caller);
    if (parsed === undefined) {
      const advice = value === "" ? ", and is empty" : adviceOnNull(value);
      throw new TypeError(`${caller}: "${name}" must be ${mustBe}${advice}.`);
    }
    resolved[key] = parsed;
  }
  return resolved;
}

/** Returns the end of the message for a wrong value if it is `null`, which never means "absent". */
export function adviceOnNull(value: unknown): string {
  return value === null ? ", not null: leave it out, or pass undefined" : "";
}

export function parseFunction<T>(value: unknown): T | undefined {
  return typeof value === "function" ? (value as T) : undefined;
}

export function parseNumber(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}

export function parsePositive(value: unknown): number | undefined {
  return parseNumber(value) || undefined;
}

/** Not by `instanceof`: the signal can belong to another realm, or to a polyfill. It must have what `withTimeout` uses. */
export function parseSignal(value: unknown): AbortSignal | undefined {
  const isSignal = ["aborted", "reason", "addEventListener"].every((one) => one in Object(value));
  return isSignal ? (value as AbortSignal) : undefined;
}

/** Returns a parser of whole numbers, `Infinity` included. */
export function countFrom(least: number): (value: unknown) => number | undefined {
  return (value) => (Math.floor(Number(value)) === value && value >= least ? value : undefined);
}
