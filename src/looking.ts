/** The first look at the cluster, and the second. */
export { locate, NO_DESTINATION } from './cluster/evidence/destination.ts';
export { gatherFirst } from './cluster/evidence/first.ts';
export { gatherRest } from './cluster/evidence/rest.ts';
export { resolveTarget } from './cluster/target.ts';
