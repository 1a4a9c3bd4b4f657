/** Whether an app would ask its proxy for the destination, in place of the destination itself. */
import type { Destination } from '../../../model/destination.ts';
import type { Pod } from '../../../model/kubernetes.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { likelyProxy, type ProxySetting, proxyEnvironmentOf } from '../../../proxy-environment.ts';
import type { HttpGet } from '../../http-fault.ts';
import { ofPurpose } from '../../observed.ts';
import { wayOf, wayWords } from '../../proxy-way.ts';
import { inCommand, kubectl, unique } from '../../wording.ts';

/** Without scheme and user name, as far as the case still has one. */
export const place = (proxy: string): string =>
  proxy
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/^\(removed\)@/, '')
    .replace(/\/$/, '');

interface Asker {
  readonly container: string;
  readonly proxy: string;
  /** `HTTP_PROXY` */
  readonly variable: string;
  /** What it exempts; undefined: it sets no NO_PROXY. */
  readonly exempt: string | undefined;
  /** As it is written: NO_PROXY or no_proxy. */
  readonly exempting: string;
}

const variableFor = (settings: readonly ProxySetting[], proxy: string): string =>
  settings.find(
    ({ variable, value }) => /(?:https?|all)_proxy$/i.test(variable) && place(value ?? '') === place(proxy),
  )?.variable ?? 'a proxy setting';

/** Containers whose apps would, if they read such settings. */
const askersOf = (pod: Pod, url: string): readonly Asker[] =>
  proxyEnvironmentOf(pod.spec).flatMap(({ container, settings }) => {
    const likely = likelyProxy(settings, url);
    const exempting = settings.find(({ variable }) => /^no_proxy$/i.test(variable));
    return likely.state === 'proxy'
      ? [
          {
            container,
            proxy: likely.proxy,
            variable: variableFor(settings, likely.proxy),
            exempt: exempting?.value,
            exempting: exempting?.variable ?? 'NO_PROXY',
          },
        ]
      : [];
  });

const PLAIN = /^[\w.,:*/[\] -]*$/;

/** Entries are compared as they are written: `.svc` covers `web.shop.svc`, and not `web`. */
const mendFor = (
  { container, exempt = '', exempting }: Asker,
  host: string,
  { kind }: Destination,
): string | undefined => {
  const given = exempt.split(',').map((entry) => entry.trim());
  const wanted = kind === 'service' ? ['.svc', '.cluster.local'] : [];
  const covered = wanted.some((suffix) => host.endsWith(suffix));
  const entries = unique([...given, ...wanted, ...(covered ? [] : [host])]).filter((entry) => entry !== '');
  const value = entries.join(',');
  return PLAIN.test(value) && PLAIN.test(container)
    ? [
        `# of container ${container}, in the pod's template`,
        'env:',
        `  - name: ${exempting}`,
        `    value: "${value}"`,
      ].join('\n')
    : undefined;
};

const isInside = ({ kind }: Destination): boolean => kind === 'service' || kind === 'pod';

const draft = (
  destination: Destination,
  pod: Pod,
  direct: HttpGet,
  asker: Asker,
  proxied: HttpGet | undefined,
): readonly FindingDraft[] => {
  const { url } = direct.question;
  const [directly, through] = [
    wayOf(direct.outcome),
    proxied === undefined ? undefined : wayOf(proxied.outcome),
  ];
  const unasked = through === undefined && isInside(destination);
  const fails = directly === 'works' && (through === 'fails' || unasked);
  const only = directly === 'fails' && through === 'works';
  if (!fails && !only) return [];
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const uncovered = asker.exempt === undefined ? 'no NO_PROXY is set' : `NO_PROXY does not cover ${host}`;
  const who = `an app in container ${asker.container} is likely to ask the proxy ${place(asker.proxy)} for it (${asker.variable}, and ${uncovered})`;
  const words =
    proxied === undefined
      ? 'not asked, as it wants a user name or speaks no plain HTTP'
      : wayWords(proxied.outcome);
  return [
    {
      about: place(asker.proxy),
      confidence: through === undefined ? 'possible' : 'likely',
      summary: only
        ? `${url} is not reached directly, and ${who}, which works`
        : `${url} is reached directly, and ${who}${through === undefined ? '' : `, which fails: ${words}`}`,
      evidence: [
        `${url} directly: ${wayWords(direct.outcome)}`,
        `${url} through the proxy: ${words}`,
        asker.exempt === undefined
          ? `container ${asker.container} sets no NO_PROXY`
          : `NO_PROXY of container ${asker.container} is "${asker.exempt}", and has nothing that covers ${host}`,
        ...(destination.kind === 'service' && !host.includes('.')
          ? ['names are compared as the app writes them: .svc covers web.shop.svc, and not web']
          : []),
      ],
      next: [
        `${kubectl(pod.metadata.namespace ?? 'default', 'get', 'pod', inCommand(pod.metadata.name, 'POD'))} -o jsonpath='{.spec.containers[*].env}'`,
      ],
      mend: only ? undefined : mendFor(asker, host, destination),
    },
  ];
};

export const destinationProxied = (
  destination: Destination,
  pod: Pod,
  requests: readonly HttpGet[],
): readonly FindingDraft[] => {
  const drafts = ofPurpose(requests, 'destination').flatMap((direct) =>
    askersOf(pod, direct.question.url).flatMap((asker) =>
      draft(
        destination,
        pod,
        direct,
        asker,
        ofPurpose(requests, 'app-proxy').find(
          ({ question }) => question.url === direct.question.url && question.proxy === asker.proxy,
        ),
      ),
    ),
  );
  // Several containers and ports may name one proxy: told once.
  return drafts.filter((one, index) => drafts.findIndex(({ about }) => about === one.about) === index);
};
