import type { ErrorSchema, ValidationError } from "../../generated/answers.js";
import { fieldOf, kindOf } from "./difference.js";
import type { DriftKind } from "./finding.js";

/** The finding of an error, and what distinguishes it from other errors of its schema. */
interface Remembered<Found> extends Pick<ValidationError, "instancePath"> {
  readonly kind: DriftKind;
  readonly model: string;
  readonly name: string | undefined;
  readonly found: Found;
}

/**
 * Remembers the findings of errors. A page can have thousands of errors, and building the path of each would take longer
 * than parsing the page.
 *
 * @param most - how many errors of one schema are remembered
 */
export function createMemory<Found>(
  most: number,
): (error: ValidationError, model: string, find: () => Found) => Found {
  const memory = new Map<ErrorSchema, Remembered<Found>[]>();
  return (error, model, find) => {
    const { instancePath, parentSchema } = error;
    const kind = kindOf(error);
    const name = fieldOf(error);
    const errors = memory.get(parentSchema) ?? [];
    memory.set(parentSchema, errors);
    for (const one of errors) {
      const isSameField = one.name === name && one.kind === kind && one.model === model;
      if (isSameField && one.instancePath === instancePath) return one.found;
    }
    const found = find();
    if (errors.length < most) errors.push({ model, instancePath, kind, name, found });
    return found;
  };
}
