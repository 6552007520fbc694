export { adaptivePace, type PaceOptions, type PaceWait } from "./pace/adaptive-pace.js";
export type { Pace, WaitReason } from "./pace/pace.js";
