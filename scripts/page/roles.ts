import type { Facts } from "./facts.js";

/** Whether a model is sent, and whether it is received. A change can do more to one than to the other. */
export interface Roles {
  readonly isSent: (model: string) => boolean;
  readonly isReceived: (model: string) => boolean;
}

/** Follows the models from request bodies and responses through their fields. */
export function rolesOf(facts: Facts): Roles {
  const sent = reach(facts, sentTypes(facts));
  const received = reach(facts, receivedTypes(facts));
  return {
    isSent: (model) => sent.has(model),
    // One that no operation uses can still be in a user's code; its type is exported.
    isReceived: (model) => received.has(model) || !sent.has(model),
  };
}

/** The names of the models that the operations use. */
export function modelsOf(facts: Facts): ReadonlySet<string> {
  return reach(facts, [...sentTypes(facts), ...receivedTypes(facts)]);
}

type Types = readonly (string | undefined)[];

const sentTypes = ({ operations }: Facts): Types =>
  operations.map(({ requestBody }) => requestBody?.type);
const receivedTypes = ({ operations }: Facts): Types =>
  operations.flatMap(({ responses }) => responses.map(({ type }) => type));

function reach({ models }: Facts, types: Types): ReadonlySet<string> {
  const reached = new Set<string>();
  const follow = (type: string | undefined) => {
    const model = models.find(({ name }) => name === type?.replace(/(\[\])+$/, ""));
    if (!model || reached.has(model.name)) return;
    reached.add(model.name);
    for (const field of model.fields) follow(field.type);
  };
  for (const type of types) follow(type);
  return reached;
}
