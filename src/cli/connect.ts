import { type CallOptions, type ClientOptions, createClient, type List } from "../index.js";
import { findCredentials } from "./credentials.js";
import type { Io } from "./io.js";
import type { CommandLine } from "./parse-command-line.js";

/** The operation of a command, with its arguments, on a client. */
export interface Operation {
  /** Calls an operation that returns no list. */
  readonly call: (options: CallOptions, args?: object) => Promise<unknown>;
  /** Returns the list of an operation. */
  readonly list: (
    options: CallOptions & { from?: string; prefetch?: number },
    args?: object,
  ) => List<unknown>;
}

type Method = (args: object, options: object) => unknown;

/** Creates the client for a command line: of the API, or of a mock. */
export async function connect(
  line: CommandLine,
  {
    env,
    body,
    onEvent,
    values,
  }: {
    readonly env: Io["env"];
    readonly body: unknown;
    /** The values of `--each`. */
    readonly values: readonly string[] | undefined;
    readonly onEvent: NonNullable<ClientOptions["onEvent"]>;
  },
): Promise<Operation> {
  const { args, options } = await source(line, env, values);
  const pace = values && (await import("../pace.js")).adaptivePace();
  const client = createClient({ ...options, onEvent, pace }) as unknown as Record<string, Method>;
  const method = client[line.command.id] as Method;
  const all = body === undefined ? args : { ...args, body };
  return {
    call: async (callOptions, more) => method({ ...all, ...more }, callOptions),
    list: (listOptions, more) => method({ ...all, ...more }, listOptions) as List<unknown>,
  };
}

async function source(
  line: CommandLine,
  env: Io["env"],
  values: readonly string[] | undefined,
): Promise<{ args: object; options: ClientOptions }> {
  if (line.mock !== undefined) {
    const { createCommandMock } = await import("./mock.js");
    const { api, args } = createCommandMock(line, values);
    return { args, options: { fetch: api, accessToken: "mock" } };
  }
  const accessToken = await findCredentials(line, env);
  const { args, baseUrl } = line;
  return { args, options: { accessToken, ...(baseUrl && { baseUrl }) } };
}
