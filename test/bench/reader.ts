/** What a benchmark does with rows: the same for the client and for what it is compared with. */

export interface Row {
  readonly id: string;
  readonly statistics?: { readonly totalSpend: number };
}

/** Visits each row, and knows at the end whether it was given every one. */
export class Reader {
  rows = 0;
  spend = 0;

  visit(row: Row): void {
    this.rows += 1;
    this.spend += row.statistics?.totalSpend ?? 0;
  }

  visitAll(rows: Row[]): void {
    for (const row of rows) this.visit(row);
  }

  /** A benchmark that lost rows has measured nothing. */
  mustHaveRead(rows: number): void {
    if (this.rows !== rows) throw new Error(`${this.rows} rows were read, ${rows} were due.`);
  }
}
