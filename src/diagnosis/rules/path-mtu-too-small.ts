import type { Observation } from '../../../probes/index.ts';
import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { measured, ofPurpose } from '../observed.ts';
import { hostInCommand, unique } from '../wording.ts';

type HttpGet = Extract<Observation, { probe: 'http-get' }>;

/** What the internet carries. A link that takes more (9001 in some clouds) is not too large for that. */
const INTERNET_MTU = 1500;

/** The connection stands, and then nothing comes any more. */
const hangs = ({ outcome }: HttpGet): boolean =>
  outcome.kind === 'timed-out' && ['tls', 'first-byte', 'transfer'].includes(outcome.phase);

/**
 * Where a router tells the sender, TCP sends smaller packets, and all is well but for a try: a warning. An error where packets that are
 * too large vanish, or where requests hang. Silent where small echoes do not come back either: ICMP may be filtered.
 */
export default defineRule({
  id: 'path-mtu-too-small',
  code: 'NC2003',
  layer: 'interface',
  role: 'symptom',
  severity: 'error',
  needs: [],
  uses: [],
  probes: ['path-mtu', 'http-get'],
  evaluate: ({ observations, destination }) => {
    const outside = ofPurpose(observations['http-get'], 'internet');
    const named = (['destination', 'destination-endpoint'] as const).flatMap((purpose) =>
      ofPurpose(observations['http-get'], purpose),
    );
    return observations['path-mtu'].flatMap(({ question: { host }, outcome }): readonly FindingDraft[] => {
      // Where a destination was named, the way to it is measured, and not that to the world.
      const [requests, about] = destination === undefined ? [outside, 'internet'] : [named, 'destination'];
      const hanging = requests.filter(hangs);
      const served = requests.filter(({ outcome }) => outcome.kind === 'responded');
      const seen = measured(outcome);
      if (seen?.kind !== 'measured') return [];
      const { mtu, linkMtu, routeMtu, told, toldBy, tooBig } = seen;
      const sent = routeMtu ?? linkMtu;
      if (sent === undefined || mtu >= Math.min(sent, INTERNET_MTU)) return [];
      const vanish = told === undefined || told > mtu;
      const lost = tooBig ?? sent;
      const header = host.includes(':') ? 48 : 28;
      return [
        {
          about: host,
          severity: vanish || hanging.length > 0 ? 'error' : 'warning',
          confidence:
            hanging.length > 0
              ? vanish || destination === undefined
                ? 'likely'
                : 'possible'
              : !vanish
                ? 'certain'
                : served.length > 0
                  ? 'possible'
                  : 'likely',
          summary: vanish
            ? `Large packets to ${host} vanish on the way: ${mtu} bytes come back, ${lost} do not, and the pod sends up to ${sent}`
            : `The way to ${host} takes packets of ${mtu} bytes, and the pod sends up to ${sent}: each connection has to find out`,
          evidence: [
            vanish
              ? `nobody told the pod that ${lost} bytes are too many ("fragmentation needed")`
              : `${toldBy ?? 'a router'} told: fragmentation needed, MTU ${told}`,
            ...(routeMtu === undefined ? [] : [`the route has an MTU of ${routeMtu}`]),
            ...(linkMtu === undefined ? [] : [`the link has an MTU of ${linkMtu}`]),
            ...unique(
              hanging.map(({ question }) => `${question.url}: the connection stands, and no answer comes`),
            ),
            ...(vanish && hanging.length === 0
              ? unique(
                  served.map(
                    ({ question }) =>
                      `${question.url} is answered: what is exchanged there is small, or something on the way lowers the MSS of TCP`,
                  ),
                )
              : []),
          ],
          explains:
            hanging.length === 0
              ? []
              : [
                  `handshake-failed/${about}`,
                  `http-no-answer/${about}`,
                  `http-empty-or-cut/${about}`,
                  ...(destination === undefined ? [] : ['some-endpoints-broken']),
                ],
          next: [
            `ping -M do -s ${Math.max(0, lost - header)} -c 3 ${hostInCommand(host)}`,
            `tracepath -n ${hostInCommand(host)}`,
            'kubectl get configmaps -n kube-system',
          ],
        },
      ];
    });
  },
});
