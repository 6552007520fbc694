import { countFrom, type OptionRules, parseFunction, parseOptions } from "../parse-options.js";
import { compare } from "./compare.js";
import { actualOf, type Difference, differenceOf } from "./difference.js";
import type { Drift, DriftFinding } from "./finding.js";
import { createMemory } from "./memory.js";

/** Options of `watchDrift`. */
export interface DriftOptions {
  /** Called once for each finding, when it is new. Its errors are ignored. */
  onDrift?: ((finding: DriftFinding) => void) | undefined;
  /** How many items of a page are checked, from the first. @default Infinity */
  sample?: number | undefined;
  /** Whether a finding shows an unknown enum value (as JSON, up to 64 characters) in place of its type. @default false */
  showValues?: boolean | undefined;
}

/** Beyond this many findings, new ones are grouped by model: an API in which every name differs is another API. */
const mostFindings = 200;

/** How many different actual types or values a finding lists. */
const mostActual = 10;

/**
 * Returns a check for the option `drift`: it reports responses that no longer match the document from which the client's
 * types are generated. It never changes the result or the error of a call.
 *
 * There is one finding for each kind and path, with a count. Clients that share the check share its findings.
 *
 * Not checked: formats (a date is any string), a few limits such as `not` and multiples of a fraction, headers other than
 * the content type, and the bodies of errors. Of a value that the document composes by `oneOf`, `anyOf` or `allOf`, only
 * the JSON type is checked, unless the composition only adds null.
 *
 * The data stays as it was received. An unknown field is present, and has the type `unknown` after a check by `in`. An
 * unknown enum value is a string at run time.
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
    for (const finding of fresh) report(published(finding));
    return fresh.map(published);
  }

  /** Listener errors are swallowed: they must not fail the call or hide other findings. */
  function report(finding: DriftFinding): void {
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
