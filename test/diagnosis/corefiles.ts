/** Corefiles for test data of rules. */
import { known } from './build.ts';

const corefile = (forward: string, cluster = 'kubernetes cluster.local in-addr.arpa ip6.arpa') =>
  known({
    metadata: { name: 'coredns', namespace: 'kube-system' },
    data: { Corefile: `.:53 {\n    errors\n    ready\n    ${cluster}\n    forward . ${forward}\n}\n` },
  });

export const TO_NODE = corefile('/etc/resolv.conf');
export const WITH_TIMEOUT = corefile('/etc/resolv.conf {\n      timeout 2s\n    }');
export const WITH_MAX_FAILS = corefile('/etc/resolv.conf {\n      max_fails 3\n    }');
export const TO_MULTICAST = corefile('233.5.5.5');
export const TO_MULTICAST_TOO = corefile('233.5.5.5 10.9.9.9');
export const TO_ADDRESS = corefile('10.9.9.9');
export const WITHOUT_CLUSTER = corefile('/etc/resolv.conf', 'log');
