import { type Usage, usageIn } from "../changes/subject.js";
import { type View, wordKeys } from "../changes/view.js";
import type { Document } from "../generate/document.js";
import { definedIn, isMap, type Json, type JsonMap } from "../lib/json.js";
import { entriesOf, type OpenDocument, ownOf, requestOf } from "./document.js";
import { type Facts, keys, type ModelFacts } from "./facts.js";
import { json } from "./page-to-document.js";

/** What could not be read of a page. */
export interface Doubts {
  /** Whether a thing that the page seems not to have can be on a line that could not be read. */
  isUnread(key: string): boolean;
  /** Whether what was read of a thing is from a line with a problem. */
  isDoubtful(key: string): boolean;
}

/** Which parts of the document are of a page. */
interface Scope {
  hasOperation(request: string): boolean;
  hasModel(name: string): boolean;
  /** The tag that is the page's heading; undefined if there is none. */
  readonly heading: string | undefined;
}

/**
 * Finds the part of the document that transcribes a page: the operations that have its heading for a tag, and the models that
 * they use.
 *
 * @param earlier - the models that the page had when it was last transcribed, which no operation may use
 */
export function scopeOf(
  page: Facts,
  { operations, view }: OpenDocument,
  earlier: readonly ModelFacts[] = [],
): Scope {
  const requests = new Set(page.operations.map(({ request }) => request));
  const common = new Set([...requests].flatMap((one) => operations.get(one)?.tags ?? []));
  const headings = common.has(page.heading) ? new Set([page.heading]) : common;
  const inScope = [...operations].filter(
    ([request, { tags }]) =>
      requests.has(request) || tags.length === 0 || tags.some((tag) => headings.has(tag)),
  );
  const own = new Set(inScope.map(([request]) => request));
  const ids = new Set(inScope.map(([, { id }]) => id));
  const isWhole = own.size === operations.size;
  const usage: Usage = usageIn(view);
  const listed = new Set([...page.models, ...earlier].map(({ name }) => name));
  const [heading = onlyTag(view), ...others] = headings;
  return {
    hasOperation: (request) => own.has(request),
    hasModel: (name) => isWhole || listed.has(name) || usage.usedBy(name).some((id) => ids.has(id)),
    heading: others.length > 0 ? undefined : heading,
  };
}

function onlyTag({ tree: { tags } }: View): string | undefined {
  const [tag, ...others] = Array.isArray(tags) ? tags : [];
  const name = ownOf(tag, "name");
  return others.length === 0 && typeof name === "string" ? name : undefined;
}

/**
 * Returns the document as it is once it follows a page. It takes from the page all that a page can state; what a page cannot state
 * stays, and so does what was not read.
 */
export function followPage(
  page: Facts,
  { value, view }: OpenDocument,
  made: View,
  { hasModel, hasOperation, heading }: Scope,
  { isDoubtful, isUnread }: Doubts,
): Document {
  const { operations: ours, pathItems, components, info, tags, ...rest } = view.tree;
  const operations = followThings(
    ours,
    made.tree.operations,
    (_, node) => keys.operation(requestOf(node)),
    followOperation,
    (_, node) => hasOperation(requestOf(node)),
  );
  const schemas = followThings(
    ownOf(components, "schemas"),
    ownOf(made.tree.components, "schemas"),
    keys.model,
    followModel,
    hasModel,
  );
  const all = mapOf(value.components as Json | undefined);
  return {
    ...rest,
    info: followInfo(info),
    ...followTags(tags),
    paths: pathsOf(operations, pathItems),
    components: { ...all, schemas },
  } as Document;

  /**
   * Follows each of some named things. One that the page does not have goes, unless the page is not about it; one that only
   * the page has is added.
   */
  function followThings(
    ours: Json | undefined,
    theirs: Json | undefined,
    keyOf: (name: string, node: JsonMap) => string,
    follow: (ours: JsonMap, theirs: JsonMap, key: string, name: string) => JsonMap,
    isInScope: (name: string, node: JsonMap) => boolean = () => true,
  ): JsonMap {
    const kept = entriesOf(ours).flatMap(([name, node]): [string, JsonMap][] => {
      if (!isInScope(name, node)) return [[name, node]];
      const key = keyOf(name, node);
      const other = ownOf(theirs, name);
      if (!isMap(other)) return isUnread(key) ? [[name, node]] : [];
      return [[name, follow(node, other, key, name)]];
    });
    const added = entriesOf(theirs).filter(
      ([name, node]) => ownOf(ours, name) === undefined && !isDoubtful(keyOf(name, node)),
    );
    return Object.fromEntries([...kept, ...added]);
  }

  function unlessDoubtful(follow: (ours: JsonMap, theirs: JsonMap) => JsonMap) {
    return (ours: JsonMap, theirs: JsonMap, key: string) =>
      isDoubtful(key) ? ours : follow(ours, theirs);
  }

  function followInfo(info: Json | undefined): JsonMap {
    const { version, ...others } = mapOf(info);
    const isBeta = version === "beta";
    if (!page.beta && isUnread(keys.page)) return mapOf(info);
    if (page.beta || isBeta) return { ...others, version: page.beta ? "beta" : "" };
    return mapOf(info);
  }

  function followTags(tags: Json | undefined): { tags?: Json } {
    const isRead = page.heading === "" ? !isUnread(keys.page) : !isDoubtful(keys.page);
    if (!isRead || page.heading === (heading ?? "")) return tags ? { tags } : {};
    const list = Array.isArray(tags) ? tags : [];
    const isOurs = (tag: Json) => isMap(tag) && tag.name === heading;
    const other = { name: page.heading };
    if (!list.some(isOurs)) return { tags: [...list, other] };
    return { tags: list.map((tag) => (isMap(tag) && isOurs(tag) ? { ...tag, ...other } : tag)) };
  }

  function followOperation(ours: JsonMap, theirs: JsonMap, key: string): JsonMap {
    const { parameters, requestBody, responses, "x-paging": paging, ...others } = ours;
    const isSameTitle = String(ours.summary).toLowerCase() === String(theirs.summary).toLowerCase();
    const bodyOf = (body: Json | undefined) => (isMap(body) ? { requestBody: body } : {});
    return {
      ...others,
      // A title that could not be read is empty.
      ...(isSameTitle || theirs.summary === "" || isDoubtful(key)
        ? {}
        : { summary: theirs.summary ?? "" }),
      ...followPaging(paging, theirs["x-paging"], keys.paging(key)),
      parameters: followThings(
        parameters,
        theirs.parameters,
        (name) => keys.parameter(key, name),
        unlessDoubtful(followParameter),
      ),
      ...followThings(
        bodyOf(requestBody),
        bodyOf(theirs.requestBody),
        () => keys.requestBody(key),
        unlessDoubtful(followContent),
      ),
      responses: followThings(
        responses,
        theirs.responses,
        (status) => keys.response(key, status),
        unlessDoubtful(followResponse),
      ),
    };
  }

  /** A page that does not speak of paging agrees with a document that says where else it is from. */
  function followPaging(ours: Json | undefined, theirs: Json | undefined, key: string): JsonMap {
    const kept: JsonMap = ours === undefined ? {} : { "x-paging": ours };
    const isSourced = ownOf(ours, "x-source") !== undefined;
    if (isUnread(key) || isDoubtful(key)) return kept;
    const { header: made, pageSize, "x-source": inferred } = mapOf(theirs);
    const header = inferred === undefined ? made : undefined;
    if (header === undefined && pageSize === undefined) return isSourced ? kept : {};
    // A page size alone makes no list.
    if (header === undefined && ours !== undefined && !isSourced) return {};
    const { pageSize: _, ...others } = mapOf(ours);
    return { "x-paging": { ...others, ...definedIn({ header, pageSize }) } };
  }

  function followModel(ours: JsonMap, theirs: JsonMap, _: string, model: string): JsonMap {
    const keyOf = (field: string) => keys.field(model, field);
    const isIn = (node: JsonMap, field: string) => ownOf(node.properties, field) !== undefined;
    const properties = followThings(
      ours.properties,
      theirs.properties,
      keyOf,
      unlessDoubtful(followSchema),
    );
    const names = new Set([...requiredOf(ours), ...Object.keys(properties)]);
    const required = [...names].filter((field) => {
      // That a field which is not there is required is beyond the page.
      if (!Object.hasOwn(properties, field)) return !isIn(ours, field);
      const isStated = isIn(theirs, field) && !isDoubtful(keyOf(field));
      return requiredOf(isStated ? theirs : ours).includes(field);
    });
    return { ...ours, required, properties };
  }
}

function requiredOf({ required }: JsonMap): string[] {
  return Array.isArray(required) ? required.map(String) : [];
}

function followParameter(ours: JsonMap, theirs: JsonMap): JsonMap {
  const { in: place = "", schema = {} } = theirs;
  const isMoved = ours.in !== place;
  return {
    ...ours,
    in: place,
    ...(isMoved ? { required: place === "path" } : {}),
    schema: isMap(ours.schema) && isMap(schema) ? followSchema(ours.schema, schema) : schema,
  };
}

function followResponse(ours: JsonMap, theirs: JsonMap): JsonMap {
  const headers = { ...mapOf(theirs.headers), ...mapOf(ours.headers) };
  return definedIn({
    ...followContent(ours, theirs),
    "x-error-code": theirs["x-error-code"],
    headers: Object.keys(headers).length === 0 ? undefined : headers,
  });
}

/** Follows the type and the example of a body or a response. Of other media types a page says nothing. */
function followContent({ content, ...others }: JsonMap, theirs: JsonMap): JsonMap {
  const { [json]: media, ...otherTypes } = mapOf(content);
  const { schema: before, example: _, ...rest } = mapOf(media);
  const { schema, example } = mapOf(ownOf(theirs.content, json));
  const followed = isMap(schema) && isMap(before) ? followSchema(before, schema) : schema;
  const next = definedIn({ ...rest, schema: followed, example });
  const types = { ...(Object.keys(next).length > 0 && { [json]: next }), ...otherTypes };
  return { ...others, ...(Object.keys(types).length > 0 && { content: types }) };
}

function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {};
}

/** Follows a type and its values. A type that is another one leaves nothing of the old schema but its words. */
function followSchema(ours: JsonMap, theirs: JsonMap): JsonMap {
  if (typeOf(ours) !== typeOf(theirs)) {
    const words = Object.entries(ours).filter(([key]) => wordKeys.has(key));
    return { ...Object.fromEntries(words), ...theirs };
  }
  const { enum: _, items, ...others } = ours;
  return {
    ...others,
    ...(theirs.enum && { enum: theirs.enum }),
    ...(isMap(items) && isMap(theirs.items) && { items: followSchema(items, theirs.items) }),
  };
}

/** The type of a schema, as a page writes types. */
export function typeOf(schema: Json | undefined): string {
  const { $ref, items, type } = mapOf(schema);
  if (typeof $ref === "string") return $ref.replace("#/components/schemas/", "");
  if (type === "array") return `${typeOf(items)}[]`;
  const names = [type ?? []].flat().filter((name) => typeof name === "string");
  return names.join(" or ") || "(no type)";
}

/** The operations of a view in their paths again. */
function pathsOf(operations: JsonMap, pathItems: Json | undefined): JsonMap {
  const paths: JsonMap = Object.fromEntries(entriesOf(pathItems));
  for (const [, { method, parameters, path, ...node }] of entriesOf(operations)) {
    const operation = { ...node, parameters: Object.values(mapOf(parameters)) };
    const name = String(path);
    const item = ownOf(paths, name);
    paths[name] = { ...mapOf(item), [String(method).toLowerCase()]: operation };
  }
  return paths;
}
