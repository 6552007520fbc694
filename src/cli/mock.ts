import { collections, operations } from "../../generated/mock.js";
import { createMockApi, type MockApi, type MockApiOptions } from "../testing.js";
import type { CommandLine } from "./parse-command-line.js";

/** The part of a row of `generated/mock.ts` that the command line uses. */
interface MockOperation {
  readonly collection?: string;
  /** The parameters that identify the owners of an item. */
  readonly parents?: readonly string[];
}

/** A mock for one command, and its arguments with the mock's own tenant. */
export interface CommandMock {
  readonly api: MockApi;
  readonly args: CommandLine["args"];
}

/** A fixed time, so that a list that is resumed in another process is the same list. */
const now = () => Date.UTC(2026, 0, 1);

/** Returns a mock with as many items per list as `--mock` sets. */
export function createCommandMock(
  { args, command, each, mock: count = 0 }: CommandLine,
  values: readonly string[] = [],
): CommandMock {
  const { collection, parents = [] } = operations[command.id] as MockOperation;
  const { tenant } = command;
  const given = tenant === undefined ? undefined : args[tenant];
  const tops = Object.entries(collections).flatMap(([name, one]) =>
    "parent" in one ? [] : [[name, count]],
  );
  const options = {
    now,
    ...Object.fromEntries(tops),
    ...(given && { organizationId: given }),
  };
  const api = createMockApi(options as MockApiOptions);
  const allArgs = each ? values.map((value) => ({ ...args, [each.name]: value })) : [args];
  if (collection !== undefined && parents.length > 0) {
    const set = api.set as (...given: unknown[]) => void;
    for (const one of allArgs) {
      try {
        set(collection, ...parents.map((name) => one[name]), count);
      } catch (error) {
        // Without such an owner, the mock answers as the API does.
        if (!(error instanceof TypeError)) throw error;
      }
    }
  }
  const own = tenant === undefined ? {} : { [tenant]: api.organizationId };
  return { api, args: { ...own, ...args } };
}
