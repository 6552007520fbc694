import type { Direction } from "./finding.js";
import { isMap, type Json } from "./json.js";
import { ownerOf } from "./subject.js";
import type { View } from "./view.js";

/** Who uses what. */
export interface Usage {
  /** The operations that a subject is part of, or whose arguments or results hold it. */
  usedBy(subject: string): string[];
  /** Which way data of a model goes. */
  directionOf(model: string): Direction;
}

const reference = "#/components/schemas/";

/** Reads the uses of models from several documents: one that either of them has counts. */
export function usageIn(...views: readonly View[]): Usage {
  const sent = new Map<string, Set<string>>();
  const read = new Map<string, Set<string>>();
  const operations = new Set<string>();
  for (const { tree } of views) {
    const schemas = isMap(tree.components) ? tree.components.schemas : undefined;
    const follow = (value: Json | undefined, id: string, uses: Map<string, Set<string>>): void => {
      for (const model of modelsIn(value)) {
        const users = uses.get(model) ?? new Set();
        uses.set(model, users);
        // Seen for this operation: models can hold each other.
        if (users.has(id) && seen.has(model)) continue;
        users.add(id);
        seen.add(model);
        follow(isMap(schemas) ? schemas[model] : undefined, id, uses);
      }
    };
    let seen = new Set<string>();
    for (const [id, operation] of Object.entries(isMap(tree.operations) ? tree.operations : {})) {
      if (!isMap(operation)) continue;
      operations.add(id);
      seen = new Set();
      follow([operation.parameters ?? null, operation.requestBody ?? null], id, sent);
      seen = new Set();
      follow(operation.responses, id, read);
    }
  }
  const everyone = [...operations];
  const among = (users: Set<string>) => everyone.filter((id) => users.has(id));
  return {
    usedBy(subject) {
      if (/^(server|security)/.test(subject)) return everyone;
      const owner = ownerOf(subject);
      if (operations.has(owner)) return [owner];
      return among(new Set([...(sent.get(owner) ?? []), ...(read.get(owner) ?? [])]));
    },
    directionOf: (model) => ({
      isSent: sent.has(model),
      // A model that no operation uses is exported all the same, to be read.
      isRead: read.has(model) || !sent.has(model),
    }),
  };
}

/** The models that a part of a document refers to. */
function modelsIn(value: Json | undefined): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === "$ref" && typeof part === "string") {
      return part.startsWith(reference) ? [part.slice(reference.length).replace(/\/.*/, "")] : [];
    }
    return modelsIn(part);
  });
}
