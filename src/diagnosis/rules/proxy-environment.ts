import type { Observation } from '../../../probes/index.ts';
import type { Pod } from '../../model/kubernetes.ts';
import { defineRule, type FindingDraft } from '../../model/rule.ts';
import { destinationProxied, place } from '../destination/requests/proxied.ts';
import { ofPurpose } from '../observed.ts';
import { wayOf, wayWords } from '../proxy-way.ts';
import { connectTo } from '../reach.ts';
import { inCommand, kubectl, listed, unique } from '../wording.ts';

type HttpGet = Extract<Observation, { probe: 'http-get' }>;

/** `HTTPS_PROXY of container app` */
const whose = (proxy: string, { spec }: Pod): string =>
  listed(
    unique(
      [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ name, env = [] }) =>
        env
          .filter((one) => /(?:https?|all)_proxy$/i.test(one.name) && place(one.value ?? '') === place(proxy))
          .map((one) => `${one.name} of container ${name}`),
      ),
    ),
  );

const URL_IN_COMMAND = /^https?:\/\/[A-Za-z0-9.:[\]-]+\/?$/;

/** netcheck asks without a proxy. Told where the app, which is likely to use one, fares otherwise. */
export default defineRule({
  id: 'proxy-environment',
  code: 'NC7106',
  layer: 'protocol',
  role: 'cause',
  severity: 'warning',
  needs: ['pod'],
  uses: [],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ target, destination, internetMode, evidence: { pod }, observations }) => {
    if (destination !== undefined) return destinationProxied(destination, pod, observations['http-get']);
    const requests = observations['http-get'];
    const outside = connectTo(observations, 'internet');
    return ofPurpose(requests, 'app-proxy').flatMap((proxied: HttpGet): readonly FindingDraft[] => {
      const { url, proxy } = proxied.question;
      const through = wayOf(proxied.outcome);
      if (proxy === undefined || through === undefined) return [];
      const direct = ofPurpose(requests, 'internet');
      const same = direct.find(({ question }) => question.url === url);
      const directly = same === undefined ? undefined : wayOf(same.outcome);
      // Of the default sites one that does not answer may have an outage of its own.
      const others = internetMode !== 'custom' && direct.some(({ outcome }) => wayOf(outcome) === 'works');
      const works = same === undefined ? outside.state === 'ok' : directly === 'works';
      const fails = same === undefined ? outside.state === 'failed' : directly === 'fails' && !others;
      if (!(through === 'fails' ? works : fails)) return [];
      const setting = whose(proxy, pod);
      const who = `the proxy ${place(proxy)} that the app is likely to use${setting === '' ? '' : ` (${setting})`}`;
      return [
        {
          about: place(proxy),
          confidence: 'likely',
          summary:
            through === 'fails'
              ? `The direct way out works, and ${who} does not: ${wayWords(proxied.outcome)}`
              : `The direct way out is closed, and ${who} works: an app that uses it gets out`,
          evidence: [
            `${url} through the proxy: ${wayWords(proxied.outcome)}`,
            same === undefined
              ? outside.state === 'ok'
                ? `directly: ${outside.connected[0]?.text ?? ''}`
                : `directly: ${listed(outside.failed.map(({ text }) => text))}`
              : `${url} directly: ${wayWords(same.outcome)}`,
          ],
          next: [
            `${kubectl(target.namespace, 'get', 'pod', inCommand(target.pod, 'POD'))} -o jsonpath='{.spec.containers[*].env}'`,
            `curl -v -x ${URL_IN_COMMAND.test(proxy) ? proxy : 'PROXY'} ${URL_IN_COMMAND.test(url) ? url : 'URL'}`,
          ],
        },
      ];
    });
  },
});
