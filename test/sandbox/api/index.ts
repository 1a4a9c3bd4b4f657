/** The API double of the embedded cluster: what others use of it. */
export { SYSTEM_NAMESPACES } from './bootstrap.ts';
export type { KeyAndCertificate } from './certificates.ts';
export type { Fault, FaultAction, FaultMatch, Faults } from './faults.ts';
export { type ApiOptions, type ApiServer, startApi } from './server.ts';
export { createStore, ObjectExistsError, timestamp } from './store.ts';
