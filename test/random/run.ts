import { inspect } from "node:util";
import type { Document } from "../../scripts/generate/document.js";
import { type Examined, examine } from "./examine.js";
import type { Failure, FailureKind } from "./failure.js";
import type { Feature } from "./features.js";
import { batchSize, makeDocument } from "./make-document.js";
import { isComplete, shrink } from "./shrink.js";

export interface RunOptions {
  readonly seed: number;
  readonly count: number;
  readonly enabled: ReadonlySet<Feature>;
  /** How long the first document of each kind of failure is made smaller. */
  readonly shrinkMs: number;
}

export type RunOutcome = Omit<Examined, "failures"> & {
  /** What a reader needs to see of each kind of failure. */
  readonly failures: ReadonlyMap<FailureKind, string[]>;
};

/** Makes random documents, and examines them in batches. */
export async function run({ seed, count, enabled, shrinkMs }: RunOptions): Promise<RunOutcome> {
  const total = { refusals: [] as string[], accepted: 0, calls: 0, examples: 0, changed: 0 };
  const found: (Failure & { seed: number })[] = [];
  for (let start = seed; start < seed + count; start += batchSize) {
    const size = Math.min(batchSize, seed + count - start);
    const documents = Array.from({ length: size }, (_, index) => ({
      seed: start + index,
      document: makeDocument({ seed: start + index, enabled }),
    }));
    // That src/ compiles with what is generated is seen in the first batch.
    const { failures, ...counts } = await examine(documents, { isWhole: start === seed });
    total.refusals.push(...counts.refusals);
    for (const name of ["accepted", "calls", "examples", "changed"] as const)
      total[name] += counts[name];
    found.push(...failures.map((one) => ({ ...one, seed: start + one.index })));
  }
  const failures = new Map<FailureKind, string[]>();
  for (const kind of new Set(found.map((one) => one.kind))) {
    const these = found.filter((one) => one.kind === kind);
    const lines = these.map(({ detail, seed: own, where }) => `SEED=${own} ${where}: ${detail}`);
    const [first] = these;
    const document = makeDocument({ seed: first?.seed ?? seed, enabled });
    const smaller = await smallest({
      kind,
      seed: first?.seed ?? seed,
      document,
      untilMs: Date.now() + shrinkMs,
    });
    failures.set(kind, [smaller, ...lines]);
  }
  return { ...total, failures };
}

interface Failing {
  readonly kind: FailureKind;
  readonly seed: number;
  readonly document: Document;
  readonly untilMs: number;
}

async function smallest({ kind, seed, document, untilMs }: Failing): Promise<string> {
  const options = {
    isWhole: kind === "what is generated does not compile",
    compiles: /compile/.test(kind),
  };
  const first = await failureOf(document);
  if (first === undefined) return "It fails together with others only.";
  const stillFails = async (one: Document) =>
    isComplete(one) && isLike(await failureOf(one), first);
  const small = await shrink(document, stillFails, untilMs);
  const { paths, components } = small;
  const shown = inspect({ paths, components }, { depth: null, breakLength: 120 });
  return `SEED=${seed}, made smaller: ${(await failureOf(small))?.detail}\n${shown}`;

  async function failureOf(one: Document): Promise<Failure | undefined> {
    try {
      const { failures } = await examine([{ document: one, seed }], options);
      return failures.find((failure) => failure.kind === kind);
    } catch {
      return undefined;
    }
  }
}

/** Whether a smaller document fails in the same way: of a crash, with the same message. */
function isLike(failure: Failure | undefined, first: Failure): boolean {
  if (failure === undefined) return false;
  const isCrash = /crashes|cannot be/.test(first.kind);
  return !isCrash || failure.detail.slice(0, 30) === first.detail.slice(0, 30);
}
