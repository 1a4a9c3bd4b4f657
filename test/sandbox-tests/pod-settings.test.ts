/** Pods on the node's network and pods with nameservers of their own, as a kubelet runs them; the debug container sees the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  addDns,
  addPod,
  addService,
  type BareNode,
  eventually,
  getPod,
  inject,
  sayIn,
  startBareNode,
} from './bare-node.ts';

const QUICK = { 'sandbox.netcheck/timing': 'quick' };

let bare: BareNode;
beforeAll(async () => {
  bare = await startBareNode(['ipv4', 'ipv6']);
  await addDns(bare);
  const web = await addPod(bare, 'shop', 'web');
  await addService(bare, 'shop', 'web', '10.96.0.20', [web.status.podIP]);
  await addService(bare, 'shop', 'nobody', '10.96.0.21', []);
}, 60_000);
afterAll(() => bare?.node.stop(), 30_000);

describe('hostNetwork', () => {
  beforeAll(async () => {
    const args = ['-http', ':9000'];
    await addPod(bare, 'shop', 'plain', { annotations: QUICK, args, spec: { hostNetwork: true } });
    const cluster = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' };
    await addPod(bare, 'shop', 'named', { annotations: QUICK, args: ['-http', 'none'], spec: cluster });
  }, 30_000);

  test("the pod's addresses are the node's, of both families", () => {
    const { status } = getPod(bare, 'shop', 'plain');
    expect(status).toMatchObject({ phase: 'Running', podIP: '192.168.240.10', hostIP: '192.168.240.10' });
    expect(status.podIPs).toEqual([{ ip: '192.168.240.10' }, { ip: 'fd00:10:240::10' }]);
    expect(status.podIPs).toEqual(status.hostIPs);
  });

  test("ClusterFirst falls back to the node's resolver: no cluster name resolves", async () => {
    const said = await sayIn(
      bare,
      'plain',
      'cat /etc/resolv.conf; dig +short example.com; dig kubernetes.default.svc.cluster.local | grep -o NXDOMAIN',
    );
    expect(said).toBe('nameserver 203.0.113.53\n203.0.113.10\nNXDOMAIN\n');
  }, 30_000);

  test("ClusterFirstWithHostNet has the cluster's: names and Services answer", async () => {
    const said = await sayIn(bare, 'named', 'cat /etc/resolv.conf; curl -sS http://web; nc -zvw5 nobody 80');
    expect(said).toMatch(
      /^search shop\.svc\.cluster\.local .*\nnameserver 10\.96\.0\.10\noptions ndots:5\nhello from web\n.*refused/,
    );
  }, 30_000);

  test("the debug container has the node's interfaces, listeners, name and hosts", async () => {
    const said = await sayIn(
      bare,
      'plain',
      'ip -br link | cut -d@ -f1; ss -Htln; hostname; echo $HOSTNAME; head -1 /etc/hosts; ping -c1 -W1 1.1.1.1',
    );
    expect(said).toMatch(/cni0 .*[\s\S]*uplink\n/);
    expect(said).toContain('*:9000');
    expect(said).toContain('node-1\nnode-1\n# Kubernetes-managed hosts file (host network).\n');
    // containerd opens ping_group_range for pods' own networks only.
    expect(said).toMatch(/ping: .*not permitted/);
  }, 30_000);

  test('other pods reach it at the address of the node, in each family', async () => {
    const said = await sayIn(
      bare,
      'web',
      "curl -sS http://192.168.240.10:9000; curl -sS 'http://[fd00:10:240::10]:9000'",
    );
    expect(said).toBe('hello from 192.168.240.10:9000\nhello from [fd00:10:240::10]:9000\n');
  }, 30_000);

  test("its end leaves the node's network as it was", async () => {
    await addPod(bare, 'shop', 'short', { args: ['-http', ':9001'], spec: { hostNetwork: true } });
    bare.store.delete('pods', 'shop', 'short');
    await bare.node.kubelet.cleaned();
    await eventually('the end of the pod', () => bare.node.kubelet.networkOf('shop', 'short') === 'none');
    const left = await bare.node.run([], ['sh', '-c', 'ip -4 -o addr show uplink; ss -Htln sport = :9001']);
    expect(left.stdout).toMatch(/^.* inet 192\.168\.240\.10\/24 .*\n$/);
  }, 30_000);
});

describe('dnsPolicy None', () => {
  const lookup = 'cat /etc/resolv.conf; nslookup -timeout=1 -retry=0 web.shop.svc.cluster.local.';

  test('has what dnsConfig says and nothing else', async () => {
    const dnsConfig = {
      nameservers: ['10.96.0.10'],
      searches: ['svc.cluster.local'],
      options: [
        { name: 'ndots', value: '2' },
        { name: 'timeout', value: '1' },
      ],
    };
    await addPod(bare, 'shop', 'own', { annotations: QUICK, spec: { dnsPolicy: 'None', dnsConfig } });
    expect(await sayIn(bare, 'own', `${lookup}; curl -sS http://web.shop`)).toMatch(
      /^search svc\.cluster\.local\nnameserver 10\.96\.0\.10\noptions ndots:2 timeout:1\n[\s\S]*Address: 10\.96\.0\.20\n[\s\S]*hello from web\.shop\n$/,
    );
  }, 30_000);

  test('a nameserver that nobody runs is silence', async () => {
    const dnsConfig = { nameservers: ['203.0.113.99'] };
    await addPod(bare, 'shop', 'lost', { annotations: QUICK, spec: { dnsPolicy: 'None', dnsConfig } });
    expect(await sayIn(bare, 'lost', lookup)).toMatch(
      /^nameserver 203\.0\.113\.99\n[\s\S]*203\.0\.113\.99#53: timed out/,
    );
  }, 30_000);

  test('an app container reads the same file as the debug container', async () => {
    const tools = { name: 'app', image: 'docker.io/nicolaka/netshoot:v0.16' };
    const spec = {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['1.1.1.1', 'fd00:10:96::a'] },
      containers: [{ ...tools, command: ['sh', '-c', 'cat /etc/resolv.conf; sleep 60'] }],
    };
    await addPod(bare, 'shop', 'reader', { annotations: QUICK, spec });
    const container = inject(bare, 'reader', { command: ['cat', '/etc/resolv.conf'] });
    const logOf = async (name: string) => {
      const chunks: Uint8Array[] = [];
      const signal = new AbortController().signal;
      const log = await eventually(`log of ${name}`, () =>
        bare.node.kubelet.log(
          { namespace: 'shop', pod: 'reader', container: name },
          { follow: false, signal },
        ),
      );
      for await (const chunk of log) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    };
    await eventually('the end of the debug container', () =>
      getPod(bare, 'shop', 'reader').status.ephemeralContainerStatuses?.some(
        (one: { name: string; state: object }) => one.name === container && 'terminated' in one.state,
      ),
    );
    expect([await logOf('app'), await logOf(container)]).toEqual([
      'nameserver 1.1.1.1\nnameserver fd00:10:96::a\n',
      'nameserver 1.1.1.1\nnameserver fd00:10:96::a\n',
    ]);
  }, 30_000);
});
