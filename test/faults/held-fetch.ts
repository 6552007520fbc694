/** A request that waits for the test to answer it. */
export interface HeldRequest {
  readonly request: Request;
  /** Gives the headers of a 200, and a body that comes as it is sent. */
  open(headers?: Record<string, string>): HeldBody;
  answer(response: Response): void;
  fail(reason: unknown): void;
}

export interface HeldBody {
  send(text: string): void;
  end(): void;
  fail(reason: unknown): void;
  /** Whether the client has given the body up. */
  readonly isCancelled: boolean;
}

export interface HeldFetch {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly requests: readonly HeldRequest[];
  /** Resolves with the n-th request, from 1. */
  request(nth: number): Promise<HeldRequest>;
}

/** A `fetch` in this process, in which nothing happens by itself. */
export function holdFetch({ heedsSignal = true } = {}): HeldFetch {
  const requests: HeldRequest[] = [];
  return {
    requests,
    fetch(url, init) {
      const request = new Request(url, init);
      return new Promise((answer, fail) => {
        const { signal } = request;
        if (heedsSignal) signal.addEventListener("abort", () => fail(signal.reason));
        const open = (headers: Record<string, string> = {}) => {
          let isCancelled = false;
          let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
          const body = new ReadableStream<Uint8Array>({
            start: (controller) => {
              stream = controller;
            },
            cancel: () => {
              isCancelled = true;
            },
          });
          if (heedsSignal) {
            signal.addEventListener("abort", () => {
              isCancelled = true;
              stream?.error(signal.reason);
            });
          }
          answer(new Response(body, { headers }));
          return {
            send: (text: string) => stream?.enqueue(new TextEncoder().encode(text)),
            end: () => stream?.close(),
            fail: (reason: unknown) => stream?.error(reason),
            get isCancelled() {
              return isCancelled;
            },
          };
        };
        requests.push({ request, open, answer, fail });
      });
    },
    async request(nth) {
      await eventually(() => requests.length >= nth);
      return requests[nth - 1] as HeldRequest;
    },
  };
}

/** Lets everything happen that needs no time. */
export async function turn(turns = 10): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits, by turns and not by the clock, until something is so. */
export async function eventually(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    if (turns > 10_000) throw new Error("It never came to be so.");
    await turn(1);
  }
}
