/** Which container of a pod is meant, and what stands in the way of its log or of a command in it. */
import type { KubeObject } from '../../contract.ts';
import type { ResourceCall } from '../api.ts';
import type { Loose } from '../json.ts';
import { badRequest, notFound } from '../status.ts';

const names = (containers: readonly Loose[] | undefined): readonly string[] =>
  (containers ?? []).map((one) => one.name);

export const findPod = ({ api, info }: ResourceCall): KubeObject => {
  const pod = api.store.get('pods', info.namespace, info.name ?? '');
  if (pod === undefined) throw notFound('', 'pods', info.name ?? '');
  return pod;
};

/** The named container, or the only one. Throws the 400s of the API server. */
export const chooseContainer = (pod: KubeObject, asked: string | null): string => {
  const { name } = pod.metadata;
  const { containers, initContainers, ephemeralContainers } = pod.spec;
  const all = [...names(containers), ...names(initContainers), ...names(ephemeralContainers)];
  if (asked) {
    if (!all.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${name}`);
    return asked;
  }
  const [only] = names(containers);
  if (containers.length === 1 && only !== undefined) return only;
  const list = (title: string, values: readonly string[]) =>
    values.length === 0 ? '' : ` or one of the ${title}: [${values.join(' ')}]`;
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${names(containers).join(' ')}]${list('init containers', names(initContainers))}${list('ephemeral containers', names(ephemeralContainers))}`,
  );
};

export const containerStatus = (pod: KubeObject, container: string): Loose => {
  const status = pod.status ?? {};
  const all: readonly Loose[] = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  return all.find((one) => one.name === container);
};

/** Why a log cannot be read yet, in the kubelet's words; undefined when there is one, be it empty. */
export const waitingText = (pod: KubeObject, container: string): string | undefined => {
  const { state = {}, lastState = {} } = containerStatus(pod, container) ?? {};
  if (state.running || state.terminated || lastState.terminated) return undefined;
  const reason = state.waiting?.reason;
  const start = `container "${container}" in pod "${pod.metadata.name}" is waiting to start`;
  switch (reason) {
    case 'ErrImagePull':
      return `${start}: image can't be pulled`;
    case 'ImagePullBackOff':
      return `${start}: trying and failing to pull image`;
    // The kubelet knows of a new container a little before its status is in the API.
    case undefined:
      return `${start}: ContainerCreating`;
    default:
      return `${start}: ${reason}`;
  }
};
