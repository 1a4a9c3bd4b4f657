/** What a login program is told and what it may answer: client.authentication.k8s.io/v1 and v1beta1. */
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { UserError } from '../../errors.ts';
import { type Entry, textOf } from './schema.ts';

const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
const text = z.nullish(z.string());
const pluginSchema = z.object({
  apiVersion: z.enum(VERSIONS),
  command: z.string().check(z.minLength(1)),
  args: z.nullish(z.array(z.string())),
  env: z.nullish(z.array(z.object({ name: z.string(), value: z.string() }))),
  installHint: text,
  interactiveMode: z.nullish(z.enum(['Never', 'IfAvailable', 'Always'])),
  provideClusterInfo: z.nullish(z.boolean()),
});
export type Plugin = z.infer<typeof pluginSchema>;

const credentialSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('ExecCredential'),
  status: z.nullish(z.object({ token: text, clientCertificateData: text, clientKeyData: text })),
});

export const loginProblem = (message: string, reason: string, cause?: unknown): UserError =>
  new UserError({
    code: 'login-program-failed',
    message,
    reason,
    next: ['kubectl config view --minify', 'kubectl auth whoami'],
    cause,
  });

/** @throws UserError where it cannot be used. */
export const parsePlugin = (exec: unknown): Plugin => {
  const parsed = pluginSchema.safeParse(exec);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw loginProblem(
    'the kubeconfig names a login program in a way that cannot be used',
    at === 'apiVersion'
      ? `its exec.apiVersion has to be one of ${VERSIONS.join(', ')}`
      : `look at exec.${at}`,
  );
};

/** As in client-go: what the program needs to know which cluster it is for. */
export const clusterInfo = (cluster: Entry): Entry => {
  const file = textOf(cluster, 'certificate-authority');
  const authority =
    textOf(cluster, 'certificate-authority-data') ??
    (file === undefined ? undefined : readFileSync(file).toString('base64'));
  const extensions: readonly unknown[] = Array.isArray(cluster.extensions) ? cluster.extensions : [];
  const config = extensions
    .map((entry) => z.object({ name: z.string(), extension: z.unknown() }).safeParse(entry))
    .find(({ data }) => data?.name === 'client.authentication.k8s.io/exec')?.data?.extension;
  return Object.fromEntries(
    Object.entries({
      server: cluster.server,
      'tls-server-name': textOf(cluster, 'tls-server-name'),
      'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] || undefined,
      'certificate-authority-data': authority,
      'proxy-url': textOf(cluster, 'proxy-url'),
      config,
    }).filter(([, value]) => value !== undefined),
  );
};

/** The program's own answer is a secret: no error shows it. */
export const parseAnswer = (stdout: string, { apiVersion, command }: Plugin): Entry => {
  const failed = `the login program "${command}" gave no credentials`;
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    throw loginProblem(failed, 'what it printed is not JSON');
  }
  const credential = credentialSchema.safeParse(value).data;
  if (credential === undefined) throw loginProblem(failed, 'what it printed is no ExecCredential');
  if (credential.apiVersion !== apiVersion)
    throw loginProblem(
      failed,
      `it answers with another apiVersion than ${apiVersion}, which the kubeconfig names`,
    );
  const { token, clientCertificateData: certificate, clientKeyData: key } = credential.status ?? {};
  if (!token && !(certificate && key))
    throw loginProblem(failed, 'its answer has no token, and no certificate with key');
  const encoded = (pem: string) => Buffer.from(pem).toString('base64');
  return {
    ...(token ? { token } : {}),
    ...(certificate && key
      ? { 'client-certificate-data': encoded(certificate), 'client-key-data': encoded(key) }
      : {}),
  };
};
