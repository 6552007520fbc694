/** Fails unless two values are the same JSON. */
export function expectEqual(actual: unknown, expected: unknown, what = "it"): void {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${what} is ${is}, and should be ${should}`);
}

export function expectTrue(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`not so: ${what}`);
}

/** What a promise rejects with. Fails if it is fulfilled. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`nothing failed, and ${JSON.stringify(value)} came`);
}

/** What a promise rejects with, which must be an error of this very class, with these facts. */
export async function expectFailure<Facts>(
  promise: Promise<unknown>,
  errorClass: new (...args: never[]) => Facts,
  facts: Partial<Facts> = {},
): Promise<Facts> {
  const error = await failureOf(promise);
  if (Object(error).constructor !== errorClass) {
    throw new Error(`it fails with ${error}, and should with a ${errorClass.name}`);
  }
  for (const [name, value] of Object.entries(facts)) {
    expectEqual(Reflect.get(Object(error), name), value, `${errorClass.name}.${name}`);
  }
  return error as Facts;
}
