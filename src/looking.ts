/** The first look at the cluster, and the second. */
export { gatherFirst, gatherRest } from './cluster/evidence.ts';
export { resolveTarget } from './cluster/target.ts';
