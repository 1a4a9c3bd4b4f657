/** What comes after the first look at the pod. */
export { enter } from './cluster/ways/index.ts';
export { wantedMore } from './diagnosis/wanted.ts';
export { gate } from './gate.ts';
export { plan } from './plan/index.ts';
export { lookAlikePlan } from './plan/look-alike.ts';
