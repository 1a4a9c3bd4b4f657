/** All that argv may need beyond help and version, in one part of the bundle. Its first import sets zod up for the others. */
import '../zod-settings.ts';

export { parseArgs } from './args.ts';
export { EXIT, SIGNAL_EXIT } from './exit-status.ts';
export { explainError } from './explain-error.ts';
export { createFiles } from './files.ts';
export { run } from './run.ts';

/** Run when they are needed: they bring the Kubernetes client, the probes, the rules. */
export const load = {
  loadCheck: async () => (await import('../check.ts')).check,
  loadJudge: async () => (await import('../judge.ts')).judge,
  loadCodes: () => import('../codes/index.ts'),
};
