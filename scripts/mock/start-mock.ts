import { type Checker, startChecker } from "./check-by-prism.js";
import { createFixture } from "./fixture.js";
import { createFront } from "./front.js";
import { type DocumentedOperation, documentPath, fillPath, readOperations } from "./operations.js";
import { serve } from "./serve.js";

/** A running mock of the API. */
export interface Mock extends AsyncDisposable {
  /** Such as `http://127.0.0.1:4010`, to be used as the base URL. */
  url: string;
  /** Of Prism, a process of its own. */
  pid: number;
  /** The operations of the document. */
  operations: readonly DocumentedOperation[];
  /**
   * A value for each path parameter of the document: the organization, and the first item of each list, which is the
   * document's example where it has one. All of them belong together.
   */
  parameters: Readonly<Record<string, string>>;
  /** Undoes what requests have changed. */
  reset(): void;
  /** Resolves with the last lines Prism printed when it is gone: after `stop`, or by itself. */
  ended: Promise<string>;
  /** Ends Prism, and listens no more. May be called again, and after Prism has died. */
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

/** Prism takes one second; a machine that is busy with other tests may need many. */
const startTimeoutMs = 60_000;

/**
 * Starts the mock: that of `loke-customers/testing`, served, with Prism as a validating proxy behind it that sees each
 * request and each answer. Resolves when a request has gone through both. Prism also ends when this process does, in
 * whatever way.
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
  let starting: Promise<Checker> = Promise.reject(new Error("it has not started"));
  starting.catch(() => {});
  const front = createFront({ operations, fixture, checker: () => starting, onDisagreement });
  // Before Prism, which takes a second: a port that is taken is told at once.
  const served = await serve(front, port);
  let checker: Checker | undefined;
  const start = new AbortController();
  const deadline = setTimeout(() => {
    start.abort(new Error(`The mock did not start within ${startTimeoutMs / 1000} seconds`));
  }, startTimeoutMs);

  const onAbort = () => {
    start.abort(signal?.reason);
    void stop();
  };
  const stop = async () => {
    signal?.removeEventListener("abort", onAbort);
    await Promise.all([checker?.stop(), served.close()]);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    signal?.throwIfAborted();
    starting = startChecker(document, start.signal);
    checker = await starting;
    const { pid, ended } = checker.prism;
    const { parameters, reset } = fixture;
    const { url } = served;
    const reading = operations.find(({ method }) => method === "GET");
    if (reading) await expectAnswer(url + fillPath(reading.path, parameters), start.signal);
    return { url, pid, operations, parameters, reset, ended, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

/** A request that goes through Prism to the fixture and back. */
async function expectAnswer(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { headers: { authorization: "Bearer any" }, signal });
  const body = await response.text();
  if (response.status >= 500)
    throw new Error(`The mock answers ${response.status} to GET ${url}: ${body}`);
}
