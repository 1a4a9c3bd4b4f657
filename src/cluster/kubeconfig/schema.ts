/** A kubeconfig file as far as netcheck reads it, and the errors of what is none. */
import { load } from 'js-yaml';
import * as z from 'zod/mini';
import '../../zod-settings.ts';
import { UserError } from '../../errors.ts';

const text = z.nullish(z.string());
const kubeconfigSchema = z.looseObject({
  'current-context': text,
  contexts: z.nullish(
    z.array(
      z.object({
        name: z.string(),
        context: z.nullish(z.object({ cluster: text, user: text, namespace: text })),
      }),
    ),
  ),
  clusters: z.nullish(
    z.array(z.looseObject({ name: z.string(), cluster: z.nullish(z.looseObject({ server: text })) })),
  ),
  users: z.nullish(
    z.array(
      z.looseObject({
        name: z.string(),
        user: z.nullish(
          z.looseObject({
            as: text,
            'as-uid': text,
            'as-groups': z.nullish(z.array(z.string())),
            'as-user-extra': z.nullish(z.record(z.string(), z.array(z.string()))),
            tokenFile: text,
          }),
        ),
      }),
    ),
  ),
});
export type Kubeconfig = z.infer<typeof kubeconfigSchema>;

/** What `cluster:` or `user:` holds, under kubectl's own keys. */
export type Entry = Readonly<Record<string, unknown>>;

/** undefined for what is absent, empty or no text: kubectl takes them alike. */
export const textOf = (entry: Entry, key: string): string | undefined => {
  const value = entry[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const without = (entry: Entry, ...keys: readonly string[]): Entry =>
  Object.fromEntries(Object.entries(entry).filter(([key]) => !keys.includes(key)));

/** Who named the file: a flag, the variable, or nobody (the default path). */
export type NamedBy = '--kubeconfig' | 'KUBECONFIG' | undefined;

export const unreadable = (file: string, namedBy: NamedBy, reason: string, cause?: unknown): UserError =>
  new UserError({
    code: 'kubeconfig-unreadable',
    message: `cannot read the kubeconfig ${file}${namedBy === undefined ? '' : `, which ${namedBy} names`}`,
    reason,
    next: ['kubectl config view', 'kubectl netcheck POD --kubeconfig FILE'],
    cause,
  });

/** @throws UserError when it is no YAML, or no kubeconfig. */
export const parseKubeconfig = (content: string, file: string, namedBy: NamedBy): Kubeconfig => {
  let value: unknown;
  try {
    value = load(content);
  } catch (error) {
    throw unreadable(file, namedBy, 'it is not YAML', error);
  }
  const result = kubeconfigSchema.safeParse(value ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unreadable(
    file,
    namedBy,
    `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not a kubeconfig'}`,
  );
};
