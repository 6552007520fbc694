/** Names that a program beside a client cannot give to a variable. */
export const reserved: ReadonlySet<string> = new Set([
  ..."await break case catch class const continue debugger default delete do else enum export extends".split(
    " ",
  ),
  ..."false finally for function if implements import in instanceof interface let new null package".split(
    " ",
  ),
  ..."private protected public return static super switch this throw true try typeof var void while".split(
    " ",
  ),
  ..."with yield arguments async eval of undefined globalThis client loke createClient LokeClient".split(
    " ",
  ),
]);

export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

export function camelCase(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** A name for a variable that holds a value of a field or model, whose name can be any text. */
export function variableName(name: string): string {
  const words = name.replaceAll(/[^\w$]+(\w?)/g, (_, letter: string) => letter.toUpperCase());
  const stem = /^[A-Za-z_$]/.test(words) ? camelCase(words) : `_${words}`;
  return reserved.has(stem) ? `${stem}_` : stem;
}

/** A property, bare where it can be: `order.total`, `order["first-seen"]`. */
export function accessTo(expression: string, name: string): string {
  return isIdentifier(name) ? `${expression}.${name}` : `${expression}[${JSON.stringify(name)}]`;
}

/** A key of an object literal, bare where it can be. */
export function keyOf(name: string): string {
  return isIdentifier(name) ? name : JSON.stringify(name);
}

/** A call of the client as a user writes it, with variables named as the arguments, or one value given as text. */
export function callOf(
  id: string,
  names: readonly string[],
  name?: string,
  value?: string,
): string {
  const given = names.filter((one) => one !== name).map(shorthand);
  const last = value === undefined ? shorthand : (name: string) => `${keyOf(name)}: ${value}`;
  const all = name === undefined ? given : [...given, last(name)];
  return `loke.${id}(${all.length > 0 ? `{ ${all.join(", ")} }` : ""})`;
}

function shorthand(name: string): string {
  return variableName(name) === name ? name : `${keyOf(name)}: ${variableName(name)}`;
}
