/** The ephemeral container: pure, and the strictest that works, because Pod Security judges the whole pod and it can never be removed. */
import type { Pod } from '../../model/kubernetes.ts';
import type { Profile } from '../../model/options.ts';

export { DEFAULT_IMAGE } from '../../model/image.ts';

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

const securityContextOf = (pod: Pod, profile: Profile): Readonly<Record<string, unknown>> => {
  switch (profile) {
    case 'restricted': {
      const runAsUser = userOf(pod);
      return {
        runAsNonRoot: true,
        ...(runAsUser === undefined ? {} : { runAsUser }),
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      };
    }
    case 'baseline':
      // The image's own user, root in netshoot, with what the runtime gives everybody.
      return { readOnlyRootFilesystem: true, seccompProfile: { type: 'RuntimeDefault' } };
    case 'netadmin':
      return {
        runAsUser: 0,
        runAsNonRoot: false,
        readOnlyRootFilesystem: true,
        capabilities: { add: ['NET_ADMIN', 'NET_RAW'] },
      };
  }
};

export const buildContainer = (
  pod: Pod,
  wanted: {
    readonly name: string;
    readonly image: string;
    readonly imagePullPolicy?: string | undefined;
    readonly profile: Profile;
    readonly command: readonly string[];
  },
): EphemeralContainer => ({
  name: wanted.name,
  image: wanted.image,
  ...(wanted.imagePullPolicy === undefined ? {} : { imagePullPolicy: wanted.imagePullPolicy }),
  command: wanted.command,
  securityContext: securityContextOf(pod, wanted.profile),
  terminationMessagePolicy: 'File',
});
