import * as z from 'zod/mini';
import { metadataSchema } from './meta.ts';

/** Properties of CoreDNS plugins whose arguments are secrets: keys of clouds, passwords of etcd, TSIG keys. */
const SECRET =
  /^([ \t]*(?:credentials|aws_access_key|aws_secret_access_key|password|secret|key|token|client_secret)[ \t]+)\S.*$/gm;
const withoutSecrets = (corefile: string): string => corefile.replace(SECRET, '$1(removed)');

/** Of a ConfigMap nothing but the Corefile is kept, and that without its secrets. */
export const configMapSchema = z.object({
  metadata: metadataSchema,
  data: z._default(z.object({ Corefile: z.optional(z.pipe(z.string(), z.transform(withoutSecrets))) }), {}),
});
export type ConfigMap = z.infer<typeof configMapSchema>;
