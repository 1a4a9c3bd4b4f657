import { defineRule } from '../../model/rule.ts';
import { deniedBy, deniedDraft, seenWhenDenied } from '../flows/denied.ts';
import { FLOW_EVIDENCE, flowsOf } from '../flows/flows.ts';
import { WAY_PROBES } from '../way-out.ts';

/** A port without a protocol is TCP: `port: 53` alone lets no lookup out. TCP alone being closed is a warning: small answers pass. */
export default defineRule({
  id: 'dns-egress-denied',
  code: 'NC5003',
  layer: 'policy',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: FLOW_EVIDENCE,
  probes: WAY_PROBES,
  evaluate: ({ entry, maybe, observations, destination }) => {
    const flows = flowsOf(observations, maybe, destination).filter(({ about }) => about === 'nameserver');
    return (['UDP', 'TCP'] as const).flatMap((protocol) => {
      const asked = flows.filter(({ flow }) => flow.protocol === protocol);
      const denied = deniedBy(asked, 'egress').filter(({ fate }) => fate !== 'passes');
      const [first] = denied;
      if (first === undefined || denied.length < asked.length) return [];
      const tried = denied.some(({ fate }) => fate !== 'not-measured');
      // The pod ran its lookups, and none of them went there: it asks another server.
      if (!tried && entry.state === 'ran') return [];
      return [
        {
          ...deniedDraft(first, denied, 'egress'),
          about: protocol,
          severity: protocol === 'UDP' && tried ? ('error' as const) : ('warning' as const),
          explains: protocol === 'UDP' ? seenWhenDenied('nameserver') : ['dns-tcp-blocked'],
        },
      ];
    });
  },
});
