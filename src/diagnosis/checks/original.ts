/** Of a look-alike: whether the pod that is meant answers from beside it. What is wrong with that pod's own end is seen no other way. */
import type { Check } from '../../model/report.ts';
import { measured, ofPurpose } from '../observed.ts';
import { hostPort } from '../reach.ts';
import { unmeasuredDetail } from './pod.ts';
import type { View } from './view.ts';

/** Empty where the pod itself was asked. */
export const originalCheck = ({ entry, evidence: { pod }, seen }: View): readonly Check[] => {
  if (entry.state !== 'ran' || entry.lookAlike === undefined) return [];
  const check = { layer: 'interface', id: 'original-pod' } as const;
  if (pod.state === 'known' && pod.value.spec.hostNetwork === true)
    return [
      {
        ...check,
        state: 'not-applicable',
        detail: 'the pod and its look-alike share the network of the node',
      },
    ];
  const connects = ofPurpose(seen['tcp-connect'], 'original');
  const echoes = ofPurpose(seen['icmp-echo'], 'original');
  const answered = connects.find(({ outcome }) => outcome.kind === 'open' || outcome.kind === 'refused');
  if (answered !== undefined) {
    const { host, port } = answered.question;
    const how =
      answered.outcome.kind === 'open' ? 'accepts connections' : 'refuses connections, so the pod is there';
    return [{ ...check, state: 'ok', detail: `${hostPort(host, port)} ${how}, asked from the look-alike` }];
  }
  const echo = echoes.find(({ outcome }) => outcome.kind === 'replied');
  if (echo !== undefined)
    return [
      { ...check, state: 'ok', detail: `${echo.question.host} answers echo, asked from the look-alike` },
    ];
  const asked = [...connects, ...echoes];
  const silent = asked.some(({ outcome }) => measured<typeof outcome>(outcome) !== undefined);
  return [
    {
      ...check,
      state: 'unknown',
      detail: silent
        ? 'the pod itself does not answer from the look-alike beside it: a policy of its namespace, or its own interface'
        : unmeasuredDetail(asked),
    },
  ];
};
