import { CLUSTER, dns, WWW } from './dns-lookup-shared.ts';
import { at, nameservers, type Scenario, SEARCH } from './scenario.ts';

export const severalServers: readonly Scenario[] = [
  dns('two-silent', WWW, { k: 'timeout' }, `${nameservers(56)}${at('198.51.100.53')}`, false),
  dns('two-refused', WWW, { k: 'conn_refused' }, nameservers(57, 61), false),
  dns('silent-then-refused', WWW, { k: 'timeout' }, nameservers(56, 57), false),
  dns('refused-then-silent', WWW, { k: 'timeout' }, nameservers(57, 56), false),
  dns(
    'unreachable-then-refused',
    WWW,
    { k: 'unreachable' },
    `${at('198.51.102.53')}${nameservers(57)}`,
    false,
  ),
  dns('first-dead', WWW, { k: 'ok', degraded: true }, nameservers(56, 53)),
  dns('first-closed', WWW, { k: 'ok', degraded: true }, nameservers(57, 53), false),
  dns('first-unreachable', WWW, { k: 'ok', degraded: true }, at('198.51.102.53') + nameservers(53), false),
  dns('first-servfail', WWW, { k: 'ok', degraded: true }, nameservers(54, 53), false),
  dns('first-refuses-query', WWW, { k: 'refused' }, nameservers(55, 53), false),
  dns('first-without-tcp', 'big.example.com.', { k: 'ok', n: 60, whole: true }, nameservers(59, 53), false),
  dns('second-dead', WWW, { k: 'ok', n: 2 }, nameservers(53, 56), false),
  dns('servfail-then-silent', WWW, { k: 'servfail' }, nameservers(54, 56), false),
  dns('servfail-then-nxdomain', WWW, { k: 'nxdomain', degraded: true }, nameservers(54, 68), false),
  dns(
    'first-dead-with-search',
    'www.example.com',
    { k: 'ok', degraded: true },
    nameservers(56, 53) + SEARCH,
    false,
  ),
  // Without recursion its answer is passed over, and not shown: what the next one says is not what the pod's resolver hears.
  dns('first-without-recursion', WWW, { k: 'ok', n: 2 }, nameservers(58, 53), false),
  dns('first-without-recursion-then-silent', WWW, { k: 'not_told' }, nameservers(58, 56), false),
  dns('first-without-recursion-then-nxdomain', WWW, { k: 'not_told' }, nameservers(58, 68), false),
];

const found = (name: string): Scenario['truth'] => ({ k: 'ok', name, has: { recursionUnavailable: true } });
const ndots = (dots: number): string => nameservers(58) + SEARCH.replace('ndots:5', `ndots:${dots}`);

export const searchPath: readonly Scenario[] = [
  dns('search-list', 'web.shop', { k: 'ok', name: 'web.shop.svc.cluster.local' }, CLUSTER),
  dns('search-list-one-label', 'web', { k: 'ok', name: 'web.shop.svc.cluster.local' }, CLUSTER),
  dns('search-list-first', 'web', found('web.shop.svc.cluster.local'), CLUSTER, false),
  dns('search-list-second', 'second', found('second.svc.cluster.local'), CLUSTER, false),
  dns('search-list-third', 'third', found('third.cluster.local'), CLUSTER, false),
  dns('search-list-last-as-it-is', 'www.example.com', found('www.example.com'), CLUSTER, false),
  dns('search-list-nxdomain', 'nope.shop', { k: 'nxdomain' }, CLUSTER),
  dns(
    'search-list-servfail',
    'broken',
    { k: 'servfail', has: { lastName: 'broken.svc.cluster.local' } },
    CLUSTER,
    false,
  ),
  dns('search-list-no-data', 'hollow', { k: 'nodata' }, CLUSTER, false),
  dns(
    'absolute-without-recursion',
    'web.shop.svc.cluster.local.',
    found('web.shop.svc.cluster.local'),
    CLUSTER,
    false,
  ),
  dns(
    'no-data-without-recursion',
    'hollow.shop.svc.cluster.local.',
    { k: 'nodata', has: { recursionUnavailable: true } },
    CLUSTER,
  ),
  dns('ndots-met', 'www.example.com', found('www.example.com'), ndots(1), false),
  dns('ndots-met-nxdomain', 'web.shop', { k: 'nxdomain' }, ndots(1), false),
  dns('ndots-not-met', 'web.shop', found('web.shop.svc.cluster.local'), ndots(2), false),
  dns('ndots-of-one', 'web', found('web.shop.svc.cluster.local'), ndots(1), false),
  dns('search-list-silent', 'web', { k: 'timeout' }, nameservers(56) + SEARCH),
  dns('search-list-refused', 'web', { k: 'conn_refused' }, nameservers(57) + SEARCH, false),
];
