/** Real faults give the symptoms that the real tools show on a real node. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  addDns,
  addPod,
  addService,
  type BareNode,
  COREFILE,
  eventually,
  getPod,
  STRICT,
  sayIn,
  startBareNode,
} from './bare-node.ts';

let bare: BareNode;
const setDns = (annotations: Record<string, string>, corefile = COREFILE) =>
  bare.store.update('configmaps', 'kube-system', 'coredns', (config) => ({
    ...config,
    metadata: { ...config.metadata, annotations },
    data: { Corefile: corefile },
  }));
const inPod = (name: string, command: readonly string[]) => {
  const network = bare.node.kubelet.networkOf('shop', name);
  if (typeof network === 'string') throw new Error(network);
  return bare.node.run(['nsenter', `--net=/run/netns/${network.namespace}`], command);
};

beforeAll(async () => {
  bare = await startBareNode();
  await addDns(bare);
  const web = await addPod(bare, 'shop', 'web');
  // Many containers follow each other here, and the wait of a busy pod is not what is tested.
  await addPod(bare, 'shop', 'client', { annotations: { 'sandbox.netcheck/timing': 'quick' } });
  await addService(bare, 'shop', 'web', '10.96.0.20', [web.status.podIP], { nodePort: 30080 });
  await addService(bare, 'shop', 'nobody', '10.96.0.21', []);
}, 60_000);
afterAll(() => bare?.node.stop(), 30_000);

describe('a healthy cluster', () => {
  test('names resolve along the search path, as the uid asked for and without capabilities', async () => {
    const said = await sayIn(bare, 'client', 'id; grep -E "Cap(Eff|Bnd)" /proc/self/status; nslookup web');
    expect(said).toContain('uid=65532 gid=0(root)');
    expect(said).toMatch(/CapEff:\t0+\nCapBnd:\t0+\n/);
    expect(said).toContain('Got recursion not available from 10.96.0.10');
    expect(said).toContain('Name:\tweb.shop.svc.cluster.local\nAddress: 10.96.0.20');
  }, 30_000);

  test('Services, node ports and the internet answer', async () => {
    const said = await sayIn(
      bare,
      'client',
      'curl -sS http://web; curl -sS http://192.168.240.10:30080; curl -sS https://example.com https://1.1.1.1; nc -zvw2 223.5.5.5 443',
    );
    expect(said).toContain('hello from web\n');
    expect(said).toContain('hello from 192.168.240.10:30080\n');
    expect(said).toContain('ok\nok\n');
    expect(said).toMatch(/223\.5\.5\.5.*succeeded/);
  }, 30_000);

  test('a pod reaches itself through its Service', async () => {
    // By address: the pod is called web too, and knows that name from its own hosts file.
    expect(await sayIn(bare, 'web', 'curl -sS http://10.96.0.20')).toBe('hello from 10.96.0.20\n');
  }, 30_000);

  test('the pod sees its own interface, routes, resolv.conf and hosts', async () => {
    const address: string = getPod(bare, 'shop', 'client').status.podIP;
    const said = await sayIn(
      bare,
      'client',
      'ip -4 -o addr show eth0; ip route; cat /etc/resolv.conf /etc/hosts; hostname',
    );
    expect(said).toContain(`${address}/24`);
    expect(said).toContain('default via 10.244.0.1');
    expect(said).toContain(
      'search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    );
    expect(said).toContain(`${address}\tclient\n`);
    expect(said.endsWith('client\n')).toBe(true);
  }, 30_000);

  test('records of every kind', async () => {
    const said = await sayIn(
      bare,
      'client',
      `dig +short SRV _tcp._tcp.web.shop.svc.cluster.local; dig +short -x 10.96.0.20; dig +short A 10-244-0-9.shop.pod.cluster.local
       dig AAAA web.shop.svc.cluster.local | grep -E 'status|flags:'; dig web.nowhere.svc.cluster.local | grep -E 'status|SOA'
       dig +tcp +short web.shop.svc.cluster.local`,
    );
    expect(said).toContain('0 100 80 web.shop.svc.cluster.local.');
    expect(said).toContain('web.shop.svc.cluster.local.\n10.244.0.9\n');
    expect(said).toMatch(/status: NOERROR[\s\S]*flags: qr aa rd;[\s\S]*ANSWER: 0/);
    expect(said).toMatch(/status: NXDOMAIN[\s\S]*SOA\tns\.dns\.cluster\.local\./);
    expect(said.endsWith('10.96.0.20\n')).toBe(true);
  }, 30_000);
});

describe('Services', () => {
  test('without endpoints: refused at once', async () => {
    const said = await sayIn(bare, 'client', 'nc -zvw5 nobody 80; curl -sS -m5 http://nobody; echo $?');
    expect(said).toContain('Connection refused');
    expect(said.endsWith('7\n')).toBe(true);
  }, 30_000);

  test('unknown to kube-proxy: silence', async () => {
    await addService(bare, 'shop', 'ignored', '10.96.0.22', ['10.244.0.3'], {
      annotations: { 'sandbox.netcheck/kube-proxy': 'ignore' },
    });
    expect(await sayIn(bare, 'client', 'nc -zvw1 ignored 80')).toContain('timed out');
  }, 30_000);
});

describe('DNS faults', () => {
  const lookup = 'nslookup -timeout=1 -retry=0 web.shop.svc.cluster.local.';
  afterAll(() => {
    setDns({});
  });

  test.each([
    ['silent', /communications error to 10\.96\.0\.10#53: timed out/],
    ['refuse', /communications error to 10\.96\.0\.10#53: connection refused/],
    ['servfail', /server can't find web\.shop\.svc\.cluster\.local\.?: SERVFAIL/],
    ['refused', /server can't find web\.shop\.svc\.cluster\.local\.?: REFUSED/],
    ['truncate', /Truncated, retrying in TCP mode[\s\S]*Address: 10\.96\.0\.20/],
    ['slow=300ms', /Address: 10\.96\.0\.20/],
  ])(
    '%s',
    async (mode, symptom) => {
      setDns({ 'sandbox.netcheck/dns': mode });
      expect(await sayIn(bare, 'client', lookup)).toMatch(symptom);
    },
    30_000,
  );

  test('a dead upstream: cluster names resolve, external ones come back SERVFAIL after seconds', async () => {
    setDns({}, COREFILE.replace('/etc/resolv.conf', '233.5.5.5'));
    expect(await sayIn(bare, 'client', lookup)).toContain('Address: 10.96.0.20');
    expect(await sayIn(bare, 'client', 'nslookup -timeout=10 example.com.')).toContain('SERVFAIL');
    setDns({});
    expect(await sayIn(bare, 'client', 'nslookup example.com.')).toContain('Address: 203.0.113.10');
  }, 60_000);

  test('a Corefile that CoreDNS refuses: the old pod goes on, a new one crashes in its words', async () => {
    setDns({}, COREFILE.replace('max_concurrent 1000', 'timeout 2s'));
    const name = 'coredns-2';
    await addPod(bare, 'kube-system', name, {
      spec: {
        dnsPolicy: 'Default',
        containers: [{ name: 'coredns', image: 'registry.k8s.io/coredns/coredns:v1.12.0' }],
      },
    });
    const status = await eventually('a crash loop', () => {
      const [container] = getPod(bare, 'kube-system', name).status.containerStatuses;
      return container.state.waiting?.reason === 'CrashLoopBackOff' ? container : undefined;
    });
    expect(status).toMatchObject({
      ready: false,
      restartCount: 1,
      lastState: { terminated: { exitCode: 1 } },
    });
    const signal = new AbortController().signal;
    const log = bare.node.kubelet.log(
      { namespace: 'kube-system', pod: name, container: 'coredns' },
      { follow: false, signal },
    );
    const chunks: Uint8Array[] = [];
    for await (const chunk of log ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toMatch(/plugin\/forward: .*unknown property 'timeout'/);
    expect(await sayIn(bare, 'client', lookup)).toContain('Address: 10.96.0.20');
    bare.store.delete('pods', 'kube-system', name);
    setDns({});
  }, 60_000);
});

describe('faults made by hand', () => {
  test('no default route', async () => {
    await addPod(bare, 'shop', 'lost');
    expect((await inPod('lost', ['ip', 'route', 'del', 'default'])).exitCode).toBe(0);
    expect(await sayIn(bare, 'lost', 'ping -c1 -W1 1.1.1.1')).toContain('Network is unreachable');
  }, 30_000);

  test('a dropped way out, and the mending of it', async () => {
    const rules =
      'table ip fault { chain out { type filter hook forward priority -10; oifname "uplink" drop; }; }';
    expect((await bare.node.run([], ['nft', rules])).stderr).toBe('');
    expect(await sayIn(bare, 'client', 'nc -zvw1 1.1.1.1 443; curl -sS http://web')).toMatch(
      /timed out[\s\S]*hello from web/,
    );
    await bare.node.mend();
    expect(await sayIn(bare, 'client', 'nc -zvw2 1.1.1.1 443')).toContain('succeeded');
  }, 30_000);

  test('masquerade missing: packets leave and no answer finds the way back', async () => {
    await bare.node.run([], ['nft', 'delete', 'table', 'ip', 'cni']);
    expect(await sayIn(bare, 'client', 'nc -zvw1 1.1.1.1 443')).toContain('timed out');
    await bare.node.mend();
  }, 30_000);
});

describe('ping', () => {
  test('without any capability, where the range allows it', async () => {
    expect(await sayIn(bare, 'client', 'ping -c1 -W2 1.1.1.1')).toContain('1 received');
  }, 30_000);

  test('not permitted where the range is closed; permitted to root with NET_RAW', async () => {
    await addPod(bare, 'shop', 'closed', { annotations: { 'sandbox.netcheck/ping': 'closed' } });
    expect(await sayIn(bare, 'closed', 'ping -c1 -W2 1.1.1.1; echo $?')).toMatch(/not permitted[\s\S]*2\n$/);
    const root = await sayIn(bare, 'closed', 'id -u; ping -c1 -W2 1.1.1.1', {});
    expect(root).toMatch(/^0\n[\s\S]*1 received/);
    const dropped = await sayIn(bare, 'closed', 'ping -c1 -W2 1.1.1.1', {
      capabilities: { drop: ['NET_RAW'] },
    });
    expect(dropped).toContain('not permitted');
  }, 30_000);

  test('a small MTU lets large packets fail', async () => {
    await addPod(bare, 'shop', 'narrow', { annotations: { 'sandbox.netcheck/mtu': '1300' } });
    const said = await sayIn(
      bare,
      'narrow',
      'ping -c1 -W1 -s 1000 -M do 1.1.1.1; ping -c1 -W1 -s 1400 -M do 1.1.1.1',
      STRICT,
    );
    expect(said).toContain('1 received');
    expect(said).toMatch(/message too long, mtu=1300/i);
  }, 30_000);
});

describe('apps', () => {
  test.each([
    ['status', ['-status', '503'], 'curl -sS -o /dev/null -w "%{http_code}"', /^503$/],
    ['silent', ['-silent'], 'curl -sS -m1', /Operation timed out.*0 bytes received/],
    ['reset', ['-reset'], 'curl -sS -m5', /reset by peer|Recv failure/],
    ['empty', ['-empty'], 'curl -sS -m5', /Empty reply from server/],
    ['cut', ['-cut'], 'curl -sS -m5', /bytes remaining to read|transfer closed/],
    [
      'header',
      ['-header', 'server: envoy', '-header', 'x-b: c:d', '-body', 'nope'],
      'curl -sS -i -m5',
      /server: envoy[\s\S]*x-b: c:d[\s\S]*nope$/i,
    ],
    ['size', ['-body', '', '-size', '100000'], 'curl -sS -o /dev/null -w "%{size_download}"', /^100000$/],
    ['authority', ['-tls', '-issuer', 'lab-ca'], 'curl -sS -m5', /unable to get local issuer certificate/],
    ['client certificate', ['-tls', '-client-cert'], 'curl -sSk -m5', /alert certificate required/],
    ['loopback only', ['-bind', '127.0.0.1'], 'curl -sS -m5', /Failed to connect|Could not connect/],
    [
      'expired',
      ['-tls', '-days', '-3'],
      'curl -sS -m5 --cacert /etc/ssl/certs/ca-certificates.crt',
      /certificate/,
    ],
  ])(
    '%s',
    async (name, args, curl, symptom) => {
      const pod = `app-${name.replaceAll(' ', '-')}`;
      const { status } = await addPod(bare, 'shop', pod, { args });
      const scheme = args.includes('-tls') ? 'https' : 'http';
      expect(await sayIn(bare, 'client', `${curl} ${scheme}://${status.podIP}:8080/`)).toMatch(symptom);
    },
    30_000,
  );
});
