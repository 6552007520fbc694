/** What the suite is told of where it runs. It crosses into pages and workers, so it is plain data. */
export interface World {
  readonly apiUrl: string;
  /** Another origin, which must not get the token. */
  readonly strangerUrl: string;
  /** Gives access tokens. */
  readonly issuerUrl: string;
  /** Nobody listens there. */
  readonly refusedUrl: string;
  /** Whether scripts see only the response headers that the server exposes, as in a browser. */
  readonly hidesHeaders: boolean;
  /** Whether the runtime refuses to make code of strings. */
  readonly forbidsEval: boolean;
}

/** Shows a value as the runtime's console does. */
export type Inspect = (value: unknown) => string;

/** Checks by what they find, which is what a failure is called by. */
export type Checks = Readonly<Record<string, (world: World, inspect: Inspect) => Promise<void>>>;
