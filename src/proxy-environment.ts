/** Which proxy an app is likely to use, from its pod's spec. Likely: an app may read other settings, or none. Pure. */

import { type EnvironmentVariable, proxyVariables, REMOVED } from './model/app-environment.ts';
import { proxyFor } from './proxy.ts';

interface Container {
  readonly name: string;
  readonly env?: readonly EnvironmentVariable[] | undefined;
  readonly envFrom?: readonly object[] | undefined;
}

export interface PodContainers {
  readonly containers: readonly Container[];
  readonly initContainers?:
    | readonly (Container & { readonly restartPolicy?: string | undefined })[]
    | undefined;
}

export interface ProxySetting {
  /** As it is written: HTTPS_PROXY or https_proxy. */
  readonly variable: string;
  /** Without user name and password, for which `(removed)@` stands; undefined: it comes from elsewhere. */
  readonly value?: string | undefined;
}

export interface ContainerProxies {
  readonly container: string;
  readonly settings: readonly ProxySetting[];
  /** It takes whole ConfigMaps or Secrets (`envFrom`), which may set more. */
  readonly mayHaveMore: boolean;
}

/** Containers that run while the pod does, sidecars among them; those without any such setting are left out. */
export const proxyEnvironmentOf = ({
  containers,
  initContainers = [],
}: PodContainers): readonly ContainerProxies[] =>
  [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')]
    .map(({ name, env = [], envFrom = [] }) => ({
      container: name,
      settings: proxyVariables(env).map(({ name: variable, value }) => ({ variable, value })),
      mayHaveMore: envFrom.length > 0,
    }))
    .filter(({ settings, mayHaveMore }) => settings.length > 0 || mayHaveMore);

export type LikelyProxy =
  /** No setting that is known sends it elsewhere. */
  | { readonly state: 'direct' }
  | {
      readonly state: 'proxy';
      /** With its scheme, without user name and password. */
      readonly proxy: string;
      /** The app has a user name for it, which we have not. */
      readonly credentials: boolean;
    }
  /** It depends on a setting whose value is not known. */
  | { readonly state: 'unknown'; readonly variable: string };

/** Of two that differ in case only, the upper one, as Go takes it; an empty one counts as not set. */
const settingOf = (settings: readonly ProxySetting[], name: string): ProxySetting | undefined =>
  [name, name.toLowerCase()]
    .map((wanted) => settings.find(({ variable }) => variable === wanted))
    .find((setting) => setting !== undefined && setting.value !== '');

/** What one container's app would do with this http or https URL. */
export const likelyProxy = (settings: readonly ProxySetting[], url: string): LikelyProxy => {
  const own = url.toLowerCase().startsWith('https:') ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = settingOf(settings, own) ?? settingOf(settings, 'ALL_PROXY');
  if (proxy === undefined) return { state: 'direct' };
  if (proxy.value === undefined) return { state: 'unknown', variable: proxy.variable };
  const exceptions = settingOf(settings, 'NO_PROXY');
  const { value } = proxy;
  const proxyBeside = (NO_PROXY: string) => proxyFor(url, { [own]: value, NO_PROXY });
  // Loopback is direct whatever the exceptions are.
  if (proxyBeside('') === undefined) return { state: 'direct' };
  if (exceptions !== undefined && exceptions.value === undefined)
    return { state: 'unknown', variable: exceptions.variable };
  const used = proxyBeside(exceptions?.value ?? '');
  return used === undefined
    ? { state: 'direct' }
    : { state: 'proxy', proxy: used.replace(REMOVED, ''), credentials: used.includes(REMOVED) };
};
