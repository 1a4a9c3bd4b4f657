/** A folder of kubeconfigs of one test file, and loading them with nothing of this machine's own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConnection } from '../../src/cluster/kubeconfig/index.ts';
import { UserError } from '../../src/errors.ts';
import type { ConnectionFlags } from '../../src/model/options.ts';

export const createKubeconfigs = () => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-kubeconfig-'));
  return {
    folder,
    file: (name: string, content: string): string => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    subfolder: (name: string): string => {
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      return path;
    },
    load: (flags: Partial<ConnectionFlags>, env: Record<string, string> = {}) =>
      loadConnection({ asGroups: [], ...flags }, { HOME: folder, PATH: process.env.PATH, ...env }),
    remove: () => rmSync(folder, { recursive: true }),
  };
};

/** One context, cluster and user of this name. */
export const config = (name: string, more = '') => `
apiVersion: v1
kind: Config
current-context: ${name}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}, namespace: ns-${name}}}]
clusters: [{name: ${name}, cluster: {server: "https://${name}.invalid:6443"}}]
users: [{name: ${name}, user: {token: token-${name}${more}}}]
`;

export const failure = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error;
};
