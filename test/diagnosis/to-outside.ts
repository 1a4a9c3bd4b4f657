/** A healthy pod that was asked to reach example.com:443, and what that is compared with. */
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import type { Destination } from '../../src/model/destination.ts';
import { answer, facts, lookup, responded } from './build.ts';
import { frontConnect, frontGet, reference } from './to-destination.ts';

const HOST = 'example.com';
export const HOST_ADDRESS = '203.0.113.10';
export const toExample: Destination = { requested: 'example.com:443', kind: 'host', host: HOST, port: 443 };
export const toAddress: Destination = {
  requested: `${HOST_ADDRESS}:443`,
  kind: 'address',
  address: HOST_ADDRESS,
  port: 443,
};

export const hostConnect = (outcome: OutcomeOf<'tcp-connect'>, port = 443, host = HOST): Observation =>
  frontConnect(outcome, { host, port });
export const hostGet = (
  outcome: OutcomeOf<'http-get'>,
  url = 'https://example.com/',
  port = 443,
): Observation => frontGet(outcome, { url, port });
/** Another port of the same host. */
export const otherPort = (outcome: OutcomeOf<'tcp-connect'>, port = 80, host = HOST): Observation =>
  reference(host, port, outcome);
/** The default addresses of the world. */
export const world = (outcome: OutcomeOf<'tcp-connect'>): readonly Observation[] =>
  ['1.1.1.1', '8.8.8.8', '223.5.5.5'].map((host) => reference(host, 443, outcome));
export const clusterApi = (outcome: OutcomeOf<'tcp-connect'>): Observation =>
  reference('10.96.0.1', 443, outcome);

export const TIMED_OUT: OutcomeOf<'tcp-connect'> = { kind: 'timed-out' };
const OPEN: OutcomeOf<'tcp-connect'> = { kind: 'open' };
export const SILENT: OutcomeOf<'http-get'> = { kind: 'timed-out', phase: 'connect', phases: { total: 3000 } };

/** Both lookups of the host's name. */
export const hostNames = (outcome: OutcomeOf<'dns-lookup'>): readonly Observation[] =>
  [HOST, `${HOST}.`].map((name) => lookup(name, outcome));

/** Changes stand in place of the observations with the same id. */
export const toOutside = (
  changes: Parameters<typeof facts>[0] & { readonly destination?: Destination } = {},
): Facts => {
  const { destination = toExample, observations = [], without = [], ...rest } = changes;
  const host = destination.address ?? HOST;
  const healthy = [
    ...(destination.host === undefined ? [] : hostNames(answer(`${HOST}.`, HOST_ADDRESS))),
    hostConnect(OPEN, 443, host),
    hostGet(responded(200), `https://${host}/`),
    otherPort(OPEN, 80, host),
    ...world(OPEN),
    clusterApi(OPEN),
  ];
  const made = facts({
    internetMode: 'none',
    ...rest,
    without: ['kubernetes-api', 'internet', 'node', ...without],
    observations: [
      ...healthy.filter(({ id }) => !observations.some((other) => other.id === id)),
      ...observations,
    ],
  });
  // Of the names outside, only the host's own is asked.
  const other = made.observations.filter(
    ({ id }) =>
      id !== 'dns-lookup/aliyun.com.' && (destination.kind === 'host' || !id.startsWith('dns-lookup/')),
  );
  return { ...made, observations: other, destination };
};

/** Nothing outside answers, and the cluster does. */
export const WAY_OUT_DEAD: readonly Observation[] = [
  hostConnect(TIMED_OUT),
  hostGet(SILENT),
  otherPort(TIMED_OUT),
  ...world(TIMED_OUT),
];
