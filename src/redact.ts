/** Error classes of the platform. They show nothing but their own fields. */
const builtIns = /^((Type|Syntax|Range)?Error|DOMException)$/;

/** Fields that Node adds to its errors. */
const safeFields = /^(name|code|errno|syscall|hostname|address|port)$/;

/** Words, codes and addresses, such as `connect ECONNREFUSED 127.0.0.1:443`. No query and no e-mail address matches. */
const safeText = /^[\w .:'()-]{0,80}$/;

/**
 * Returns an error as it is if it is safe to log, else a stand-in with its names and codes. A custom `fetch` can put the
 * URL with its e-mail addresses, or a piece of a response, into the message or a field of its errors.
 *
 * @param secrets - texts that a safe error does not contain either
 */
export function redact(error: unknown, secrets: readonly string[], depth = 5): unknown {
  const standIn: Error & { code?: string } = new Error(
    "Withheld: it could name a person or a token.",
  );
  try {
    if (isSafe(error, secrets, depth)) return error;
    const { name, code, cause } = Object(error);
    if (isSafeCode(name, secrets)) standIn.name = name;
    if (isSafeCode(code, secrets)) standIn.code = code;
    if (cause !== undefined && depth) standIn.cause = redact(cause, secrets, depth - 1);
  } catch {
    // A field that throws when it is read is left out.
  }
  return standIn;
}

/** Whether a value is one word, such as `not_found`, `ECONNRESET` or `01FCCGYZA9JPQ97HBSTKW0KT7P`, and no secret. */
export function isSafeCode(value: unknown, secrets: readonly string[]): value is string {
  const isCode = typeof value === "string" && /^(?=.*[a-z])[\w.:-]{1,64}$/i.test(value);
  return isCode && !containsSecret(value, secrets);
}

function isSafe(error: unknown, secrets: readonly string[], depth: number): boolean {
  const isSafeText = (value: unknown) =>
    safeText.test(String(value)) && !containsSecret(String(value), secrets);
  if (!(error instanceof Error)) return Object(error) !== error && isSafeText(error);
  const { cause, message, name, stack } = error;
  return (
    builtIns.test(error.constructor.name) &&
    Reflect.get(globalThis, error.constructor.name) === error.constructor &&
    isSafeText(name) &&
    isSafeText(message) &&
    // The stack begins with the name and message that the error had when it was made.
    isSafeText(`${stack}`.split(/\n\s+at /, 1)) &&
    (cause === undefined || (depth > 0 && isSafe(cause, secrets, depth - 1))) &&
    Object.getOwnPropertySymbols(error).length === 0 &&
    Object.entries(error).every(([key, value]) => safeFields.test(key) && isSafeText(value))
  );
}

/** Whether a text contains a secret. Texts of up to three characters are in every text, and reveal nothing. */
export function containsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => secret.length > 3 && text.includes(secret));
}

/** Returns the innermost code of a redacted error and its causes, such as `ECONNREFUSED`. */
export function systemCode(error: unknown): string | undefined {
  const { cause, code } = Object(error);
  return (cause && systemCode(cause)) ?? (isSafeCode(code, []) ? code : undefined);
}
