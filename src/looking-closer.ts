/** The third look, where something failed. */
export { gatherMore } from './cluster/evidence/more.ts';
