/** The errors of the platform: they show no more of themselves than their fields. */
const builtIns = /^((Type|Syntax|Range)?Error|DOMException)$/;

/** Fields that Node gives its errors, beside those of every error. */
const plainFields = /^(name|code|errno|syscall|hostname|address|port)$/;

/** Words, codes and addresses, such as `connect ECONNREFUSED 127.0.0.1:443`; no query, no e-mail address. */
const plainWords = /^[\w .:'()-]{0,80}$/;

/**
 * A failure as it is if it is plain, else a stand-in with its names and codes: a `fetch` can put the whole URL, with
 * its e-mail addresses, or a piece of the answer into the message or a field of its errors.
 *
 * @param secrets - what a plain failure does not name either
 */
export function withoutSecrets(failure: unknown, secrets: readonly string[], depth = 5): unknown {
  const standIn: Error & { code?: string } = new Error(
    "Withheld: it could name a person or a token.",
  );
  try {
    if (isPlain(failure, secrets, depth)) return failure;
    const { name, code, cause } = Object(failure);
    if (isWord(name, secrets)) standIn.name = name;
    if (isWord(code, secrets)) standIn.code = code;
    if (cause !== undefined && depth) standIn.cause = withoutSecrets(cause, secrets, depth - 1);
  } catch {
    // A field that cannot be read is not shown.
  }
  return standIn;
}

/** One word, such as `not_found`, `ECONNRESET` or `01FCCGYZA9JPQ97HBSTKW0KT7P`: a code, and no secret. */
export function isWord(value: unknown, secrets: readonly string[]): value is string {
  const isCode = typeof value === "string" && /^(?=.*[a-z])[\w.:-]{1,64}$/i.test(value);
  return isCode && !namesSecret(value, secrets);
}

function isPlain(failure: unknown, secrets: readonly string[], depth: number): boolean {
  const isClear = (value: unknown) =>
    plainWords.test(String(value)) && !namesSecret(String(value), secrets);
  if (!(failure instanceof Error)) return Object(failure) !== failure && isClear(failure);
  const { cause, message, name, stack } = failure;
  return (
    builtIns.test(failure.constructor.name) &&
    Reflect.get(globalThis, failure.constructor.name) === failure.constructor &&
    isClear(name) &&
    isClear(message) &&
    // The stack begins with the name and message that the failure had when it was made.
    isClear(`${stack}`.split(/\n\s+at /, 1)) &&
    (cause === undefined || (depth > 0 && isPlain(cause, secrets, depth - 1))) &&
    Object.getOwnPropertySymbols(failure).length === 0 &&
    Object.entries(failure).every(([key, value]) => plainFields.test(key) && isClear(value))
  );
}

/** Whether a text names a secret. Short ones are in every text, and give nothing away. */
export function namesSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => secret.length > 3 && text.includes(secret));
}
