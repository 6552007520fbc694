import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { CliError, refuse } from "../lib/cli-error.js";
import { keysOf } from "../lib/pointer.js";
import type { Schema } from "./document.js";
import { mapChildren } from "./map-schemas.js";

/**
 * Compiles closed schemas into the source of functions, which need neither ajv nor `eval` when they run.
 *
 * @param schemas - by the name by which they refer to each other
 * @param exported - the schema of each function that is exported, by the name of the function
 */
export function compileValidators(
  schemas: ReadonlyMap<string, Schema>,
  exported: Readonly<Record<string, string>>,
): string {
  const ajv = createAjv([...schemas.values()]);
  for (const [name, schema] of schemas) {
    checkKeywordValues(schema);
    ajv.addSchema(schema, name);
  }
  // Published for ESM and for CommonJS, the module is here what has the function as a property, to TypeScript.
  const source = withOwnRuntime(standaloneCode.default(ajv, exported));
  const code = withoutUnread(withShortErrors(withSafeIntegers(foldedPaths(source))));
  const foreign = /\brequire\(|\bimport\b|\bFunction\b|\beval\b/.exec(withoutStrings(code));
  if (foreign) {
    throw new CliError(
      `ajv needs "${foreign[0]}" to check what the document says, and that cannot be published. ` +
        "Leave out the keyword that is new in the document.",
    );
  }
  return code;
}

/** Knows what each keyword takes. It is slow to make, and the same for all schemas. */
const metaschema = new Ajv2020({ strict: false });

function checkKeywordValues(schema: Schema): void {
  if (metaschema.validateSchema(schema)) return;
  const [error] = metaschema.errors ?? [];
  const keys = keysOf(error?.instancePath ?? "");
  let pointer = "";
  let inner: unknown = schema;
  for (const key of [...keys, ""]) {
    pointer = Object(inner).$comment ?? pointer;
    inner = Object(inner)[key];
  }
  refuse(pointer, `${pointer}: ${keys.at(-1)} ${error?.message}.`);
}

function withoutStrings(code: string): string {
  return code.replaceAll(/"(\\.|[^"\\])*"/g, "");
}

/** An ajv as drift is checked with. Formats are annotations, as JSON Schema 2020-12 has them. */
export function createAjv(schemas: readonly Schema[]): Ajv2020 {
  const text = JSON.stringify(schemas);
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  const ajv = new Ajv2020({
    allErrors: true,
    // With each error its schema, whose `$comment` is the place in the document, and the value.
    verbose: true,
    messages: false,
    strict: false,
    strictNumbers: true,
    // The remainder of a division of large numbers is not exact. Of small ones it is no smaller than this.
    multipleOfPrecision: 9,
    validateFormats: false,
    validateSchema: false,
    // A function for each model: they are shared, and models can refer to themselves.
    inlineRefs: false,
    // Beyond this many values ajv would compare them with a function of its own package.
    loopEnum: Number.POSITIVE_INFINITY,
    // A loop over the required fields is smaller than code for each, and costs next to nothing.
    loopRequired: 1,
    // Dearer, and needed only where a field has the name of what every object inherits.
    ownProperties: inherited.some((name) => text.includes(`${JSON.stringify(name)}:`)),
    code: { source: true, esm: true, lines: true, optimize: 2 },
  });
  // It would follow which fields are evaluated, and no schema asks for that.
  ajv.opts.unevaluated = false;
  return ajv;
}

/** The length of a text in characters, as JSON Schema counts: ajv has it in a package that would be needed to run. */
const lengthOf = "(text) => { let length = 0; for (const _ of text) length += 1; return length; }";

function withOwnRuntime(code: string): string {
  return code.replaceAll(/require\("ajv\/dist\/runtime\/ucs2length"\)(\.default)?/g, lengthOf);
}

const integer =
  /\(\(typeof (\w+) == "number"\) && \(!\(\1 % 1\) && !isNaN\(\1\)\)\) && \(isFinite\(\1\)\)/g;

/** Takes no integer that JSON.parse cannot hold: such a one has been rounded, and is another than was sent. */
function withSafeIntegers(code: string): string {
  const safe = code.replaceAll(integer, "Number.isSafeInteger($1)");
  if (/%\s*1\b/.test(withoutStrings(safe))) {
    throw new Error("ajv checks integers in another way than it did: see withSafeIntegers.");
  }
  return safe;
}

/** An error that is put on the list of errors, which there may not be yet. */
const noted =
  /const (err\d+) = (.*);\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g;

/** Writes shortly what the code says for each error again. */
function withShortErrors(code: string): string {
  return code.replaceAll(noted, "(vErrors ??= []).push($2);\n");
}

/**
 * Leaves out what nobody reads. Of the errors: where the keyword is and what it says, both of which the schema knows,
 * and what a type should have been. Of the schemas: what they refer to. Of the calls: what a value is in, and what
 * `$dynamicRef` needs. And functions that are not called. It is a fourth of the size.
 */
function withoutUnread(code: string): string {
  return code
    .replaceAll(/,schemaPath:"(?:\\.|[^"\\])*"/g, "")
    .replaceAll(
      /,schema:(?:"(?:\\.|[^"\\])*"|[^,"]+|[\w.]+(?:\["(?:\\.|[^"\\])*"\][\w.[\]]*)+)(?=,parentSchema:)/g,
      "",
    )
    .replaceAll(/,params:\{(?:type: [^}]*)?\}/g, "")
    .replaceAll(/(?<=^const schema\d+ = )\{.*\}(?=;$)/gm, (json) =>
      JSON.stringify(withoutUnreadKeywords(JSON.parse(json))),
    )
    .replaceAll(/^const (func\d+) = .*\n/gm, (line, name) =>
      code.split(name).length > 2 ? line : "",
    )
    .replaceAll(", parentData, parentDataProperty, rootData=data, dynamicAnchors={}", "")
    .replaceAll(
      // Where the data is that of the function itself, as in a `then`, they stand without values.
      /,parentData(?::\w+)?,parentDataProperty(?::(?:"(?:\\.|[^"\\])*"|\w+))?,rootData,dynamicAnchors(?=\})/g,
      "",
    );
}

/** A schema without references: the functions hold these. */
function withoutUnreadKeywords({ if: _, $ref, then: __, ...schema }: Schema): Schema {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  return mapChildren(schema, (child) =>
    typeof child === "boolean" ? child : withoutUnreadKeywords(child),
  );
}

/** An index, and the key of a map, such as `instancePath+"/tags/" + i0+"/name"`. */
const segment = /\/" \+ (?:i\d+|(key\d+)\.replace\(\/~\/g, "~0"\)\.replace\(\/\\\/\/g, "~1"\))/g;

/**
 * Writes `[]` for every index and `*` for every key of a map, which is data, where the functions say in which place
 * of an answer an error is. So all items of a list have one place, and it costs nothing to put together.
 */
function foldedPaths(code: string): string {
  const folded = code.replaceAll(segment, (_, key) => (key ? '/*"' : '[]"'));
  if (/instancePath:instancePath\+(?!("(\\.|[^"\\])*"\+?)+,)/.test(folded)) {
    throw new Error(
      "ajv writes the place of an error in another way than it did: see foldedPaths.",
    );
  }
  return folded;
}
