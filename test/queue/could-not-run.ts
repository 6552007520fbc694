/** Something that the test needs cannot be had here: it has neither passed nor failed. */
export class CouldNotRun extends Error {
  override readonly name = "CouldNotRun";
}
