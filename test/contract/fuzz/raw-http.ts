import { connect } from "node:net";

/** What came back on a connection, until it was closed or nothing came for too long. */
export interface RawAnswer {
  /** The statuses of the responses, of those that are complete. */
  readonly statuses: readonly number[];
  readonly text: string;
  readonly isTimedOut: boolean;
}

/** Writes bytes on a connection of their own, as they are: no HTTP client would send most of them. */
export function sendRaw(port: number, bytes: Buffer, timeoutMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let isTimedOut = false;
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(timeoutMs, () => {
      isTimedOut = true;
      socket.destroy();
    });
    socket.on("data", (part) => parts.push(part));
    // A reset is what some requests deserve. Whether there was an answer before is what counts.
    socket.on("error", () => {});
    socket.on("close", () => {
      const text = Buffer.concat(parts).toString("latin1");
      resolve({ statuses: readStatuses(text), text, isTimedOut });
    });
  });
}

/** The statuses of complete responses, one after the other. */
function readStatuses(text: string): number[] {
  const statuses: number[] = [];
  for (let rest = text; rest !== ""; ) {
    const [head = "", ...others] = rest.split("\r\n\r\n");
    const body = others.join("\r\n\r\n");
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
    if (status === undefined || others.length === 0) return statuses;
    const length = bodyLength(Number(status), head, body);
    if (length === undefined) return statuses;
    // An interim one is followed by the answer.
    if (!status.startsWith("1")) statuses.push(Number(status));
    rest = body.slice(length);
  }
  return statuses;
}

/** `undefined` where the body is not complete. */
function bodyLength(status: number, head: string, body: string): number | undefined {
  if (status < 200 || status === 204 || status === 304) return 0;
  if (/^transfer-encoding: chunked/im.test(head)) {
    const end = body.startsWith("0\r\n\r\n") ? 0 : body.indexOf("\r\n0\r\n\r\n") + 2;
    // A HEAD has the headers of a body, and none.
    if (body === "" || body.startsWith("HTTP/1.1 ")) return 0;
    return end === 1 ? undefined : end + 5;
  }
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length === undefined) return body.length;
  return body.length < Number(length) ? undefined : Number(length);
}
