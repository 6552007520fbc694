import { isNetworkError } from "./network-error.js";

/** Error classes of the platform. They show nothing but their own fields. */
const builtIns = /^((Type|Syntax|Range|Reference)?Error|DOMException)$/;

/** Fields that Node adds to its errors. */
const safeFields = /^(name|code|errno|syscall|hostname|address|port)$/;

/** Words, codes and addresses, such as `connect ECONNREFUSED 127.0.0.1:443`. No query and no e-mail address matches. */
const safeText = /^[\w .:'()-]{0,80}$/;

/**
 * The same with the marks that messages of TLS, HTTP parsers and undici have, such as `Connect Timeout Error (attempted
 * address: api.loke.global:443, timeout: 10000ms)`. For errors with a code of the transport. No URL matches.
 */
const transportText = /^(?!.*\/\/)[\w .:;,*'()[\]/\n-]{0,300}$/;

/**
 * Returns an error as it is if it is safe to log, else a stand-in with its names and codes. A custom `fetch` can put the
 * URL with its e-mail addresses, or a piece of a response, into the message or a field of its errors.
 *
 * @param secrets - texts that a safe error does not contain either
 */
export function redact(error: unknown, secrets: readonly string[], depth = 5): unknown {
  const fields: PropertyDescriptorMap = {};
  const show = (key: string, value: unknown) => {
    fields[key] = { value, enumerable: true };
  };
  let shownMessage =
    "Withheld: it could contain personal data or a token. To see it, log the error in your own `fetch`.";
  try {
    if (isSafe(error, secrets, depth)) return error;
    const { name, code, cause, errors, message } = Object(error);
    const isOfTransport = isNetworkError({ code }, false) && transportText.test(message);
    if (isOfTransport && !containsSecret(message, secrets)) shownMessage = message;
    if (isSafeCode(name, secrets)) show("name", name);
    if (isSafeCode(code, secrets)) show("code", code);
    if (cause !== undefined && depth) show("cause", redact(cause, secrets, depth - 1));
    // Of an `AggregateError`, such as one for each address of a host.
    if (Array.isArray(errors))
      show(
        "errors",
        errors.map((one) => redact(one, secrets, 0)),
      );
  } catch {
    // A field that throws when it is read is left out.
  }
  // Not by assignment: `node --frozen-intrinsics` allows none to a name that the prototype has.
  return Object.defineProperties(new Error(shownMessage), fields);
}

/** Whether a value is one word, such as `not_found`, `ECONNRESET` or `01FCCGYZA9JPQ97HBSTKW0KT7P`, and no secret. */
export function isSafeCode(value: unknown, secrets: readonly string[]): value is string {
  const isCode = typeof value === "string" && /^(?=.*[a-z])[\w.:-]{1,64}$/i.test(value);
  return isCode && !containsSecret(value, secrets);
}

function isSafe(error: unknown, secrets: readonly string[], depth: number): boolean {
  const isSafeText = (value: unknown) =>
    safeText.test(String(value)) && !containsSecret(String(value), secrets);
  if (Object(error) !== error) return isSafeText(error);
  const { cause, constructor: errorClass, message, name, stack } = error as Error;
  return (
    isBuiltIn(errorClass) &&
    isSafeText(name) &&
    isSafeText(message) &&
    // The stack begins with the name and message that the error had when it was made.
    isSafeText(`${stack}`.split(/\n\s+at /, 1)) &&
    (cause === undefined || (depth > 0 && isSafe(cause, secrets, depth - 1))) &&
    Object.getOwnPropertySymbols(error).length === 0 &&
    Object.entries(error as Error).every(
      ([key, value]) => safeFields.test(key) && isSafeText(value),
    )
  );
}

/** In a test runner, errors of the platform can belong to another realm than the global classes. */
function isBuiltIn(errorClass: unknown): boolean {
  if (typeof errorClass !== "function" || !builtIns.test(errorClass.name)) return false;
  return (
    Reflect.get(globalThis, errorClass.name) === errorClass ||
    Function.prototype.toString.call(errorClass).includes("[native code]")
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
