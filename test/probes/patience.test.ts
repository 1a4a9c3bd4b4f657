import { expect, test } from '@jest/globals';
import { suite } from '../../probes/index.ts';
import { fixturesOf } from './fixture.ts';

/** Their tools wait for nobody, or in a way of their own. All others go by `patienceSeconds`, the second argument of `command` and `timeLimitSeconds`. */
const ALWAYS_THE_SAME = [
  'interface',
  'resolv-conf',
  'listeners',
  'tool-versions',
  'gateway',
  'path-mtu',
  'udp-exchange',
];

test.each(suite.map((probe) => [probe.id, probe] as const))('%s waits as long as it is told', (id, probe) => {
  const [first] = fixturesOf(id);
  const question = first?.[1].question;
  const usual = probe.order(question);
  const patient = probe.order(question, 20);
  if (ALWAYS_THE_SAME.includes(id)) expect(patient).toEqual(usual);
  else {
    if (patient.limitSeconds === usual.limitSeconds)
      throw new Error(`${id}: let it go by patienceSeconds, or add it to ALWAYS_THE_SAME in this file`);
    expect(patient.limitSeconds).toBeGreaterThan(20);
    expect(patient.limitSeconds).toBeGreaterThan(usual.limitSeconds);
    expect(patient.argv.join(' ')).toMatch(/\b20\b/);
  }
});
