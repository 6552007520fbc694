/**
 * A subject is what a line of the report is about, named as a user of the client meets it: `Customer.tags[].name`,
 * `listCustomers`, `listCustomers({ sort })`, `getCustomer()` for what a call gives. The rules name a change of the
 * document by it and the witness a piece of code, which is how the two are joined.
 */

/** A value passed to an operation. */
export function argument(operation: string, name: string): string {
  return `${operation}({ ${name} })`;
}

/** What a call of an operation gives. */
export function result(operation: string): string {
  return `${operation}()`;
}

/** A field of a subject. */
export function field(subject: string, name: string): string {
  return inside(subject, /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);
}

/** The items of a subject that is an array. */
export function item(subject: string): string {
  return inside(subject, "[]");
}

/** The values of a subject that is a map. */
export function mapValue(subject: string): string {
  return inside(subject, "[key]");
}

/** The model or operation that a subject belongs to. */
export function ownerOf(subject: string): string {
  return /^[\w$]+/.exec(subject)?.[0] ?? subject;
}

/** What a subject is a part of, from near to far: of `Order.lines[]` these are `Order.lines` and `Order`. */
export function wholesOf(subject: string): string[] {
  const whole = subject
    .replace(/(\.[\w$]+|\[[^\]]*\])( \}\))?$/, "$2")
    .replace(/^([\w$]+\(\)) .*$/, "$1");
  const outer = whole === subject ? ownerOf(subject) : whole;
  return outer === subject ? [] : [outer, ...wholesOf(outer)];
}

const argumentEnd = / \}\)$/;

function inside(subject: string, part: string): string {
  return argumentEnd.test(subject) ? subject.replace(argumentEnd, `${part} })`) : subject + part;
}
