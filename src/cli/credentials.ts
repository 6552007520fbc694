import { readFile } from "node:fs/promises";
import type { AccessToken } from "../index.js";
import { CliError } from "./cli-error.js";
import type { CommandLine } from "./parse-command-line.js";

const howTo =
  "Set LOKE_ACCESS_TOKEN, or LOKE_CLIENT_ID and LOKE_CLIENT_SECRET, or give --token-file FILE. " +
  "Without an account: --mock.";

/**
 * Returns the source of access tokens.
 *
 * @throws {CliError} if no credentials are set. Its message contains no part of them.
 */
export async function findCredentials(
  { tokenFile }: CommandLine,
  env: Readonly<Record<string, string | undefined>>,
): Promise<AccessToken> {
  if (tokenFile !== undefined) {
    await readToken(tokenFile);
    return () => readToken(tokenFile);
  }
  const accessToken = env.LOKE_ACCESS_TOKEN?.trim();
  if (accessToken) {
    if (!isToken(accessToken))
      throw new CliError(
        "LOKE_ACCESS_TOKEN is no access token: it has blanks or characters that are not ASCII.",
      );
    return accessToken;
  }
  const clientId = env.LOKE_CLIENT_ID?.trim();
  const clientSecret = env.LOKE_CLIENT_SECRET?.trim();
  if (!clientId && !clientSecret) throw new CliError(`There are no credentials. ${howTo}`);
  if (!clientId || !clientSecret) {
    const missing = clientId ? "LOKE_CLIENT_SECRET" : "LOKE_CLIENT_ID";
    throw new CliError(`${missing} is not set. ${howTo}`);
  }
  const { clientCredentials } = await import("../auth.js");
  const issuer = env.LOKE_ISSUER?.trim() || undefined;
  return clientCredentials({ clientId, clientSecret, issuer });
}

/** Messages do not show the name of the file: users pass a token in its place. */
async function readToken(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new CliError(
      `The --token-file cannot be read (${cause.code}). It is the name of a file that holds an access token.`,
    );
  });
  const token = text.trim();
  if (!isToken(token))
    throw new CliError("The --token-file holds no access token: one word of ASCII characters.");
  return token;
}

function isToken(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
