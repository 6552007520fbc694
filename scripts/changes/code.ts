/** Code, with what each part of it is about. */
export type Code = string | readonly Code[] | Tagged;

interface Tagged {
  readonly subject: string;
  readonly code: Code;
  /** How a user would write this statement, if it is one. */
  readonly statement?: string | undefined;
}

/** A stretch of the printed text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly subject: string;
  readonly statement?: string | undefined;
}

export function about(subject: string, ...code: Code[]): Code {
  return { subject, code };
}

/** A statement on a line of its own. `shown` is how to show it, if not as it is. */
export function statement(subject: string, code: Code, shown?: string): Code {
  return [{ subject, code, statement: shown ?? print(code).text.replace(/;$| \{$/, "") }, "\n"];
}

/** Prints code. Of spans within each other, the inner comes first. */
export function print(code: Code): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = "";
  const write = (part: Code): void => {
    if (typeof part === "string") text += part;
    else if (!("subject" in part)) part.forEach(write);
    else {
      const start = text.length;
      write(part.code);
      spans.push({ start, end: text.length, subject: part.subject, statement: part.statement });
    }
  };
  write(code);
  return { text, spans };
}
