import { defineRule } from '../../model/rule.ts';
import { ownLookups } from '../answers.ts';
import { SERVER_PROBES, SLOW_MS, serversInTurn } from '../dead-nameservers.ts';
import { dnsCommands } from '../dns-commands.ts';
import { KIND_WORDS } from '../name-text.ts';
import { measured } from '../observed.ts';
import { unresolvedInTime } from '../unresolved.ts';
import { listed, unique } from '../wording.ts';

/** Where a dead nameserver is what it waits for, that is told instead. */
export default defineRule({
  id: 'name-lookup-slow',
  code: 'NC3007',
  layer: 'name',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: ['dnsService'],
  probes: [...SERVER_PROBES, 'tcp-connect', 'http-get'],
  evaluate: ({ maybe: { dnsService }, observations }) => {
    const { dead, waited } = serversInTurn(observations);
    const slow = ownLookups(observations['dns-lookup']).flatMap((lookup) => {
      const seen = measured(lookup.outcome);
      return seen?.kind === 'answered' &&
        seen.partial === undefined &&
        (lookup.durationMs ?? 0) >= SLOW_MS &&
        !waited.includes(lookup)
        ? [{ ...lookup, passed: seen.failedServers }]
        : [];
    });
    // Programs ask for A and AAAA at once, nslookup for one after the other: where only these wait, packets of such pairs get lost.
    const late = unresolvedInTime(observations).filter(
      ({ observation }) => observation.outcome.kind === 'timed-out' && dead.length === 0,
    );
    const [worst] = [...slow].sort((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0));
    if (worst === undefined && late.length === 0) return [];
    return [
      {
        confidence: 'likely',
        summary:
          worst === undefined
            ? `Requests wait for their names, which nslookup resolves: ${listed(late.map(({ text }) => text))}`
            : `Looking up ${worst.question.name} took ${((worst.durationMs ?? 0) / 1000).toFixed(1)} s`,
        evidence: [
          ...slow.map(({ question, durationMs }) => `${question.name}: ${durationMs} ms`),
          ...(worst === undefined ? [] : late.map(({ text }) => text)),
          // Not dead: it answers other lookups.
          ...unique(
            slow.flatMap(({ passed }) =>
              passed.map(({ server, why }) => `${server} failed before another answered: ${KIND_WORDS[why]}`),
            ),
          ),
          'steps of 2 or 5 seconds hint at a lost packet, or at a race in conntrack',
        ],
        next: [dnsCommands(dnsService).logs, dnsCommands(dnsService).top],
      },
    ];
  },
});
