// Preloaded with --import. Tests must not depend on the network: a connection to another machine ends the program.
import { Socket } from "node:net";

const loopback = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/** Ends the program, so that none can take the refusal for a failure of the network and try again. */
export function refuse(address) {
  console.error(`refused: this program asks for ${address}`);
  process.exit(70);
}

const { connect } = Socket.prototype;

/** Below `fetch`, `http` and `tls`. Called as (options), (port, host), (path), or with an array of these. */
Socket.prototype.connect = function (...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const { host = "localhost", port } =
    typeof first === "object" ? first : { host: typeof second === "string" ? second : undefined };
  if (!loopback.test(host)) refuse(port === undefined ? host : `${host}:${port}`);
  return connect.apply(this, args);
};
