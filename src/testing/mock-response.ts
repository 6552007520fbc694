/** A response before it is sent. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent if there is no body. */
  readonly text?: string;
  /** Where it breaks off, if at all. */
  readonly breaksOff?: "before the headers" | "in the body";
  /** The error with which it breaks off. Without one, it stalls. */
  readonly error?: { readonly code: string; readonly syscall: string };
  /** Whether it looks like a CORS response in a browser. */
  readonly isCors?: boolean;
}

export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): MockResponse {
  const text = JSON.stringify(value);
  return { status, headers: { "content-type": "application/json", ...headers }, text };
}

/** An error body in the shape of the vendor's own error library, since the API's error bodies are not documented. */
export function failure(
  {
    code,
    instance,
    message,
    status,
  }: { status: number; code: string; message: string; instance: string },
  headers?: Readonly<Record<string, string>>,
): MockResponse {
  return json(status, { message, code, type: `/mock/errors/${code}`, instance }, headers);
}

/** Returns the `Response`, or rejects as `fetch` does. */
export async function send(answer: MockResponse, request: Request): Promise<Response> {
  const { breaksOff, headers, isCors, status } = answer;
  const { method, signal, url } = request;
  if (breaksOff === "before the headers") {
    const error = networkError("fetch failed", answer);
    if (error) throw error;
    await new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }
  const text = method === "HEAD" ? undefined : answer.text;
  const whole = text === undefined ? null : wholeBody(text, request);
  const body = breaksOff ? brokenBody(answer, signal) : whole;
  return identified(new Response(body, { status, headers }), {
    url: { value: url },
    ...(isCors && { type: { value: "cors" } }),
  });
}

/** A response with a `url`, also on its clones. */
function identified(response: Response, facts: PropertyDescriptorMap): Response {
  const clone = () => identified(Response.prototype.clone.call(response), facts);
  return Object.defineProperties(response, { ...facts, clone: { value: clone } });
}

/**
 * A body that fails once its request is aborted, as a body from the network does. Each read checks the signal, which needs
 * no listener. The body keeps a reference to the request: Node does not forward an abort to a request that was collected.
 */
function wholeBody(text: string, request: Request): ReadableStream<Uint8Array> {
  let isSent = false;
  const pull: UnderlyingDefaultSource<Uint8Array>["pull"] = (controller) => {
    const { signal } = request;
    if (signal.aborted) controller.error(signal.reason);
    else if (isSent) controller.close();
    else controller.enqueue(new TextEncoder().encode(text));
    isSent = true;
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

/** The error of Node's `fetch`, whose cause has the system's code. Other runtimes have a `TypeError` as well. */
function networkError(message: string, { error }: MockResponse): TypeError | undefined {
  if (!error) return undefined;
  const cause = Object.assign(new Error(`${error.syscall} ${error.code}`), error);
  return new TypeError(message, { cause });
}

/** Half of a body, and then an error, or nothing. */
function brokenBody(answer: MockResponse, signal: AbortSignal): ReadableStream<Uint8Array> {
  const { text = "" } = answer;
  const half = new TextEncoder().encode(text.slice(0, text.length / 2));
  const error = networkError("terminated", answer);
  let letGo = () => {};
  let isHalfSent = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const onAbort = () => controller.error(signal.reason);
      signal.addEventListener("abort", onAbort);
      letGo = () => signal.removeEventListener("abort", onAbort);
    },
    // Called again after the half has been read: an earlier error would discard that half.
    pull(controller) {
      if (!isHalfSent) controller.enqueue(half);
      else if (error) {
        letGo();
        controller.error(error);
      }
      isHalfSent = true;
    },
    cancel: () => letGo(),
  });
}
