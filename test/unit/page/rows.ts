/** The rows of a table of texts, one on a line: cells are parted by pipes, and have `\n` and `\t` as a string has them. */
export function rowsOf(table: string): string[][] {
  const lines = table.split("\n").filter((line) => line !== "");
  return lines.map((line) =>
    line.split(" | ").map((cell) => cell.replaceAll("\\n", "\n").replaceAll("\\t", "\t")),
  );
}
