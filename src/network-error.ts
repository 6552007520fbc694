/** Codes of the system, of TLS, and of the HTTP clients of Node, Bun and node-fetch. `ERR_INVALID_ARG_TYPE` is none. */
const transportCode =
  /^(E(AI_|ACCES|ADDR|CONN|HOST|INTR|IO$|MFILE|NET|NFILE|NOBUFS|NOENT|NOTCONN|NOTFOUND|PERM$|PIPE|PROTO|SOCKET|TIME)\w*|UND_ERR_(?!ABORT|CLOSED|DESTROYED|INVALID|NOT_)\w+|(HPE|Z|ERR_HTTP2|ERR_SSL|ERR_TLS|UNABLE_TO)_\w+|ERR_SOCKET_C\w+|ERR_STREAM_PREMATURE_CLOSE|\w*CERT\w*|Connection\w+|FailedToOpenSocket)$/;

/** How the messages of a broken connection begin: of Chromium, Firefox, Safari, Node, workerd, React Native and Deno. */
const transportMessage =
  /^(Failed to fetch|NetworkError when|Load failed|The (Internet|network) connection |fetch failed$|terminated$|network error$|Network (connection lost|request failed)|error (sending request|reading a body))/;

/**
 * Whether an error that `fetch` threw is a network error. Any other error is a bug in a program, an endless redirect or a
 * refused URL: a retry would fail in the same way.
 *
 * @param isNative - whether the global `fetch` threw it: browsers give a bare `TypeError`
 */
export function isNetworkError(error: unknown, isNative: boolean, depth = 5): boolean {
  const { cause, code, message, name, path, syscall } = Object(error);
  // File errors have the same codes, but a path. In Bun, the path of a network error is its URL.
  if (transportCode.test(code))
    return typeof path !== "string" || syscall === "connect" || /^https?:/.test(path);
  if (cause !== undefined) return depth > 0 && isNetworkError(cause, isNative, depth - 1);
  return (
    name === "NetworkError" ||
    transportMessage.test(message) ||
    (isNative && depth === 5 && name === "TypeError" && code === undefined)
  );
}
