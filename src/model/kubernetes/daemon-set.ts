import * as z from 'zod/mini';
import { metadataSchema } from './meta.ts';

/** Settings of network plugins that say whether the addresses of pods are translated; no other variable is kept. */
const KEPT: readonly string[] = [
  'FLANNELD_IP_MASQ',
  'CALICO_IPV4POOL_NAT_OUTGOING',
  'AWS_VPC_K8S_CNI_EXTERNALSNAT',
];
const settingsSchema = z.pipe(
  z.array(z.object({ name: z.string(), value: z.optional(z.string()) })),
  z.transform((all) => all.filter(({ name }) => KEPT.includes(name))),
);

/** Of a command line, the program and the options that say so; others may hold passwords. */
const KEPT_WORDS = /\S*flanneld(?=\s|$)|--?[\w-]*(?:masq|pod-egress)[\w-]*(?:=\w*)?/gi;
const wordsSchema = z.pipe(
  z.array(z.string()),
  z.transform((words) =>
    words.map((word) => (word.match(KEPT_WORDS) ?? []).join(' ')).filter((word) => word !== ''),
  ),
);

/** Of the parts of the cluster that run on every node: which, from what image, with what arguments, and on how many nodes ready. */
export const daemonSetSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z._default(
          z.array(
            z.object({
              name: z.string(),
              image: z.optional(z.string()),
              command: z.optional(wordsSchema),
              args: z.optional(wordsSchema),
              env: z.optional(settingsSchema),
            }),
          ),
          [],
        ),
      }),
    }),
  }),
  status: z.optional(
    z.object({
      desiredNumberScheduled: z.optional(z.number()),
      numberReady: z.optional(z.number()),
    }),
  ),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;
