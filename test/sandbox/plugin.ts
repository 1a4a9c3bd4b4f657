/** Makes the built plugin callable as users call it: `kubectl netcheck`, or `kubectl-netcheck` where there is no kubectl. */
import { accessSync, chmodSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bundle, DIST, ENTRY } from '../../krew-manifest/bundle.ts';

export interface Plugin {
  /** What to type before the pod's name: `kubectl netcheck` or `kubectl-netcheck`. */
  readonly words: readonly [string, ...string[]];
  /** PATH on which it is found. */
  readonly path: string;
}

const onPath = (program: string, path: string): boolean =>
  path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const BIN = join(DIST, 'bin');

/** Builds the bundle, and puts a launcher for it on a PATH of its own. */
export const installPlugin = async (searchPath: string): Promise<Plugin> => {
  await bundle(DIST);
  mkdirSync(BIN, { recursive: true });
  const launcher = join(BIN, 'kubectl-netcheck');
  writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${join(DIST, ENTRY)}' "$@"\n`);
  chmodSync(launcher, 0o755);
  const path = `${BIN}${delimiter}${searchPath}`;
  return { words: onPath('kubectl', searchPath) ? ['kubectl', 'netcheck'] : ['kubectl-netcheck'], path };
};
