/** A name that the pod's own hosts file has: apps never ask DNS for it. */
import { describe, expect, test } from '@jest/globals';
import { known, TIMED_OUT as LOOKUP_TIMED_OUT, NXDOMAIN, pod } from './build.ts';
import { judged } from './judged.ts';
import { hostConnect, hostGet, hostNames, SILENT, TIMED_OUT, toOutside } from './to-outside.ts';

describe("a name that stands in the pod's own hosts file", () => {
  const aliased = {
    pod: known(pod({ spec: { hostAliases: [{ ip: '10.0.0.5', hostnames: ['example.com'] }] } })),
  };

  test.each([
    ['does not know it', NXDOMAIN],
    ['is silent', LOOKUP_TIMED_OUT],
  ])('needs no DNS: that DNS %s is no fault', (_what, outcome) => {
    const facts = toOutside({ evidence: aliased, observations: hostNames(outcome) });
    const { verdict, checks } = judged(facts);
    expect(verdict).toMatchObject({ status: 'healthy' });
    expect(checks.find(({ id }) => id === 'destination-name')).toMatchObject({
      state: 'not-applicable',
      detail: "example.com → 10.0.0.5, by the pod's own hosts file: DNS is not asked for it",
    });
  });

  test('without the entry it is one', () => {
    expect(judged(toOutside({ observations: hostNames(NXDOMAIN) })).verdict).toMatchObject({
      status: 'broken',
      chain: ['NC3005'],
    });
  });

  test('and leads to a dead address is the cause', () => {
    const facts = toOutside({
      evidence: aliased,
      observations: [...hostNames(NXDOMAIN), hostConnect(TIMED_OUT), hostGet(SILENT)],
    });
    expect(judged(facts).verdict).toMatchObject({
      status: 'broken',
      chain: ['NC3014', 'NC6004'],
      unknowns: [],
    });
  });
});
