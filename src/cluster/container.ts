/** The ephemeral container: pure, and the strictest that works, because Pod Security judges the whole pod and it can never be removed. */
import type { Pod } from '../model/kubernetes.ts';

/**
 * nicolaka/netshoot v0.16, by the digest of its index (docs/ARCHITECTURE.md says where it was looked up): tags are not reproducible.
 */
export const DEFAULT_IMAGE =
  'docker.io/nicolaka/netshoot:v0.16@sha256:b09d9b21381f47a79b3cbcb30da25266dc17186ea00ae65e99fdc51396f48e70';

/** The same bytes in a second registry, to offer where the first cannot be reached. */
export const SECOND_REGISTRY_IMAGE = DEFAULT_IMAGE.replace('docker.io/', 'ghcr.io/');

/** Nobody in particular: no uid that a mesh or a node gives a meaning to. */
const NOBODY_IN_PARTICULAR = 65532;
/** Istio's sidecar exempts its own uid from redirection: probes under it would not see what the app sees. */
const ISTIO_PROXY_UID = 1337;

export interface EphemeralContainer {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly command: readonly string[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly terminationMessagePolicy: 'File';
}

/**
 * The uid to ask for, or undefined to leave it to the pod or the platform: where the pod sets one, it holds for us too; OpenShift
 * gives each namespace a range of its own and refuses all others.
 */
const userOf = (pod: Pod): number | undefined => {
  if (pod.metadata.annotations?.['openshift.io/scc'] !== undefined) return undefined;
  const podUser = pod.spec.securityContext?.runAsUser;
  if (podUser !== undefined && podUser !== 0) return undefined;
  const appUser = pod.spec.containers[0]?.securityContext?.runAsUser;
  return appUser !== undefined && appUser !== 0 && appUser !== ISTIO_PROXY_UID
    ? appUser
    : NOBODY_IN_PARTICULAR;
};

export const buildContainer = (
  pod: Pod,
  wanted: {
    readonly name: string;
    readonly image: string;
    readonly imagePullPolicy?: string | undefined;
    readonly command: readonly string[];
  },
): EphemeralContainer => {
  const runAsUser = userOf(pod);
  return {
    name: wanted.name,
    image: wanted.image,
    ...(wanted.imagePullPolicy === undefined ? {} : { imagePullPolicy: wanted.imagePullPolicy }),
    command: wanted.command,
    securityContext: {
      runAsNonRoot: true,
      ...(runAsUser === undefined ? {} : { runAsUser }),
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'File',
  };
};
