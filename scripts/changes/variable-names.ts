import type { Surface } from "./surface.js";

/** No name for a variable beside a client. */
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

/** Names for variables of the witness: no word of the language, no name of a model. */
export function variableNames(surface: Surface) {
  return {
    /** A name after that of a field, which can be any text; not one of `taken`. */
    of(name: string, taken: readonly string[] = []): string {
      const words = name.replaceAll(/[^\w$]+(\w?)/g, (_, letter: string) => letter.toUpperCase());
      const stem = /^[A-Za-z_$]/.test(words) ? words : `_${words}`;
      let variable = reserved.has(stem) || surface.models.has(stem) ? `${stem}_` : stem;
      for (let count = 2; taken.includes(variable); count += 1) variable = `${stem}${count}`;
      return variable;
    },
  };
}

export type VariableNames = ReturnType<typeof variableNames>;
