import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Schema } from "./document.js";
import { DocumentError } from "./document-error.js";

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
  for (const [name, schema] of schemas) ajv.addSchema(schema, name);
  // Published for ESM and for CommonJS, the module is here what has the function as a property, to TypeScript.
  const code = withoutUnread(foldedPaths(standaloneCode.default(ajv, exported)));
  const foreign = /\brequire\(|\bimport\b|\bFunction\b|\beval\b/.exec(
    code.replaceAll(/"(\\.|[^"\\])*"/g, ""),
  );
  if (foreign) {
    throw new DocumentError(
      `ajv needs "${foreign[0]}" to check what the document says, and that cannot be published. ` +
        "Refuse the keyword that is new in the document, in scripts/generate/schema-keywords.ts.",
    );
  }
  return code;
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
    validateFormats: false,
    // A function for each model: they are shared, and models can refer to themselves.
    inlineRefs: false,
    // Beyond this many values ajv would compare them with a function of its own package.
    loopEnum: Number.POSITIVE_INFINITY,
    // Dearer, and needed only where a field has the name of what every object inherits.
    ownProperties: inherited.some((name) => text.includes(`${JSON.stringify(name)}:`)),
    code: { source: true, esm: true, lines: true, optimize: 2 },
  });
  // It would follow which fields are evaluated, also where no schema asks for that.
  ajv.opts.unevaluated = text.includes('"unevaluatedProperties":');
  return ajv;
}

/**
 * Leaves out what nobody reads. Of the errors: where the keyword is and what it says, both of which the schema knows,
 * and what a type should have been. Of the schemas: which fields they require. Of the calls: what a value is in, and
 * what `$dynamicRef` needs. It is a fourth of the size.
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
      JSON.stringify(withoutRequired(JSON.parse(json))),
    )
    .replaceAll(", parentData, parentDataProperty, rootData=data, dynamicAnchors={}", "")
    .replaceAll(
      // Where the data is that of the function itself, as in a `then`, they stand without values.
      /,parentData(?::\w+)?,parentDataProperty(?::(?:"(?:\\.|[^"\\])*"|\w+))?,rootData,dynamicAnchors(?=\})/g,
      "",
    );
}

/** A schema without the lists of its fields: the functions hold them already. */
function withoutRequired({ required, properties, allOf, ...schema }: Schema): Schema {
  const { additionalProperties, items } = schema;
  const inner = (child: Schema | boolean) =>
    typeof child === "boolean" ? child : withoutRequired(child);
  const fields = Object.entries(properties ?? {}).map(([name, field]) => [name, inner(field)]);
  if (additionalProperties === false) delete schema.additionalProperties;
  else if (additionalProperties !== undefined)
    schema.additionalProperties = inner(additionalProperties);
  if (items !== undefined) schema.items = inner(items);
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(fields) }),
    ...(allOf && { allOf: allOf.map(inner) }),
  };
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
