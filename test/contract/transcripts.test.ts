/** Every recorded exchange is made again with the double, in the recorded order, and its answer compared. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Loose } from '../sandbox/api/json.ts';
import { type Answer, eventually } from './client.ts';
import { differences, sortedBy } from './compare.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import { type Exchange, exchanges, recorded } from './recordings.ts';
import { startRecordedWorld, type World } from './world.ts';

let world: World;
const answers = new Map<string, Answer>();

const ephemeralState = (state: Loose): Loose => ({
  name: 'nc-1',
  state,
  lastState: {},
  ready: false,
  restartCount: 0,
});

const play = (status: Loose) => world.kubelet.play('tr', 'app', status);
const before = () => recorded('get-pod').response.body.status;

/** The recorded node brings the pod of this exchange to the recorded status. */
const playStatusOf = (exchange: string) => {
  const { metadata, status, spec } = recorded(exchange).response.body;
  if (spec.nodeName) world.kubelet.play(metadata.namespace, metadata.name, status);
};

/** The kubelet's part of the recorded events; those of the scheduler are the double's own. */
const playEventsOf = (exchange: string) => {
  for (const event of recorded(exchange).response.body.items) {
    if (event.reportingComponent !== 'kubelet') continue;
    const { name, namespace } = event.metadata;
    world.store.create('events', {
      ...event,
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
    });
  }
};

/** What the node did just before an exchange. */
const NODE: Readonly<Record<string, () => void>> = {
  'log-early-0': () =>
    play({
      ...before(),
      ephemeralContainerStatuses: [ephemeralState({ waiting: { reason: 'ContainerCreating' } })],
    }),
  'log-early-5': () => {
    play({ ...before(), ephemeralContainerStatuses: [ephemeralState({ running: {} })] });
    world.kubelet.print('nc-1', 'hello\n');
  },
  'status-terminated': () => {
    playStatusOf('status-terminated');
    world.kubelet.print('nc-1', 'hello\nbye\n', true);
  },
  'log-psa-ok': () => world.kubelet.print('nc-4', recorded('log-psa-ok').response.body, true),
  'log-no-container': () => world.kubelet.print('app', '', true),
};

/** Exchanges whose answers show that the node had moved on by itself since the one before. */
const NODE_MOVED_ON: readonly string[] = [
  'inject-missing-image-pull',
  'inject-bad-image-name',
  'inject-missing-command',
  'unauthenticated',
];

const prepare = ({ name }: Exchange): void => {
  if (name.startsWith('status-tr-')) playStatusOf(name);
  if (name.startsWith('events-tr-')) playEventsOf(name);
  if (NODE_MOVED_ON.includes(name)) playStatusOf(name);
  NODE[name]?.();
};

const ORDERLESS: Readonly<Record<string, (body: Loose) => Loose>> = {
  ssrr: (body) => {
    const text = (rule: Loose) => JSON.stringify([rule.apiGroups, rule.resources, rule.nonResourceURLs]);
    const { resourceRules, nonResourceRules } = body.status;
    return {
      ...body,
      status: {
        ...body.status,
        resourceRules: sortedBy(resourceRules, text),
        nonResourceRules: sortedBy(nonResourceRules, text),
      },
    };
  },
};
/** Events are listed by name, and names end in the time at which each was written. */
const eventsInOrder = (body: Loose): Loose =>
  body.kind === 'EventList'
    ? {
        ...body,
        items: sortedBy(body.items, (one) => `${one.involvedObject.fieldPath} ${one.reason} ${one.message}`),
      }
    : body;
/** Nothing but the pod's owner counts up a pod's version; the object it names is the same. */
const comparable = (name: string, body: Loose): Loose => eventsInOrder(ORDERLESS[name]?.(body) ?? body);

const compare = ({ name, response }: Exchange, answer: Answer): readonly string[] =>
  differences(
    { ...response, contentType: response.contentType ?? undefined, body: comparable(name, response.body) },
    {
      status: answer.status,
      contentType: answer.headers['content-type'],
      body: comparable(name, answer.body),
    },
  );

beforeAll(async () => {
  world = await startRecordedWorld();
  for (const exchange of exchanges) {
    prepare(exchange);
    await eventually('controllers', () => world.controllers.idle());
    answers.set(exchange.name, await world.client.send(exchange.request));
  }
}, 60_000);
afterAll(() => world?.stop());

const answerTo = (name: string): Answer => {
  const answer = answers.get(name);
  if (answer === undefined) throw new Error(`${name} was not asked`);
  return answer;
};

describe('the double answers as the recorded API server', () => {
  const same = exchanges.filter(({ name }) => KNOWN_DIFFERENCES[name] === undefined);
  test.each(same.map((exchange) => [exchange.name, exchange] as const))('%s', (name, exchange) => {
    expect(compare(exchange, answerTo(name))).toEqual([]);
  });
});

describe('what the double does not match is listed with its reason, and the list is true', () => {
  test.each(Object.entries(KNOWN_DIFFERENCES))('%s: %s', (name) => {
    expect(compare(recorded(name), answerTo(name))).not.toEqual([]);
  });

  test('each resource of the core group that is served is described as recorded', () => {
    const { resources } = recorded('api-v1-resources').response.body;
    for (const { name, ...served } of answerTo('api-v1-resources').body.resources) {
      const { storageVersionHash: _hash, ...real } = resources.find((one: Loose) => one.name === name);
      expect(differences(real, { name, ...served })).toEqual([]);
    }
  });

  test('each API group that is served is described as recorded', () => {
    const { groups } = recorded('apis').response.body;
    for (const group of answerTo('apis').body.groups) {
      expect(
        differences(
          groups.find((one: Loose) => one.name === group.name),
          group,
        ),
      ).toEqual([]);
    }
  });

  test('a changed ephemeral container is refused with the recorded first line', () => {
    const { body } = answerTo('inject-duplicate-name-changed');
    const real = recorded('inject-duplicate-name-changed').response.body;
    const first = (status: Loose) => [status.code, status.reason, status.message.split('\n')[0]];
    expect(first(body)).toEqual(first(real));
  });
});

test('all recorded exchanges are here', () => expect(exchanges.length).toBe(69));
