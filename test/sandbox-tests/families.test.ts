/** Clusters with IPv6: alone, and beside IPv4. What a pod, its Services, DNS, the API server and the way out are there. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import type { KubeObject } from '../sandbox/contract.ts';
import { baseObjects, loadScenarios, stage } from '../sandbox/scenario.ts';
import { run, sayInPod } from './in-cluster.ts';

const service = (name: string, spec: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const get = (cluster: SandboxCluster, resource: string, name: string): KubeObject => {
  const found = cluster.store.get(resource, 'shop', name);
  if (found === undefined) throw new Error(`no ${resource} ${name}`);
  return found;
};
const slicesOf = (cluster: SandboxCluster, name: string) =>
  cluster.store
    .list('endpointslices', 'shop')
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === name)
    .map(({ addressType, endpoints }) => [addressType, endpoints?.length ?? 0])
    .sort();
const onNode = async (cluster: SandboxCluster, script: string) => {
  const { exitCode, stderr } = await cluster.inNetwork('node', ['sh', '-ec', script]);
  expect([exitCode, stderr]).toEqual([0, '']);
};

describe('IPv6 only', () => {
  let cluster: SandboxCluster;
  const say = (script: string) => sayInPod(cluster, 'client', script);
  beforeAll(async () => {
    cluster = await startCluster({ families: ['ipv6'] });
    await cluster.apply([
      ...baseObjects(),
      service('nobody', { selector: { app: 'nobody' } }),
      service('each', { clusterIP: 'None' }),
    ]);
  }, 90_000);
  afterAll(() => cluster?.stop(), 30_000);

  test('addresses of pods, of the node and of Services', () => {
    const { status } = get(cluster, 'pods', 'client');
    expect(status.podIP).toMatch(/^fd00:10:244::[0-9a-f]+$/);
    expect(status.podIPs).toEqual([{ ip: status.podIP }]);
    expect([status.hostIP, status.hostIPs]).toEqual(['fd00:10:240::10', [{ ip: 'fd00:10:240::10' }]]);
    const [node] = cluster.store.list('nodes');
    expect(node?.status.addresses[0]).toEqual({ type: 'InternalIP', address: 'fd00:10:240::10' });
    expect(get(cluster, 'services', 'web').spec).toMatchObject({
      clusterIP: expect.stringMatching(/^fd00:10:96::/),
      ipFamilies: ['IPv6'],
      ipFamilyPolicy: 'SingleStack',
    });
    expect(slicesOf(cluster, 'web')).toEqual([['IPv6', 2]]);
    expect(get(cluster, 'endpoints', 'web').subsets[0].addresses[0].ip).toMatch(/^fd00:10:244::/);
  });

  test('the pod has an address, a way out and a nameserver, and nothing of IPv4', async () => {
    const said = await say(
      'ip -o -4 addr show scope global; ip -4 route; ip -6 route; cat /etc/resolv.conf; env',
    );
    expect(said).toMatch(/^fd00:10:244::1 dev eth0/);
    expect(said).toContain('default via fd00:10:244::1 dev eth0');
    expect(said).toContain('nameserver fd00:10:96::a\n');
    expect(said).toContain('KUBERNETES_PORT=tcp://[fd00:10:96::1]:443\n');
    expect(await say('ip -6 -o addr show dev eth0')).not.toContain('tentative');
  }, 30_000);

  test('names: AAAA and no A, both ways, for Services, pods and the internet', async () => {
    const { clusterIP } = get(cluster, 'services', 'web').spec;
    const { podIP } = get(cluster, 'pods', 'client').status;
    const said = await say(
      `dig +short AAAA web.shop.svc.cluster.local; dig +short -x ${clusterIP}
       dig A web.shop.svc.cluster.local | grep -E ', status:|;; flags:'
       dig +short AAAA ${podIP.replaceAll(':', '-')}.shop.pod.cluster.local
       dig +short AAAA each.shop.svc.cluster.local | wc -l
       dig +short example.com AAAA`,
    );
    const [address, name, status, flags, pod, each, external] = said.split('\n');
    expect([address, name, pod, each, external]).toEqual([
      clusterIP,
      'web.shop.svc.cluster.local.',
      podIP,
      '2',
      '2001:db8:113::10',
    ]);
    expect(`${status}${flags}`).toMatch(/status: NOERROR[\s\S]*ANSWER: 0/);
  }, 30_000);

  test('Services, the API server and the internet answer', async () => {
    const said = await say(
      `curl -sS http://web; curl -sSk https://kubernetes.default/version | grep -o gitVersion
       curl -sS --cacert /etc/ssl/certs/ca-certificates.crt https://example.com 'https://[2606:4700:4700::1111]'
       for address in 2606:4700:4700::1111 2001:4860:4860::8888 2400:3200::1; do
         nc -zvw2 $address 443; ping -c1 -W2 $address | grep received
       done`,
    );
    expect(said).toMatch(/^hello from web\ngitVersion\nok\nok\n/);
    expect(said.match(/succeeded/g)?.length).toBe(3);
    expect(said.match(/1 received/g)?.length).toBe(3);
  }, 30_000);

  test('no endpoint is refused, an address that nobody owns is silent', async () => {
    const said = await say('nc -zvw5 nobody 80; nc -zvw1 2001:db8:ffff::1 443; nc -zvw1 203.0.113.10 443');
    expect(said).toMatch(/Connection refused[\s\S]*timed out[\s\S]*Network is unreachable/);
  }, 30_000);

  test('packets from pod to pod pass the rules of the node', async () => {
    const [web] = get(cluster, 'endpoints', 'web').subsets[0].addresses;
    const ask = `nc -zvw1 ${web.ip} 8080`;
    expect(await say(ask)).toContain('succeeded');
    await onNode(
      cluster,
      "nft 'table ip6 fault { chain pods { type filter hook forward priority -10; tcp dport 8080 drop; }; }'",
    );
    expect(await say(ask)).toContain('timed out');
    await onNode(cluster, 'nft delete table ip6 fault');
  }, 30_000);

  test('DNS without a server: refused at once', async () => {
    cluster.store.update('configmaps', 'kube-system', 'coredns', (config) => ({
      ...config,
      metadata: { ...config.metadata, annotations: { 'sandbox.netcheck/dns': 'refuse' } },
    }));
    await cluster.settled();
    expect(await say('nslookup -timeout=1 -retry=0 web.shop.svc.cluster.local.')).toMatch(
      /communications error to fd00:10:96::a#53: connection refused/,
    );
  }, 30_000);

  test('kubectl shows ports beside addresses in brackets', async () => {
    const shown = await run('kubectl', ['-n', 'shop', 'get', 'endpoints', 'web'], cluster.kubeconfig);
    expect(shown.stdout).toMatch(/\[fd00:10:244::[0-9a-f]+\]:8080,\[fd00:10:244::[0-9a-f]+\]:8080/);
  }, 30_000);

  test('a scenario of another kind is not staged on it', async () => {
    const [scenario] = loadScenarios().filter(({ name }) => name === 'healthy');
    if (scenario === undefined) throw new Error('no scenario healthy');
    await expect(stage(cluster, scenario)).rejects.toThrow('scenario healthy needs a cluster of ipv4');
  });

  test('reset takes back what faults have done', async () => {
    await onNode(cluster, 'ip -6 route del default; ip -6 addr del fd00:10:244::1/64 dev cni0');
    await onNode(cluster, 'ip -6 route add unreachable 2606:4700:4700::/48');
    await onNode(cluster, 'nft add table ip6 fault; nft delete table ip6 cni');
    await cluster.reset();
    await cluster.apply(baseObjects());
    expect(await say('curl -sS http://web; nc -zvw2 2606:4700:4700::1111 443')).toMatch(
      /^hello from web\n[\s\S]*succeeded/,
    );
  }, 60_000);
});

describe('both families', () => {
  let cluster: SandboxCluster;
  const say = (script: string) => sayInPod(cluster, 'client', script);
  beforeAll(async () => {
    cluster = await startCluster({ families: ['ipv4', 'ipv6'] });
    await cluster.apply([
      ...baseObjects(),
      service('both', { ipFamilyPolicy: 'PreferDualStack', type: 'NodePort' }),
      service('six', { ipFamilies: ['IPv6'] }),
    ]);
  }, 90_000);
  afterAll(() => cluster?.stop(), 30_000);

  test('a pod has one address of each, a Service those that it asks for', () => {
    const { status } = get(cluster, 'pods', 'client');
    expect(status.podIPs).toEqual([
      { ip: expect.stringMatching(/^10\.244\.0\./) },
      { ip: expect.stringMatching(/^fd00:10:244::/) },
    ]);
    expect(status.podIP).toBe(status.podIPs[0].ip);
    expect(status.hostIPs).toEqual([{ ip: '192.168.240.10' }, { ip: 'fd00:10:240::10' }]);
    expect(['web', 'both', 'six'].map((name) => get(cluster, 'services', name).spec.ipFamilies)).toEqual([
      ['IPv4'],
      ['IPv4', 'IPv6'],
      ['IPv6'],
    ]);
    expect(['web', 'both', 'six'].map((name) => slicesOf(cluster, name))).toEqual([
      [['IPv4', 2]],
      [
        ['IPv4', 2],
        ['IPv6', 2],
      ],
      [['IPv6', 2]],
    ]);
    // As kubeadm installs them.
    const system = [
      cluster.store.get('services', 'default', 'kubernetes'),
      cluster.store.get('services', 'kube-system', 'kube-dns'),
    ];
    expect(system.map((one) => one?.spec.clusterIPs)).toEqual([['10.96.0.1'], ['10.96.0.10']]);
  });

  test('names, Services and node ports in each family', async () => {
    const { nodePort } = get(cluster, 'services', 'both').spec.ports[0];
    const said = await say(
      `nslookup both | grep Address; grep client /etc/hosts | wc -l
       curl -4sS http://both; curl -6sS http://both
       curl -4sS -o /dev/null -w '%{http_code}\\n' http://192.168.240.10:${nodePort}
       curl -6sS -o /dev/null -w '%{http_code}\\n' 'http://[fd00:10:240::10]:${nodePort}'
       curl -4sS http://six || curl -6sS http://six`,
    );
    const { clusterIPs } = get(cluster, 'services', 'both').spec;
    for (const address of clusterIPs) expect(said).toContain(`Address: ${address}\n`);
    expect(said).toMatch(
      /\n2\nhello from both\nhello from both\n200\n200\ncurl: \(6\) .*\nhello from six\n$/,
    );
  }, 30_000);

  test('answers come back through the node each time, or the client would not know the sender', async () => {
    const said = await say('for i in 1 2 3 4 5 6 7 8; do curl -6sS -m2 http://both; done');
    expect(said.match(/hello from both/g)?.length).toBe(8);
  }, 60_000);

  test('one way out dies, the other lives', async () => {
    const rules =
      'table ip6 fault { chain out { type filter hook forward priority -10; oifname "uplink" drop; }; }';
    await onNode(cluster, `nft '${rules}'`);
    const ask = (address: string) => `nc -zvw1 ${address} 443`;
    expect(await say(`${ask('1.1.1.1')}; ${ask('2606:4700:4700::1111')}; curl -6sS http://both`)).toMatch(
      /1\.1\.1\.1.*succeeded[\s\S]*timed out[\s\S]*hello from both/,
    );
    await onNode(cluster, 'nft delete table ip6 fault');
    expect(await say(ask('2606:4700:4700::1111'))).toContain('succeeded');
  }, 30_000);

  test('a second stack comes and goes with the policy', async () => {
    const patch = (ipFamilyPolicy: string) =>
      run(
        'kubectl',
        ['-n', 'shop', 'patch', 'service', 'web', '-p', JSON.stringify({ spec: { ipFamilyPolicy } })],
        cluster.kubeconfig,
      );
    expect((await patch('RequireDualStack')).stderr).toBe('');
    await cluster.settled();
    expect(slicesOf(cluster, 'web')).toEqual([
      ['IPv4', 2],
      ['IPv6', 2],
    ]);
    expect(await say('curl -6sS http://web')).toBe('hello from web\n');
    expect((await patch('SingleStack')).stderr).toBe('');
    await cluster.settled();
    expect(slicesOf(cluster, 'web')).toEqual([['IPv4', 2]]);
    expect(get(cluster, 'services', 'web').spec.clusterIPs.length).toBe(1);
  }, 30_000);
});
