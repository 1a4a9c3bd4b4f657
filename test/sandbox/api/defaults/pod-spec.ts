/** What the API server fills into a pod's spec, or that of a pod template. Source: pkg/apis/core/v1/defaults.go. Changes its argument. */
import { copy, type Loose } from '../json.ts';

const defaultProbe = (probe: Loose): void => {
  if (probe === undefined) return;
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
  if (probe.httpGet !== undefined) {
    probe.httpGet.path ??= '/';
    probe.httpGet.scheme ??= 'HTTP';
  }
};

/** `Always` for a tag that moves: none, or latest. */
const pullPolicyOf = (image: string): string => {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
};

export const defaultContainer = (container: Loose): void => {
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef !== undefined) variable.valueFrom.fieldRef.apiVersion ??= 'v1';
  }
  container.resources ??= {};
  const { limits } = container.resources;
  if (limits !== undefined)
    container.resources.requests = { ...copy(limits), ...container.resources.requests };
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  if (container.image) container.imagePullPolicy ??= pullPolicyOf(container.image);
};

const defaultVolume = (volume: Loose): void => {
  for (const kind of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    if (volume[kind] !== undefined) volume[kind].defaultMode ??= 420;
  }
  if (volume.hostPath !== undefined) volume.hostPath.type ??= '';
};

export const defaultPodSpec = (spec: Loose): void => {
  const containers: Loose[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  for (const container of containers) {
    defaultContainer(container);
    if (!spec.hostNetwork) continue;
    for (const port of container.ports ?? []) port.hostPort ??= port.containerPort;
  }
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  if (spec.serviceAccountName !== undefined) spec.serviceAccount ??= spec.serviceAccountName;
  else if (spec.serviceAccount !== undefined) spec.serviceAccountName = spec.serviceAccount;
};
