/** Pods that go well and pods that do not: phases, conditions, container states and events as a kubelet tells them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plansOf } from '../sandbox/node/addresses.ts';
import { pull } from '../sandbox/node/images.ts';
import { hosts, resolvConf } from '../sandbox/node/pod-files.ts';
import {
  addPod,
  type BareNode,
  eventually,
  getPod,
  inject,
  readLog,
  sayIn,
  startBareNode,
} from './bare-node.ts';

const WEB = { name: 'app', image: 'docker.io/lab/web:1' };
const NETSHOOT = 'docker.io/nicolaka/netshoot:v0.16';

let bare: BareNode;
beforeAll(async () => {
  bare = await startBareNode();
}, 60_000);
afterAll(() => bare?.node.stop(), 30_000);

const eventsOf = (pod: string) =>
  bare.store
    .list('events', 'shop')
    .filter((event) => event.involvedObject.name === pod)
    .map(({ reason, message }) => `${reason}: ${message}`);
const readyOf = (pod: string) =>
  getPod(bare, 'shop', pod).status.conditions.find((one: { type: string }) => one.type === 'Ready');

describe('pods', () => {
  test('running, with address and conditions', async () => {
    const { status } = await addPod(bare, 'shop', 'plain');
    expect(status).toMatchObject({
      phase: 'Running',
      hostIP: '192.168.240.10',
      podIP: expect.stringMatching(/^10\.244\.0\./),
    });
    expect(status.containerStatuses[0]).toMatchObject({
      ready: true,
      started: true,
      restartCount: 0,
      user: { linux: { uid: 65532 } },
    });
    expect(
      status.conditions.map((one: { type: string; status: string }) => `${one.type}=${one.status}`),
    ).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ]);
  }, 30_000);

  test('init containers run in turn before the app; the end of all is the end of the pod', async () => {
    const tool = (name: string, command: string) => ({
      name,
      image: NETSHOOT,
      command: ['sh', '-c', command],
    });
    await addPod(bare, 'shop', 'job', {
      spec: {
        restartPolicy: 'Never',
        initContainers: [tool('first', 'true')],
        containers: [tool('app', 'echo done; exit 0')],
      },
    });
    const status = await eventually('the end of the job', () => {
      const job = getPod(bare, 'shop', 'job').status;
      return job.phase === 'Succeeded' && job;
    });
    expect(status.initContainerStatuses[0].state.terminated).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
    });
    expect(readyOf('job')).toMatchObject({ status: 'False', reason: 'PodCompleted' });
    // Accepted by the API server, and never run.
    const name = inject(bare, 'job', { command: ['true'] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(getPod(bare, 'shop', 'job').status.ephemeralContainerStatuses).toBeUndefined();
    expect(eventsOf('job').join()).not.toContain(name);
  }, 30_000);

  test("not ready: the probe fails in the kubelet's words", async () => {
    await addPod(bare, 'shop', 'unready', {
      spec: { containers: [{ ...WEB, readinessProbe: { httpGet: { port: 9999, path: '/healthz' } } }] },
    });
    expect(readyOf('unready')).toMatchObject({
      status: 'False',
      message: 'containers with unready status: [app]',
    });
    expect(eventsOf('unready').join('\n')).toMatch(
      /Unhealthy: Readiness probe failed: Get "http:\/\/10\.244\.0\.\d+:9999\/healthz": dial tcp 10\.244\.0\.\d+:9999: connect: connection refused/,
    );
  }, 30_000);

  test('crash loop, with the reason of the last end', async () => {
    await addPod(bare, 'shop', 'crashing', {
      annotations: { 'sandbox.netcheck/end-reason': 'OOMKilled' },
      args: ['-exit', '137'],
    });
    const status = await eventually('a crash loop', () => {
      const [container] = getPod(bare, 'shop', 'crashing').status.containerStatuses;
      return container.state.waiting?.reason === 'CrashLoopBackOff' && container;
    });
    expect(status.state.waiting.message).toMatch(
      /^back-off 10s restarting failed container=app pod=crashing_shop\(/,
    );
    expect(status.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    expect(eventsOf('crashing').join('\n')).toContain(
      'BackOff: Back-off restarting failed container app in pod crashing_shop',
    );
  }, 30_000);

  test('no sandbox: Pending without an address, told by an event', async () => {
    const { status } = await addPod(bare, 'shop', 'nowhere', {
      annotations: { 'sandbox.netcheck/sandbox-error': 'plugin type="bridge" failed (add): no free address' },
    });
    expect(status).toMatchObject({ phase: 'Pending' });
    expect(status.podIP).toBeUndefined();
    expect(eventsOf('nowhere').join()).toContain('FailedCreatePodSandBox: Failed to create pod sandbox');
  }, 30_000);

  test('no image', async () => {
    await addPod(bare, 'shop', 'imageless', {
      spec: { containers: [{ ...WEB, image: 'down.registry.test/shop/web:3' }] },
    });
    const { status } = getPod(bare, 'shop', 'imageless');
    expect(status.phase).toBe('Pending');
    expect(status.containerStatuses[0].state.waiting.reason).toBe('ErrImagePull');
  }, 30_000);

  test("hostNetwork: the node's address and its resolver", async () => {
    const { status } = await addPod(bare, 'shop', 'host', {
      spec: { hostNetwork: true, containers: [{ name: 'app', image: NETSHOOT, command: ['sleep', '60'] }] },
    });
    expect(status.podIP).toBe('192.168.240.10');
    const said = await sayIn(bare, 'host', 'cat /etc/resolv.conf; ip -4 -br addr show cni0');
    expect(said).toContain('nameserver 203.0.113.53\n');
    expect(said).toContain('10.244.0.1/24');
  }, 30_000);
});

describe('debug containers', () => {
  test('root keeps the default capabilities, and what is dropped is gone', async () => {
    await addPod(bare, 'shop', 'caps');
    const caps = 'grep -E "Cap(Eff|Bnd)|NoNewPrivs" /proc/self/status | tr -d "\\n"';
    expect(await sayIn(bare, 'caps', caps, {})).toMatch(/CapEff:\t00000000a80425fb.*NoNewPrivs:\t0/);
    const strict = { capabilities: { drop: ['ALL'], add: ['NET_RAW'] }, allowPrivilegeEscalation: false };
    expect(await sayIn(bare, 'caps', caps, strict)).toMatch(/CapEff:\t0000000000002000.*NoNewPrivs:\t1/);
  }, 30_000);

  test('everything that a container started ends with it', async () => {
    await addPod(bare, 'shop', 'parent');
    const log = await readLog(
      bare,
      'parent',
      inject(bare, 'parent', { command: ['sh', '-c', 'sleep 4321 & echo started'] }),
    );
    expect(log).toBe('started\n');
    expect((await bare.node.run([], ['sh', '-c', 'ps ax | grep "[s]leep 4321"'])).stdout).toBe('');
  }, 30_000);

  test('large and binary output arrives whole', async () => {
    await addPod(bare, 'shop', 'loud');
    const log = await readLog(
      bare,
      'loud',
      inject(bare, 'loud', {
        command: ['sh', '-c', 'head -c 300000 /dev/zero | tr "\\0" x; printf "\\001\\n"; echo err >&2'],
      }),
    );
    expect(log.length).toBe(300_000 + 2 + 4);
    expect(log.endsWith('\u0001\nerr\n')).toBe(true);
  }, 30_000);

  test('a read-only root, a writable /dev/shm', async () => {
    await addPod(bare, 'shop', 'readonly');
    const said = await sayIn(bare, 'readonly', 'touch /x /tmp/x; touch /dev/shm/x && echo shm');
    expect(said).toMatch(/'\/x': Read-only[\s\S]*'\/tmp\/x': Read-only[\s\S]*shm\n$/);
  }, 30_000);
});

describe('images', () => {
  const none = { registry: 'ok', absent: [] };
  test.each([
    ['docker.io/nicolaka/netshoot:nope', none, 'docker.io/nicolaka/netshoot:nope: not found'],
    ['unauthorized.registry.test/a/b:1', none, 'pull access denied'],
    ['forbidden.registry.test/a/b:1', none, '403 Forbidden'],
    ['timeout.registry.test/a/b:1', none, 'i/o timeout'],
    [
      'localhost:1/netshoot:v1',
      none,
      'Head "https://localhost:1/v2/netshoot/manifests/v1": dial tcp 127.0.0.1:1: connect: connection refused',
    ],
    [NETSHOOT, { registry: 'down', absent: ['docker.io/nicolaka/*'] }, 'connection refused'],
  ])('%s cannot be pulled', (image, settings, message) => {
    expect(pull(image, 'IfNotPresent', settings)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(message),
    });
    expect(pull(image, 'Never', settings)).toMatchObject({ kind: 'never' });
  });

  test('digests, absence and slow registries', () => {
    const digest = `${NETSHOOT}@sha256:${'a'.repeat(64)}`;
    expect(pull(digest, undefined, none)).toMatchObject({
      kind: 'present',
      image: { kind: 'tools', user: 'root' },
    });
    expect(pull(digest, undefined, { registry: 'slow=2s', absent: ['*netshoot*'] })).toMatchObject({
      kind: 'pulled',
      tookMs: 2000,
    });
    expect(pull(`${NETSHOOT}@sha256:12`, undefined, none)).toMatchObject({ kind: 'invalid' });
    expect(pull('docker.io/lab/web', undefined, none)).toMatchObject({ kind: 'pulled' });
  });
});

describe('files of a pod', () => {
  const ipv4 = plansOf(['ipv4']);
  const ipv6 = plansOf(['ipv6']);
  const pod = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec,
  });

  test('resolv.conf of each dnsPolicy', () => {
    const config = {
      nameservers: ['9.9.9.9'],
      searches: ['corp.example'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    };
    expect(resolvConf(pod({ dnsPolicy: 'ClusterFirst', dnsConfig: config }), ipv4)).toBe(
      'search shop.svc.cluster.local svc.cluster.local cluster.local corp.example\nnameserver 10.96.0.10\nnameserver 9.9.9.9\noptions ndots:2 edns0\n',
    );
    expect(resolvConf(pod({ dnsPolicy: 'Default' }), ipv4)).toBe('nameserver 203.0.113.53\n');
    expect(resolvConf(pod({ dnsPolicy: 'None', dnsConfig: config }), ipv4)).toBe(
      'search corp.example\nnameserver 9.9.9.9\noptions ndots:2 edns0\n',
    );
    expect(resolvConf(pod({ hostNetwork: true, dnsPolicy: 'ClusterFirst' }), ipv4)).toBe(
      'nameserver 203.0.113.53\n',
    );
    expect(resolvConf(pod({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }), ipv4)).toContain(
      'nameserver 10.96.0.10',
    );
  });

  test("the cluster's first family serves the names", () => {
    expect(resolvConf(pod({}), ipv6)).toContain('\nnameserver fd00:10:96::a\n');
    expect(resolvConf(pod({ dnsPolicy: 'Default' }), ipv6)).toBe('nameserver 2001:db8:113::53\n');
    expect(resolvConf(pod({}), plansOf(['ipv6', 'ipv4']))).toBe(resolvConf(pod({}), ipv6));
  });

  test('hosts with every address of the pod, its subdomain, and aliases', () => {
    const aliased = pod({ hostAliases: [{ ip: '10.0.0.1', hostnames: ['db', 'db.corp'] }] });
    expect(hosts(aliased, ['10.244.0.9', 'fd00:10:244::9'])).toMatch(
      /^# Kubernetes-managed hosts file\.\n[\s\S]*\n10\.244\.0\.9\tp\nfd00:10:244::9\tp\n\n# Entries added by HostAliases\.\n10\.0\.0\.1\tdb\tdb\.corp\n$/,
    );
    expect(hosts(pod({ hostname: 'db-0', subdomain: 'db' }), ['10.244.0.9'])).toContain(
      '10.244.0.9\tdb-0.db.shop.svc.cluster.local\tdb-0\n',
    );
  });

  test("hosts and hostname on the node's network are the node's", () => {
    expect(hosts(pod({ hostNetwork: true }), ['192.168.240.10'])).toMatch(
      /^# Kubernetes-managed hosts file \(host network\)\.\n[\s\S]*192\.168\.240\.10\tnode-1\n$/,
    );
  });
});
