/** The way that the app's own proxy settings would take, against the direct one. */
import type { Evidence } from '../model/evidence.ts';
import type { InternetTargets } from '../model/options.ts';
import { likelyProxy, proxyEnvironmentOf } from '../proxy-environment.ts';
import { INTERNET_NAMES } from './internet.ts';
import type { Planned } from './planned.ts';

/** Each proxy that a container names for a URL is asked for it once. One that wants a user name, or that speaks no HTTP itself, is not. */
const through = ({ pod }: Pick<Evidence, 'pod'>, urls: readonly string[]): readonly Planned[] => {
  if (pod.state !== 'known') return [];
  const asked = urls.flatMap((url) => {
    const proxies = proxyEnvironmentOf(pod.value.spec).flatMap(({ settings }) => {
      const likely = likelyProxy(settings, url);
      return likely.state === 'proxy' && !likely.credentials && /^http:\/\//i.test(likely.proxy)
        ? [likely.proxy]
        : [];
    });
    return [...new Set(proxies)].map((proxy) => ({ url, proxy }));
  });
  return asked.map(({ url, proxy }, index) => ({
    id: `http-get/app-proxy/${index}`,
    probe: 'http-get',
    purpose: 'app-proxy',
    question: { url, proxy, insecure: true },
  }));
};

export const appProxy = (evidence: Pick<Evidence, 'pod'>, targets: InternetTargets): readonly Planned[] => {
  if (targets === 'none') return [];
  const named = targets === 'default' ? undefined : targets.find((target) => /^https?:\/\//i.test(target));
  return through(evidence, [named ?? `https://${INTERNET_NAMES[0] ?? ''}/`]);
};

/** The URLs that the destination is asked by: an app that reads such settings may ask its proxy for a Service of the cluster, too. */
export const appProxyTo = (evidence: Pick<Evidence, 'pod'>, asked: readonly Planned[]): readonly Planned[] =>
  through(
    evidence,
    asked.flatMap((ask) =>
      ask.probe === 'http-get' && ask.purpose === 'destination' ? [ask.question.url] : [],
    ),
  );
