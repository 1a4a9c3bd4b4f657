/**
 * A pod that looks like the target to everything that decides about its traffic: same node, labels (so the same policies select
 * it), DNS settings, host aliases, network annotations. Pure.
 */
import * as z from 'zod/mini';
import type { Pod } from '../../model/kubernetes.ts';
import { buildContainer } from './container.ts';
import { OURS } from './way.ts';

const texts = z.record(z.string(), z.string());
const anything = z.record(z.string(), z.unknown());

/** What is taken over from the pod as the API server gives it; all else of it is not read. */
export const originalSchema = z.object({
  metadata: z.object({
    name: z.string(),
    uid: z.string(),
    labels: z.optional(texts),
    annotations: z.optional(texts),
  }),
  spec: z.object({
    nodeName: z.optional(z.string()),
    serviceAccountName: z.optional(z.string()),
    hostNetwork: z.optional(z.boolean()),
    hostUsers: z.optional(z.boolean()),
    dnsPolicy: z.optional(z.string()),
    dnsConfig: z.optional(anything),
    hostAliases: z.optional(z.array(anything)),
    tolerations: z.optional(z.array(anything)),
    imagePullSecrets: z.optional(z.array(anything)),
    runtimeClassName: z.optional(z.string()),
    enableServiceLinks: z.optional(z.boolean()),
    securityContext: z.optional(z.object({ sysctls: z.optional(z.array(anything)) })),
  }),
});
export type Original = z.infer<typeof originalSchema>;

/** Annotations by which a mesh or a network plugin decides how a pod is connected. */
const NETWORK_ANNOTATIONS =
  /^(sidecar\.istio\.io|traffic\.sidecar\.istio\.io|proxy\.istio\.io|linkerd\.io\/inject|config\.linkerd\.io|k8s\.v1\.cni\.cncf\.io\/networks$|kubernetes\.io\/(ingress|egress)-bandwidth$)/;

/** Never turns true: no Service sends it traffic. */
const NEVER_READY = 'netcheck.kubectl/never-ready';
/** Beyond the runner's own end: for the start, and for whoever reads the log last. */
const LIFE_MARGIN_SECONDS = 120;

/** What a namespace with a quota asks every pod for; the suite needs far less. */
const RESOURCES = {
  requests: { cpu: '10m', memory: '32Mi' },
  limits: { cpu: '1', memory: '256Mi' },
};

export interface JumpPod {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod';
  readonly metadata: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

export interface JumpOptions {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string | undefined;
  readonly imagePullSecret?: string | undefined;
  readonly command: readonly string[];
  /** Whole seconds that the runner may take. */
  readonly totalSeconds: number;
  readonly profile: Parameters<typeof buildContainer>[1]['profile'];
}

const picked = <T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as Partial<
    Pick<T, K>
  >;

export const buildJumpPod = (pod: Pod, original: Original, wanted: JumpOptions): JumpPod => {
  const { metadata, spec } = original;
  const { terminationMessagePolicy, ...container } = buildContainer(pod, { ...wanted, name: OURS });
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([key]) => NETWORK_ANNOTATIONS.test(key)),
  );
  const secrets = [
    ...(spec.imagePullSecrets ?? []),
    ...(wanted.imagePullSecret === undefined ? [] : [{ name: wanted.imagePullSecret }]),
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: wanted.name,
      labels: metadata.labels ?? {},
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      // A controller of its own: no ReplicaSet adopts it and ends another pod for it. It goes with the target.
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          name: metadata.name,
          uid: metadata.uid,
          controller: true,
          blockOwnerDeletion: false,
        },
      ],
    },
    spec: {
      ...picked(spec, [
        'nodeName',
        'serviceAccountName',
        'hostNetwork',
        'hostUsers',
        'dnsPolicy',
        'dnsConfig',
        'hostAliases',
        'tolerations',
        'runtimeClassName',
      ]),
      ...(spec.securityContext?.sysctls === undefined
        ? {}
        : { securityContext: { sysctls: spec.securityContext.sysctls } }),
      ...(secrets.length === 0 ? {} : { imagePullSecrets: secrets }),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      activeDeadlineSeconds: wanted.totalSeconds + LIFE_MARGIN_SECONDS,
      readinessGates: [{ conditionType: NEVER_READY }],
      containers: [{ ...container, terminationMessagePolicy, resources: RESOURCES }],
    },
  };
};

/** What the look-alike cannot show of the pod that is meant. */
export const notShown = ({ spec }: Original): readonly string[] => [
  ...(spec.hostNetwork === true ? [] : ["the pod's own interface and address", 'what listens in the pod']),
  'what its sidecars do',
  ...(spec.dnsPolicy === 'None' || spec.hostNetwork === true
    ? []
    : ['a file that the app mounts over /etc/resolv.conf']),
];
