/** A document that lints, and still cannot become a client. The message says what to change. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  /** Where, as a JSON pointer into the document. */
  readonly pointer: string | undefined;

  constructor(message: string, pointer?: string) {
    super(message);
    this.pointer = pointer;
  }
}
