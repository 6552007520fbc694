import { connect, createServer, type Socket } from "node:net";
import { listen } from "../listen.js";

/** A command of a worker's to Redis, stopped on its way. */
export interface HeldCommand {
  /** Resolves when a worker has sent it, with the worker's name. */
  readonly reached: Promise<string>;
  /** Lets it go on, if the worker still lives. */
  release(): void;
  /** Breaks the connection that it came on. */
  cut(): void;
}

/** What stands between the workers and Redis, and can stop a command at a moment that no signal could hit. */
export interface Gate {
  /** Opens a way to Redis. @returns a URL of Redis, for one worker */
  open(worker: string): Promise<string>;
  /**
   * Stops a command on its way, and whatever comes behind it on the same connection.
   *
   * @param marker - what the command has in it
   * @param nth - which one of these, counted from now on, from 1
   * @param part - "command": Redis does not get it; "reply": Redis carries it out, and the worker does not hear of it
   */
  hold(marker: string, nth: number, part: "command" | "reply"): HeldCommand;
  close(): Promise<void>;
}

interface Stop {
  marker: string;
  /** How many commands with the marker are still to come, this one included. */
  left: number;
  part: "command" | "reply";
  reach(worker: string, way: { release(): void; cut(): void }): void;
}

export function createGate(redisSocket: string): Gate {
  const servers: { close(): Promise<void> }[] = [];
  const stops = new Set<Stop>();

  /** Counts markers that end after a position. @returns what stops the command */
  function look(text: string, from: number): Stop | undefined {
    for (const stop of stops) {
      const { marker } = stop;
      for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
        if (at + marker.length > from) stop.left -= 1;
      }
    }
    const reached = [...stops].find(({ left }) => left <= 0);
    if (reached) stops.delete(reached);
    return reached;
  }

  function pass(worker: string, client: Socket): void {
    const redis = connect(redisSocket);
    const cut = () => {
      client.destroy();
      redis.destroy();
    };
    for (const side of [client, redis]) side.on("error", cut).on("close", cut);
    redis.on("data", (chunk) => client.write(chunk));
    // The end of what has been looked at: a marker can come in two pieces.
    let seen = "";
    client.on("data", (chunk) => {
      const text = seen + chunk.toString("latin1");
      const stop = look(text, seen.length);
      seen = text.slice(-200);
      if (stop?.part !== "command") redis.write(chunk);
      if (!stop) return;
      const [stopped, send] =
        stop.part === "command" ? [client, () => redis.write(chunk)] : [redis, () => {}];
      stopped.pause();
      const release = () => {
        if (stopped.destroyed) return;
        send();
        stopped.resume();
      };
      stop.reach(worker, { release, cut });
    });
  }

  return {
    async open(worker) {
      const sockets = new Set<Socket>();
      const server = createServer((client) => {
        sockets.add(client);
        pass(worker, client);
      });
      const { close, port } = await listen(server);
      servers.push({
        close() {
          for (const socket of sockets) socket.destroy();
          return close();
        },
      });
      return `redis://127.0.0.1:${port}`;
    },
    hold(marker, nth, part) {
      let way = { release() {}, cut() {} };
      const reached = new Promise<string>((resolve) => {
        stops.add({
          marker,
          left: nth,
          part,
          reach(worker, found) {
            way = found;
            resolve(worker);
          },
        });
      });
      return { reached, release: () => way.release(), cut: () => way.cut() };
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
