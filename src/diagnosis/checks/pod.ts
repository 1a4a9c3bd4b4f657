/** The pod itself, and its end of the network. */
import type { Check } from '../../model/report.ts';
import { FAMILY_WORDS, familiesWithoutRoute, lacksDefaultRoute, usableAddresses } from '../links.ts';
import { whyUnmeasured } from '../observed.ts';
import { isReady } from '../pods.ts';
import { connectTo } from '../reach.ts';
import { listed, unique } from '../wording.ts';
import { NOT_ASKED } from './not-asked.ts';
import type { View } from './view.ts';

export const podCheck = ({ evidence: { pod }, entry }: View): Check => {
  const check = { layer: 'target', id: 'pod' } as const;
  switch (pod.state) {
    case 'absent':
      return { ...check, state: 'failed', detail: 'the pod does not exist' };
    case 'known': {
      const { phase = 'Unknown' } = pod.value.status;
      if (pod.value.metadata.deletionTimestamp !== undefined && entry.state !== 'ran')
        return { ...check, state: 'failed', detail: 'the pod is being deleted' };
      return phase === 'Running' || entry.state === 'ran'
        ? { ...check, state: 'ok', detail: `${phase}${isReady(pod.value) ? ', ready' : ', not ready'}` }
        : { ...check, state: phase === 'Pending' ? 'unknown' : 'failed', detail: `phase ${phase}` };
    }
    case 'forbidden':
    case 'failed':
    case 'not-asked':
      if (entry.state === 'ran') return { ...check, state: 'ok', detail: 'the debug container ran in it' };
      return {
        ...check,
        state: 'unknown',
        detail: pod.state === 'failed' ? pod.reason : 'the pod could not be read',
      };
  }
};

/** The first reason why an ask of these brought nothing; `not asked` where there was none. */
export const unmeasuredDetail = (observations: View['observations']): string =>
  observations.map(whyUnmeasured).find((why) => why !== undefined) ?? NOT_ASKED;

export const addressCheck = ({ links: { addresses }, seen, internet, api }: View): Check => {
  const check = { layer: 'interface', id: 'address' } as const;
  if (addresses === undefined) {
    const asked = seen.interface.filter(({ question }) => question.read === 'addresses');
    return { ...check, state: 'unknown', detail: unmeasuredDetail(asked) };
  }
  const usable = usableAddresses(addresses);
  if (usable.length === 0) {
    // A warning says that it is odd: see interface-down.
    if ([...internet.connect.connected, ...api.connect.connected].length > 0)
      return { ...check, state: 'ok', detail: 'no address was seen, but connections work' };
    const down = addresses.links.filter(({ up }) => !up).map(({ name }) => name);
    return {
      ...check,
      state: 'failed',
      detail: `no link that is up has an address${down.length === 0 ? '' : ` (down: ${listed(down)})`}`,
    };
  }
  const detail = usable.map((a) => `${a.interface} ${a.address}/${a.prefixLength}`).join(', ');
  return { ...check, state: 'ok', detail };
};

export const defaultRouteCheck = ({ links, seen, internet, api }: View): Check => {
  const check = { layer: 'interface', id: 'default-route' } as const;
  const missing = lacksDefaultRoute(links);
  const { routes } = links;
  if (routes === undefined || missing === undefined) {
    const asked = seen.interface.filter(
      ({ question }) => question.read === 'addresses' || (routes === undefined && question.read === 'routes'),
    );
    return { ...check, state: 'unknown', detail: unmeasuredDetail(asked) };
  }
  if (missing) {
    // Routes that lead where they must do the work of a default route.
    const others =
      connectTo(seen, 'destination').state === 'ok' ||
      internet.connect.state === 'ok' ||
      (internet.connect.state === 'not-asked' && api.connect.state === 'ok');
    return others
      ? { ...check, state: 'ok', detail: 'no default route, but other routes lead there' }
      : { ...check, state: 'failed', detail: 'no default route' };
  }
  const without = (familiesWithoutRoute(links) ?? []).map((family) => FAMILY_WORDS[family]);
  const ways = routes.defaults.map(({ gateway, interface: link }) => gateway ?? link);
  return {
    ...check,
    state: 'ok',
    detail: `default route via ${listed(unique(ways))}${without.length === 0 ? '' : `; none for ${listed(without)}`}`,
  };
};
