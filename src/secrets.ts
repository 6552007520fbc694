/**
 * A failure as it is, or a stand-in if it names one of the secrets: a `fetch` of the user's can put the whole URL,
 * with its e-mail addresses, into the message or a field of its errors.
 */
export function withoutSecrets(failure: unknown, secrets: readonly string[]): unknown {
  // Shorter ones are in every text, and give nothing away.
  const long = secrets.filter((secret) => secret.length > 3);
  if (!mentions(failure, long, 5)) return failure;
  return new Error("The failure is withheld: it names a token or a query value.");
}

function mentions(value: unknown, secrets: readonly string[], depth: number): boolean {
  if (typeof value === "string") return secrets.some((secret) => value.includes(secret));
  if (typeof value !== "object" || value === null || depth === 0) return false;
  // The URL of a Request, Response or URL is a getter of its class.
  return ["url", "href", ...Reflect.ownKeys(value)].some((key) =>
    mentions(Reflect.get(value, key), secrets, depth - 1),
  );
}
