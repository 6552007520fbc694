/** Returns a `fetch` as the option of that name takes one. Its handler gets one `Request` made of the arguments. */
export function asFetch<Result extends Response>(
  handler: (request: Request) => Promise<Result>,
): (url: string, init: RequestInit) => Promise<Result> {
  return (url, init) => handler(new Request(url, init));
}
