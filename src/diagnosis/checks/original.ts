/**
 * Of a look-alike: whether the pod that is meant answers from beside it. It is never a pass: that pod's own end was not looked at, but where
 * both share the network of the node.
 */
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
  const open = connects.find(({ outcome }) => outcome.kind === 'open' || outcome.kind === 'refused');
  const echo = echoes.find(({ outcome }) => outcome.kind === 'replied');
  if (open !== undefined || echo !== undefined) {
    const how =
      open === undefined
        ? `${echo?.question.host ?? ''} answers echo`
        : `${hostPort(open.question.host, open.question.port)} ${open.outcome.kind === 'open' ? 'accepts' : 'refuses'} connections`;
    // A pod without a default route answers its neighbours all the same.
    return [
      {
        ...check,
        state: 'unknown',
        detail: `the pod itself is there, ${how}, asked from the look-alike; its own addresses and routes can only be seen from inside it`,
      },
    ];
  }
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
