/** Does TCP get there, and does HTTP answer behind it: the Kubernetes API, and the internet. */
import type { Layer } from '../../model/layer.ts';
import type { Check } from '../../model/report.ts';
import type { HttpResult } from '../http.ts';
import { whyUnmeasured } from '../observed.ts';
import type { Attempt, ConnectResult } from '../reach.ts';
import { listed, unique } from '../wording.ts';
import type { View } from './view.ts';

const quickest = (attempts: readonly Attempt[]): Attempt | undefined =>
  [...attempts].sort(
    (a, b) => (a.observation.durationMs ?? Infinity) - (b.observation.durationMs ?? Infinity),
  )[0];

const unmeasuredOf = (attempts: readonly Attempt[]): string =>
  attempts.map(({ observation }) => whyUnmeasured(observation)).find((why) => why !== undefined) ??
  'no answer';

const connectCheck = (
  check: { readonly layer: Layer; readonly id: string },
  { state, connected, failed, unmeasured }: ConnectResult,
  notAsked: Pick<Check, 'state' | 'detail'>,
): Check => {
  switch (state) {
    case 'ok': {
      const best = quickest(connected);
      const duration = best?.observation.durationMs;
      const dead = unique(failed.map(({ target }) => target));
      return {
        ...check,
        state: 'ok',
        detail: `${best?.text ?? ''}${dead.length === 0 ? '' : `; no answer from ${listed(dead)}`}`,
        ...(duration === undefined ? {} : { durationMs: duration }),
      };
    }
    case 'failed':
      return { ...check, state: 'failed', detail: failed.map(({ text }) => text).join(', ') };
    case 'unknown':
      return {
        ...check,
        state: 'unknown',
        detail: [...failed.map(({ text }) => text), unmeasuredOf(unmeasured)].join(', '),
      };
    case 'no-name':
      return { ...check, state: 'unknown', needs: 'name', detail: 'needs a name that did not resolve' };
    case 'not-asked':
      return { ...check, ...notAsked };
  }
};

const httpCheck = (
  id: string,
  { state, answered, faulty }: HttpResult,
  notAsked: Pick<Check, 'state' | 'detail'>,
): Check => {
  const check = { layer: 'protocol', id } as const;
  switch (state) {
    case 'ok': {
      const [first] = answered;
      const status = first?.outcome.kind === 'responded' ? `HTTP ${first.outcome.status}` : 'an answer';
      return {
        ...check,
        state: 'ok',
        detail: `${status} from ${first?.question.url ?? ''}`,
        ...(first?.durationMs === undefined ? {} : { durationMs: first.durationMs }),
      };
    }
    case 'failed':
      return {
        ...check,
        state: 'failed',
        detail: faulty.map(({ observation, text }) => `${observation.question.url}: ${text}`).join(', '),
      };
    case 'unknown':
      return { ...check, state: 'unknown', detail: 'no request was measured' };
    case 'not-reached':
      return { ...check, state: 'unknown', needs: 'port', detail: 'needs a connection' };
    case 'not-asked':
      return { ...check, ...notAsked };
  }
};

const MUST = { state: 'unknown', detail: 'not asked' } as const;
const NEED_NOT = { state: 'not-applicable', detail: 'not asked (--no-internet)' } as const;
const NO_URL = { state: 'not-applicable', detail: 'no URL among the targets' } as const;

export const apiCheck = ({ api }: View): Check =>
  connectCheck({ layer: 'port', id: 'kubernetes-api' }, api.connect, MUST);

export const apiHttpCheck = ({ api }: View): Check => httpCheck('kubernetes-api-http', api.http, MUST);

export const internetCheck = ({ internet }: View): Check =>
  connectCheck({ layer: 'route', id: 'internet' }, internet.connect, NEED_NOT);

/** Also where TCP gets outside, TLS may not: a path MTU that is too small, or a filter that reads the handshake. */
export const internetHttpCheck = ({ internet: { connect, http } }: View): Check => {
  const unreached = connect.failed.filter(({ observation }) => observation.probe === 'http-get');
  // One target that answers is enough; sites that cannot be connected to are told beside the internet check.
  if (http.state === 'not-reached' && connect.state === 'ok' && unreached.length === http.asked)
    return {
      layer: 'protocol',
      id: 'internet-http',
      state: 'not-applicable',
      detail: 'no site could be connected to',
    };
  return httpCheck('internet-http', http, connect.state === 'not-asked' ? NEED_NOT : NO_URL);
};
