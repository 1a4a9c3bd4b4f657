/** Runs the real kubectl, where there is one on PATH. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { World } from './world.ts';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export const KUBECTL: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'kubectl'))
  .find(isExecutable);

export interface KubectlResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Kubectl {
  run(args: readonly string[], input?: string): Promise<KubectlResult>;
  readonly folder: string;
  remove(): void;
}

/** kubectl with a home of its own, so that no cache or kubeconfig of the user is touched. */
export const createKubectl = ({ api }: World): Kubectl => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-kubectl-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, api.kubeconfig(api.admin));
  return {
    folder,
    run: (args, input) =>
      new Promise((resolve, reject) => {
        const child = spawn(KUBECTL ?? 'kubectl', [...args], {
          env: { PATH: process.env.PATH ?? '', HOME: folder, KUBECONFIG: kubeconfig },
          timeout: 30_000,
        });
        const said = { stdout: '', stderr: '' };
        child.stdout.on('data', (chunk) => {
          said.stdout += chunk;
        });
        child.stderr.on('data', (chunk) => {
          said.stderr += chunk;
        });
        child.once('error', reject);
        child.once('close', (code) => resolve({ exitCode: code ?? -1, ...said }));
        child.stdin.end(input ?? '');
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
