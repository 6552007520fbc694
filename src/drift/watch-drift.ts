import { countFrom, type OptionRules, parseFunction, parseOptions } from "../parse-options.js";
import { compare } from "./compare.js";
import { actualOf, type Difference, differenceOf } from "./difference.js";
import type { Drift, DriftFinding } from "./finding.js";
import { createMemory } from "./memory.js";

/** Options of `watchDrift`. */
export interface DriftOptions {
  /** Told of each finding, once, when the answer that shows it first has been checked. What it throws is ignored. */
  onDrift?: ((finding: DriftFinding) => void) | undefined;
  /** How many items of a page are checked, from its first. @default Infinity, which is all */
  sample?: number | undefined;
  /** Whether a value outside an enum is shown, as JSON, up to 64 characters, and not its type. @default false */
  showValues?: boolean | undefined;
}

/** Beyond this many findings, new ones are counted together: an API that goes by other names all over is another API. */
const mostFindings = 200;

/** How many different things that came a finding names. */
const mostActual = 10;

/**
 * Watches for drift: tells when the answers of the API no longer match the document that the client's types are made
 * of. Off unless a client is given it; without effect on what a call gives or throws, and on its data.
 *
 * There is one finding for each kind and path, with a count. They belong to what this function gives: clients that
 * share it, such as one for each organization, share its findings; a client with its own has its own.
 *
 * Not checked are formats (a date is any string), the few limits that code of this size cannot check, such as `not` and
 * multiples of a fraction, headers other than the content type, and the bodies of errors. Of a value that the document
 * composes by `oneOf`, `anyOf` or `allOf`, only the JSON type is checked; null beside one schema is no such composition.
 * Nothing is taken out of the data: an unknown field is there, and typed as `unknown` once `in` has found it; an
 * unknown value of an enum is a string like the others.
 *
 * @throws {TypeError} naming the option that is wrong.
 *
 * @example
 * import { createClient } from "loke-customers";
 * import { watchDrift } from "loke-customers/drift";
 *
 * const drift = watchDrift({
 *   onDrift: ({ kind, path, expected, actual }) => console.warn(kind, path, expected, actual),
 * });
 * const loke = createClient({ accessToken: process.env.LOKE_ACCESS_TOKEN, drift });
 * const customer = await loke.getCustomer({
 *   organizationId: process.env.LOKE_ORGANIZATION_ID ?? "",
 *   customerId: "01FCCGYZA9JPQ97HBSTKW0KT7P",
 * });
 * const tier = "tier" in customer ? customer.tier : undefined; // unknown: the document has no such field
 * console.log(tier, drift.findings().length);
 */
export function watchDrift(options: DriftOptions = {}): Drift {
  const { onDrift, sample, showValues } = parseOptions(options, {
    caller: "watchDrift",
    scope: "drift",
    rules,
    base: { sample: Number.POSITIVE_INFINITY, showValues: false },
  });
  const found = new Map<string, Finding>();
  const recall = createMemory<Finding>(mostFindings);

  function check(operation: string, response: Response, data: unknown): DriftFinding[] {
    const fresh: Finding[] = [];

    function findingOf({ kind, path, ...rest }: Difference, firstItem?: number): Finding {
      const isFull = found.size >= mostFindings && !found.has(`${kind} ${path}`);
      const at = isFull ? path.replace(/[.[].*/, ".*") : path;
      let finding = found.get(`${kind} ${at}`);
      if (!finding) {
        finding = { operation, kind, path: at, ...rest, actual: [], count: 0, firstItem };
        found.set(`${kind} ${at}`, finding);
        fresh.push(finding);
      }
      return finding;
    }

    compare(
      { operation, response, data, sample },
      {
        onResponse: (difference, actual) => see(findingOf(difference), actual),
        onError(error, model, item) {
          const finding = recall(error, model, () => findingOf(differenceOf(error, model), item));
          see(finding, actualOf(error, showValues));
        },
      },
    );
    for (const finding of fresh) tell(published(finding));
    return fresh.map(published);
  }

  /** A listener that fails must not fail the call, nor keep the other findings from being told. */
  function tell(finding: DriftFinding): void {
    try {
      const outcome: unknown = onDrift?.(finding);
      Promise.resolve(outcome).catch(() => {});
    } catch {}
  }

  return Object.assign(check, { findings: () => [...found.values()].map(published) });
}

interface Finding extends Omit<DriftFinding, "actual" | "count"> {
  readonly actual: string[];
  count: number;
}

function see(finding: Finding, actual: string): void {
  finding.count += 1;
  if (finding.actual.length < mostActual && !finding.actual.includes(actual)) {
    finding.actual.push(actual);
  }
}

function published({ actual, ...finding }: Finding): DriftFinding {
  return { ...finding, actual: actual.join(" or ") };
}

interface ResolvedDriftOptions {
  readonly onDrift?: (finding: DriftFinding) => void;
  readonly sample: number;
  readonly showValues: boolean;
}

const rules: OptionRules<ResolvedDriftOptions> = {
  onDrift: ["drift", "a function", parseFunction],
  sample: ["drift", "a whole number from 1", countFrom(1)],
  showValues: [
    "drift",
    "true or false",
    (value) => (typeof value === "boolean" ? value : undefined),
  ],
};
