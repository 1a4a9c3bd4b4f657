/** What comes after the first look at the pod. */
export { enter } from './cluster/enter.ts';
export { wantedMore } from './diagnosis/wanted.ts';
export { gate } from './gate.ts';
export { plan } from './plan/index.ts';
