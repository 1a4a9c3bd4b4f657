/** Where the pod wants to go: what `--to` named, as far as it is known before anything was asked. */
import * as z from 'zod/mini';

/**
 * What it turned out to be. `service`, `pod`, `ingress`: an object of the cluster, there or not; `host`: a name that is nothing of the
 * cluster's; `address`: one that is neither a pod's nor a Service's, as far as may be looked.
 */
export const DESTINATION_KINDS = ['service', 'pod', 'ingress', 'host', 'address'] as const;

/** A case may come from anywhere. Not URL.canParse: once V8 has optimised it, Node 22 takes letters such as ü for broken UTF-8. */
const isHttpUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.parse(text) !== null;

export const destinationSchema = z.object({
  /** As it was typed: `svc/web.shop:80`. */
  requested: z.string(),
  kind: z.enum(DESTINATION_KINDS),
  /** Of the object; of a `host`, the Service that it may be, where Services of that namespace may not be read. */
  namespace: z.optional(z.string()),
  name: z.optional(z.string()),
  /** The name that an app would look up, as it would write it; undefined where an address was named, or a pod. */
  host: z.optional(z.string()),
  /** The address that was named. */
  address: z.optional(z.string()),
  /** The port that was named, by number or name; undefined: all that the object has. */
  port: z.optional(z.union([z.number(), z.string()])),
  /** The URL that was named: http or https. */
  url: z.optional(z.string().check(z.refine(isHttpUrl, 'is no http or https URL'))),
});
export type Destination = z.infer<typeof destinationSchema>;
