/** Why nothing can be said. The message says of which document, and what to do. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
