import type { LokeEvent } from "../index.js";
import type { Output } from "./io.js";

/** A line on the terminal with the progress of a list. */
export interface Progress {
  onEvent(event: LokeEvent): void;
  /** Sets the number of rows that have been written. */
  onRows(rows: number): void;
  /** Clears the line until the next change, so that something else can be written. */
  clear(): void;
  stop(): void;
}

const eachMs = 100;
const nothing: Progress = { onEvent() {}, onRows() {}, clear() {}, stop() {} };

export function createProgress(output: Output, isShown: boolean): Progress {
  if (!isShown) return nothing;
  const startedAt = performance.now();
  let pages = 0;
  let rows = 0;
  let firstRows: number | undefined;
  let wait: { readonly until: number; readonly text: string } | undefined;
  let isDrawn = false;

  function draw(): void {
    const width = (output.columns ?? 80) - 1;
    output.write(`\r${text().slice(0, width)}\u001b[K`);
    isDrawn = true;
  }

  function text(): string {
    const now = performance.now();
    if (wait && now < wait.until) {
      return `Waiting ${((wait.until - now) / 1_000).toFixed(1)} s: ${wait.text}`;
    }
    if (pages === 0) return "Waiting for the first page";
    const seconds = (now - startedAt) / 1_000;
    const rate = Math.round((rows - (firstRows ?? 0)) / Math.max(seconds, 0.001));
    const count = (number: number, what: string) =>
      `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
    return [count(rows, "row"), count(pages, "page"), `${rate.toLocaleString("en")} rows/s`].join(
      ", ",
    );
  }

  function clear(): void {
    if (isDrawn) output.write("\r\u001b[K");
    isDrawn = false;
  }

  const timer = setInterval(draw, eachMs);
  timer.unref();
  return {
    onEvent(event) {
      if (event.type === "page") pages += 1;
      if (event.type === "request") wait = undefined;
      if (event.type === "retry") {
        const page = event.page === undefined ? "" : ` of page ${event.page}`;
        const status = event.status === undefined ? "" : ` ${event.status}`;
        const reason = `${event.reason}${status}, attempt ${event.attempt + 1}${page}`;
        wait = { until: performance.now() + event.delayMs, text: reason };
        draw();
      }
    },
    onRows(count) {
      firstRows ??= count;
      rows = count;
    },
    clear,
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}
