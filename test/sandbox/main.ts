/** `npm run sandbox [-- ipv6]`: the embedded cluster by hand, with a small shop in it, until Ctrl-C. */
import { once } from 'node:events';
import { startCluster } from './cluster.ts';
import { parseFamilies } from './families.ts';
import { baseObjects } from './scenario.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

const signals = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
try {
  const asked = process.argv[2] ?? 'ipv4';
  const families = parseFamilies(asked);
  if (families === undefined) throw new Error(`"${asked}" is none of ipv4, ipv6, ipv4,ipv6, ipv6,ipv4`);
  const cluster = await startCluster({ families });
  await cluster.apply(baseObjects());
  say(`A cluster of one node runs at ${cluster.server}. In another terminal:

  export KUBECONFIG=${cluster.kubeconfig}
  kubectl get pods -A -o wide
  kubectl netcheck client -n shop
  kubectl debug client -n shop --image=docker.io/nicolaka/netshoot:v0.16 --profile=general --attach -- nslookup web

Break something, then ask again:

  kubectl -n kube-system scale deploy/coredns --replicas=0
  kubectl -n kube-system annotate configmap coredns sandbox.netcheck/dns=servfail
  kubectl -n shop patch svc web -p '{"spec":{"selector":{"app":"webb"}}}'

test/sandbox/README.md lists every fault. Ctrl-C ends it and leaves nothing behind.`);
  await signals;
  await cluster.stop();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
