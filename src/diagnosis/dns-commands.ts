/** Commands about cluster DNS, for the Service that was found; kube-system and k8s-app=kube-dns where none was. */
import type { Evidence } from '../model/evidence.ts';
import { inCommand } from './wording.ts';

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9._/]*[A-Za-z0-9])?$/;

export const dnsCommands = (dnsService: Evidence['dnsService'] | undefined) => {
  const found = dnsService?.state === 'known' ? dnsService.value : undefined;
  const labels = Object.entries(found?.spec.selector ?? {}).filter(
    ([key, value]) => LABEL.test(key) && LABEL.test(value),
  );
  const selector =
    labels.length === 0 ? 'k8s-app=kube-dns' : labels.map(([key, value]) => `${key}=${value}`).join(',');
  const namespace = inCommand(found?.metadata.namespace ?? 'kube-system', 'NAMESPACE');
  const name = inCommand(found?.metadata.name ?? 'kube-dns', 'SERVICE');
  const of = `-n ${namespace} -l ${selector}`;
  // The usual Service is named kube-dns for old times' sake; others are named as their ConfigMap.
  const configMap = `configmap ${name === 'kube-dns' ? 'coredns' : name} -n ${namespace}`;
  return {
    pods: `kubectl get pods ${of} -o wide`,
    deployment: `kubectl get deployments,daemonsets,pods -n ${namespace}`,
    logs: `kubectl logs ${of} --tail=50`,
    top: `kubectl top pods ${of}`,
    endpoints: `kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${name}`,
    service: `kubectl get service ${name} -n ${namespace} -o yaml`,
    config: `kubectl get ${configMap} -o yaml`,
    // Not every configuration has the reload plugin.
    editConfig:
      name === 'kube-dns'
        ? `kubectl edit ${configMap} && kubectl rollout restart deployment coredns -n ${namespace}`
        : `kubectl edit ${configMap}`,
    previousLogs: `kubectl logs ${of} --previous --tail=20`,
  };
};
