export type { Drift, DriftFinding, DriftKind } from "./drift/finding.js";
export { type DriftOptions, watchDrift } from "./drift/watch-drift.js";
