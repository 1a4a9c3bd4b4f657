/** Makes the built plugin callable as users call it: `kubectl netcheck`, or `kubectl-netcheck` where there is no kubectl. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BIN, buildForUse } from '../../krew-manifest/bundle.ts';

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

/** Builds the plugin, and puts it on PATH. */
export const installPlugin = async (searchPath: string): Promise<Plugin> => {
  await buildForUse();
  const path = `${BIN}${delimiter}${searchPath}`;
  return { words: onPath('kubectl', searchPath) ? ['kubectl', 'netcheck'] : ['kubectl-netcheck'], path };
};
