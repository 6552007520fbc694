/** Says on a terminal what takes the time: one line, written over by the next; an empty text takes it away. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
