/** What a document can fail in. */
export type FailureKind =
  | "the generator crashes"
  | "the package cannot be loaded"
  | "the mock cannot be made"
  | "what is generated does not compile"
  | "a call does not compile"
  | "a call fails"
  | "a call loses an argument"
  | "the mock's answer drifts"
  | "the mock's answer does not fit its schema"
  | "an error's answer is not as documented"
  | "the compiler refuses a right value"
  | "the compiler accepts a wrong value"
  | "the check refuses a right value"
  | "the check accepts a wrong value"
  | "the mock refuses a right body"
  | "the mock accepts a wrong body";

export interface Failure {
  readonly kind: FailureKind;
  /** Which of the documents it was. */
  readonly index: number;
  /** The operation, or another part of the document. */
  readonly where: string;
  readonly detail: string;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
