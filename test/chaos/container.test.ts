/** What may happen on the node: a container that is killed, a pod that goes, an image that takes its time, tools that wait. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type SandboxCluster, startCluster } from '../sandbox/cluster.ts';
import type { KubeObject } from '../sandbox/contract.ts';
import { type Gateway, logScript, startGateway } from './gateway.ts';
import {
  dishonesties,
  dishonestiesOfBroken,
  failuresOf,
  idlePod,
  inLanes,
  NAMESPACE,
  namespaceObject,
  type Outcome,
  runNetcheck,
  told,
  unlike,
} from './lab.ts';

const LANES = 3;
const PATIENCE = 120_000;
const SECONDS = 30;

let cluster: SandboxCluster;
let gateway: Gateway;
beforeAll(async () => {
  cluster = await startCluster();
  gateway = await startGateway(cluster);
  await cluster.apply([namespaceObject]);
}, PATIENCE);
afterAll(async () => {
  await gateway?.stop();
  await cluster?.stop();
});

const run = (
  pod: string,
  more: {
    readonly kubeconfig?: string;
    readonly timeoutSeconds?: number;
    readonly args?: readonly string[];
  } = {},
): Promise<Outcome> => runNetcheck({ pod, kubeconfig: cluster.kubeconfig, timeoutSeconds: SECONDS, ...more });

const reasons = ({ report }: Outcome): string =>
  [
    ...(report?.verdict.unknowns ?? []),
    ...(report?.findings.flatMap(({ summary, evidence }) => [summary, ...evidence]) ?? []),
  ].join('\n');

/** Killed for want of memory: what arrived counts; healthy only where that is everything. */
const wrongOfKilled = (outcome: Outcome): readonly string[] => {
  if (outcome.report?.verdict.status === 'healthy') return [];
  return [
    ...unlike(outcome, { status: 'inconclusive', exit: 4 }),
    ...(/OOMKilled/.test(reasons(outcome)) ? [] : ['OOMKilled is not told']),
    ...(/137/.test(reasons(outcome)) ? [] : ['the exit code is not told']),
  ];
};

describe('the debug container is killed half way', () => {
  test(
    'at ten moments: what arrived is kept, and the reason is told',
    async () => {
      const cases = [0, 40, 80, 120, 170, 230, 300, 380, 470, 600].map((ms) => ({
        name: `killed-${ms}`,
        ms,
      }));
      await cluster.apply(cases.map(({ name, ms }) => idlePod(name, { 'kill-ephemeral': `${ms}ms` })));
      const results = await inLanes(LANES, cases, async (item) => {
        const outcome = await run(item.name);
        return { item, outcome, wrong: [...dishonesties(outcome, SECONDS), ...wrongOfKilled(outcome)] };
      });
      expect(failuresOf(results)).toEqual([]);
      // The moments do what they are for: not every one is after the last answer.
      expect(results.map(({ outcome }) => outcome.report?.verdict.status)).toContain('inconclusive');
    },
    PATIENCE,
  );

  test(
    'after an answer that proves a fault: broken, with what is missing beside it',
    async () => {
      await cluster.apply([idlePod('cut-off')]);
      // Services are still reached, so that what asks a silent DNS waits.
      const routes = 'ip route del default && ip route add 10.96.0.0/12 via 10.244.0.1';
      const cut = await cluster.inNetwork(`pod/${NAMESPACE}/cut-off`, ['sh', '-c', routes]);
      expect(cut.exitCode).toBe(0);
      cluster.store.update('configmaps', 'kube-system', 'coredns', (map) => withDns(map, 'silent'));
      await cluster.settled();
      const running = run('cut-off');
      await killAfterProof('cut-off');
      const outcome = await running;
      cluster.store.update('configmaps', 'kube-system', 'coredns', (map) => withDns(map, undefined));
      await cluster.settled();
      expect(dishonestiesOfBroken(outcome, SECONDS)).toEqual([]);
      expect(outcome.case?.entry).toMatchObject({ state: 'ran', end: 'container-ended', exitCode: 137 });
      expect(told(outcome)).toContain('broken');
      expect(reasons(outcome)).toContain('no answer from');
      expect(outcome.exit).toBe(3);
      expect(outcome.report?.findings.map(({ code }) => code)).toContain('NC2001');
    },
    PATIENCE,
  );
});

/** The records that tell of the route that is missing, whole (exit, stdout, stderr); what waits for DNS takes seconds more. */
const PROOF = ['interface/routes', 'interface/addresses', 'tcp-connect/1.1.1.1:443'].flatMap((id) =>
  [1, 2, 3].map((kind) => `|${id}|${kind} `),
);

const killAfterProof = async (pod: string): Promise<void> => {
  for (const deadline = Date.now() + SECONDS * 1000; Date.now() < deadline; await sleep(50))
    for (const { name } of debugContainers(pod)) {
      const log = await cluster.logOf(NAMESPACE, pod, name);
      if (PROOF.every((line) => log.includes(line)) && cluster.killContainer(NAMESPACE, pod, name)) return;
    }
};

const debugContainers = (pod: string): readonly { name: string }[] =>
  cluster.store.get('pods', NAMESPACE, pod)?.spec.ephemeralContainers ?? [];

const withDns = (map: KubeObject, mode: string | undefined): KubeObject => ({
  ...map,
  metadata: {
    ...map.metadata,
    annotations: mode === undefined ? {} : { 'sandbox.netcheck/dns': mode },
  },
});

describe('the pod goes', () => {
  test.each([
    ['deleted', 'the pod was deleted meanwhile', () => []],
    ['replaced', 'replaced meanwhile by another', () => [idlePod('replaced')]],
  ] as const)(
    '%s when the log begins: inconclusive at once, and the reason is told',
    async (name, reason, successors) => {
      await cluster.apply([idlePod(name)]);
      const script = logScript((nth) => {
        if (nth === 0) {
          cluster.store.delete('pods', NAMESPACE, name);
          void cluster.apply(successors());
        }
        return undefined;
      });
      const outcome = await run(name, { kubeconfig: gateway.kubeconfigFor(script) });
      expect(dishonesties(outcome, SECONDS)).toEqual([]);
      expect(unlike(outcome, { status: 'inconclusive', exit: 4 })).toEqual([]);
      expect(reasons(outcome)).toContain(reason);
    },
    PATIENCE,
  );
});

describe('the start takes long', () => {
  test(
    'the image is still being pulled when --timeout comes: says so and what to do; the next run finds it',
    async () => {
      await cluster.apply([idlePod('pulling')]);
      const args = ['--image', 'slow.registry.test/nicolaka/netshoot:1'];
      const outcome = await run('pulling', { timeoutSeconds: 2, args });
      expect(dishonesties(outcome, 2)).toEqual([]);
      expect(unlike(outcome, { status: 'inconclusive', exit: 4 })).toEqual([]);
      expect(reasons(outcome)).toMatch(/still being pulled.*--timeout.*--image/);
      expect(unlike(await run('pulling', { args }), { status: 'healthy', exit: 0 })).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'a busy node',
    async () => {
      await cluster.apply([idlePod('busy', { timing: 'busy' })]);
      const outcome = await run('busy');
      expect([...dishonesties(outcome, SECONDS), ...unlike(outcome, { status: 'healthy', exit: 0 })]).toEqual(
        [],
      );
    },
    PATIENCE,
  );
});

describe('tools that wait for an answer', () => {
  test(
    'a server that accepts and never answers: its probe ends by its own limit',
    async () => {
      const silent: KubeObject = {
        ...idlePod('mute'),
        spec: {
          containers: [{ name: 'app', image: 'docker.io/lab/web:1', args: ['-silent', '-http', ':9000'] }],
        },
      };
      await cluster.apply([silent, idlePod('asking')]);
      const address: unknown = cluster.store.get('pods', NAMESPACE, 'mute')?.status.podIP;
      const outcome = await run('asking', { args: ['--internet', `http://${String(address)}:9000/`] });
      expect(dishonestiesOfBroken(outcome, SECONDS)).toEqual([]);
      expect(told(outcome)).not.toContain('healthy');
      expect(outcome.case?.runs).toHaveLength(outcome.case?.asks.length ?? 0);
      expect(reasons(outcome)).toContain(String(address));
    },
    PATIENCE,
  );

  test.each([
    ['silent', [SECONDS, 3]],
    ['slow=30s', [SECONDS]],
  ] as const)(
    'DNS %s, with --timeout of %j s: in time, by what is known',
    async (mode, timeouts) => {
      const cases = timeouts.map((seconds) => ({
        name: `dns-${mode.replace(/\W/g, '-')}-${seconds}`,
        seconds,
      }));
      await cluster.apply(cases.map(({ name }) => idlePod(name)));
      cluster.store.update('configmaps', 'kube-system', 'coredns', (map) => withDns(map, mode));
      await cluster.settled();
      const results = await inLanes(LANES, cases, async (item) => {
        const outcome = await run(item.name, { timeoutSeconds: item.seconds });
        return {
          item,
          outcome,
          wrong: [...dishonestiesOfBroken(outcome, item.seconds), ...wrongOfDns(outcome)],
        };
      });
      cluster.store.update('configmaps', 'kube-system', 'coredns', (map) => withDns(map, undefined));
      await cluster.settled();
      expect(failuresOf(results)).toEqual([]);
    },
    PATIENCE,
  );

  const wrongOfDns = (outcome: Outcome): readonly string[] => {
    const { runs = [], asks = [] } = outcome.case ?? {};
    if (runs.length === 0) return ['nothing was kept'];
    const whole = runs.length === asks.length;
    const codes = outcome.report?.findings.map(({ code }) => code) ?? [];
    return [
      ...(outcome.report?.verdict.status === 'healthy' ? ['healthy'] : []),
      ...(whole ? unlike(outcome, { status: 'broken', exit: 3 }) : []),
      ...(whole && !codes.includes('NC3001') ? ['NC3001 is not told'] : []),
      ...(whole || /before every answer was in/.test(reasons(outcome)) ? [] : ['the timeout is not told']),
    ];
  };
});
