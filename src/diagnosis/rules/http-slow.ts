import { destinationEndpoints } from '../../destination/endpoints.ts';
import { defineRule } from '../../model/rule.ts';
import { logCommands, urlInCommand } from '../destination/behind.ts';
import { DESTINATION_EVIDENCE, endpointName } from '../destination/read.ts';
import { HINTS, phasesOf, took, WHERE } from '../destination/requests/slow.ts';
import { ofPurpose } from '../observed.ts';
import { hostAsked } from '../reach.ts';

/** The slowest phase of the slowest request, at the address that apps use or at an endpoint by itself. */
export default defineRule({
  id: 'http-slow',
  code: 'NC7103',
  layer: 'protocol',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: DESTINATION_EVIDENCE,
  probes: ['http-get'],
  evaluate: ({ destination, maybe, observations }) => {
    if (destination === undefined) return [];
    const requests = observations['http-get'];
    const endpoints = destinationEndpoints(destination, maybe) ?? [];
    const behind = ofPurpose(requests, 'destination-endpoint').map((request) => ({
      request,
      endpoint: endpoints.find(({ address }) => address === hostAsked(request)),
    }));
    const all = [
      ...ofPurpose(requests, 'destination').map((request) => ({ request, endpoint: undefined })),
      ...behind,
    ];
    const [worst] = all
      .flatMap((one) => phasesOf(one.request.outcome).map((phase) => ({ ...one, phase })))
      .filter(({ phase }) => phase.slow)
      .sort(
        (a, b) =>
          Number(a.endpoint !== undefined) - Number(b.endpoint !== undefined) || b.phase.ms - a.phase.ms,
      );
    if (worst === undefined) return [];
    const { phase, ms, limitMs } = worst.phase;
    const { url } = worst.request.question;
    const at = worst.endpoint === undefined ? '' : ` at ${endpointName(worst.endpoint)}`;
    const slowest = behind.flatMap(({ request, endpoint }) => {
      const here = phasesOf(request.outcome).find((one) => one.phase === phase);
      return here === undefined || endpoint === undefined ? [] : [{ endpoint, here }];
    });
    return [
      {
        about: 'destination',
        confidence: 'certain',
        summary: `${url}${at} is slow: ${took(ms)} went by in ${WHERE[phase]}`,
        evidence: [
          phasesOf(worst.request.outcome)
            .map((one) => `${one.phase} ${took(one.ms)}`)
            .join(', '),
          `${phase}: told from ${took(limitMs)} on`,
          ...slowest
            .slice(0, 6)
            .map(({ endpoint, here }) => `${endpointName(endpoint)}: ${phase} ${took(here.ms)}`),
          HINTS[phase],
        ],
        next: [
          ...(phase === 'first byte'
            ? logCommands(
                slowest.filter(({ here }) => here.slow).map(({ endpoint }) => endpoint),
                destination,
                maybe,
              )
            : []),
          `curl -sk -o /dev/null -w 'dns %{time_namelookup} connect %{time_connect} tls %{time_appconnect} first byte %{time_starttransfer}\\n' ${urlInCommand(url)}`,
        ],
      },
    ];
  },
});
