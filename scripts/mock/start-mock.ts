import { createFixture } from "./fixture.js";
import { createFront } from "./front.js";
import { type DocumentedOperation, documentPath, readOperations } from "./operations.js";
import { createCheck } from "./prism.js";
import { serve } from "./serve.js";

/** A running mock of the API. */
export interface Mock extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4010`, to be used as the base URL. */
  url: string;
  /** The operations of the document. */
  operations: readonly DocumentedOperation[];
  /**
   * A value for each path parameter of the document: the organization, and the first item of each list, which is the
   * document's example where it has one. All of them belong together.
   */
  parameters: Readonly<Record<string, string>>;
  /** Undoes what requests have changed. */
  reset(): void;
  /** Listens no more. May be called again. */
  stop(): Promise<void>;
}

export interface StartMockOptions {
  /**
   * Where the mock listens, on 127.0.0.1.
   *
   * @default 0, which is a free port: see `url`
   */
  port?: number;
  /**
   * Path of the OpenAPI document, which is read once. Operations that this project's document
   * does not have are answered by Prism, from the document's examples and schemas.
   *
   * @default openapi/openapi.yaml
   */
  document?: string;
  /** Stops the mock, at whatever stage it is. */
  signal?: AbortSignal;
  /**
   * Hears in words of each request that the mock and Prism do not agree on. Where the mock would answer with a success, its
   * client gets a 500 with these words.
   */
  onDisagreement?: (words: string) => void;
}

/**
 * Starts the mock: that of `loke-customers/testing`, served, with Prism checking each request and each answer.
 *
 * @throws {CliError} when the port cannot be had; the reason of `signal`; otherwise an
 * Error that says what went wrong. In each case nothing is left running.
 *
 * @example
 * import { startMock } from "./scripts/mock/start-mock.js";
 * const mock = await startMock();
 * try {
 *   await fetch(`${mock.url}/organizations/${mock.parameters.organizationId}/customers`, {
 *     headers: { authorization: "Bearer any" },
 *   });
 * } finally {
 *   await mock.stop();
 * }
 */
export async function startMock(options: StartMockOptions = {}): Promise<Mock> {
  const { port = 0, document = documentPath, signal, onDisagreement = () => {} } = options;
  const operations = await readOperations(document);
  const fixture = createFixture(operations);
  const check = await createCheck(document);
  signal?.throwIfAborted();
  const { close, url } = await serve(
    createFront({ check, fixture, operations, onDisagreement }),
    port,
  );
  const stop = () => {
    signal?.removeEventListener("abort", stop);
    return close();
  };
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) await stop();
  signal?.throwIfAborted();
  const { parameters, reset } = fixture;
  return { url, operations, parameters, reset, stop, [Symbol.asyncDispose]: stop };
}
