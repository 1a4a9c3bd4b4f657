/** The way that the app's own proxy settings would take, against the direct one. */
import type { Evidence } from '../model/evidence.ts';
import type { InternetTargets } from '../model/options.ts';
import { INTERNET_NAMES } from './internet.ts';
import type { Planned } from './planned.ts';
import { likelyProxy, proxyEnvironmentOf } from './proxy-environment.ts';

/** Each proxy that a container names is asked once. One that wants a user name, or that speaks no HTTP itself, is not. */
export const appProxy = (evidence: Pick<Evidence, 'pod'>, targets: InternetTargets): readonly Planned[] => {
  if (evidence.pod.state !== 'known' || targets === 'none') return [];
  const named = targets === 'default' ? undefined : targets.find((target) => /^https?:\/\//i.test(target));
  const url = named ?? `https://${INTERNET_NAMES[0] ?? ''}/`;
  const proxies = proxyEnvironmentOf(evidence.pod.value.spec).flatMap(({ settings }) => {
    const likely = likelyProxy(settings, url);
    return likely.state === 'proxy' && !likely.credentials && /^http:\/\//i.test(likely.proxy)
      ? [likely.proxy]
      : [];
  });
  return [...new Set(proxies)].map((proxy, index) => ({
    id: `http-get/app-proxy/${index}`,
    probe: 'http-get',
    purpose: 'app-proxy',
    question: { url, proxy, insecure: true },
  }));
};
