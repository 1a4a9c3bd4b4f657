import { defineRule } from '../../model/rule.ts';
import { referencesOf } from '../destination/way/references.ts';
import { nameOf } from '../destination/wording.ts';
import { policyDoubt } from '../flows/doubt.ts';
import { attemptsTo, hostAsked, portAsked } from '../reach.ts';
import { WAY_EVIDENCE, WAY_PROBES } from '../way-out.ts';
import { hostInCommand, inCommand, kubectl, listed, unique } from '../wording.ts';

/** A refusal comes from the host too. Where something nearer explains it, as a policy does, that is told, and not this. */
export default defineRule({
  id: 'port-filtered-outside',
  code: 'NC8005',
  layer: 'route',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: WAY_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ target, destination, maybe, observations, findings }) => {
    const explained = findings.some(
      ({ severity, explains }) =>
        severity === 'error' && explains.includes('connection-timed-out/destination'),
    );
    if (destination === undefined || explained) return [];
    if (!findings.some(({ id, about }) => id === 'connection-timed-out' && about === 'destination'))
      return [];
    const { own } = referencesOf(observations, destination);
    const answering = [...own.connected, ...own.failed.filter(({ connect }) => connect === 'refused')];
    const silent = attemptsTo(observations, 'destination').filter(
      ({ connect, observation }) => connect === 'timed-out' && observation.probe === 'tcp-connect',
    );
    const [first] = silent;
    if (answering.length === 0 || first === undefined) return [];
    const doubt = policyDoubt('destination', observations, maybe, destination);
    const ports = (attempts: typeof silent): string => {
      const numbers = unique(attempts.map((one) => portAsked(one).replace('/TCP', '')));
      return `${numbers.length === 1 ? 'port' : 'ports'} ${listed(numbers)}`;
    };
    return [
      {
        about: 'destination',
        confidence: doubt.confidence,
        summary: `${nameOf(destination)} answers on ${ports(answering)}, and nothing comes back from ${ports(silent)}: a firewall or security group on the way drops it, or the host's own`,
        evidence: unique([...silent, ...answering].map(({ text }) => text)).concat(doubt.lines),
        explains: ['connection-timed-out/destination'],
        next: [
          `nc -zv -w 3 ${hostInCommand(hostAsked(first.observation))} ${portAsked(first).replace('/TCP', '')}`,
          // Whose address a firewall outside sees.
          'kubectl get nodes -o wide',
          kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'), '-o', 'wide'),
        ],
      },
    ];
  },
});
