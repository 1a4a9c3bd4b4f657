/** Does TCP get there, and does HTTP answer behind it: the Kubernetes API, and the internet. */
import type { OutcomeOf } from '../../../probes/index.ts';
import type { Layer } from '../../model/layer.ts';
import type { Check } from '../../model/report.ts';
import type { HttpResult } from '../http.ts';
import { whyUnmeasured } from '../observed.ts';
import type { Attempt, ConnectResult } from '../reach.ts';
import { whyNotKnown } from '../unknowns.ts';
import { listed, unique } from '../wording.ts';
import { MUST, type NotAsked, notAskedOutside } from './not-asked.ts';
import type { View } from './view.ts';

/** Of those that only connected, where there is one: a request takes as long as its answer, too. */
const quickest = (attempts: readonly Attempt[]): Attempt | undefined => {
  const byTcp = attempts.filter(({ observation }) => observation.probe === 'tcp-connect');
  return [...(byTcp.length === 0 ? attempts : byTcp)].sort(
    (a, b) => (a.observation.durationMs ?? Infinity) - (b.observation.durationMs ?? Infinity),
  )[0];
};

const unmeasuredOf = (attempts: readonly Attempt[]): string =>
  attempts.map(({ observation }) => whyUnmeasured(observation)).find((why) => why !== undefined) ??
  attempts.find(({ observation }) => observation.outcome.kind === 'silent')?.text ??
  'no answer';

export const connectCheck = (
  check: { readonly layer: Layer; readonly id: string },
  { state, connected, failed, unmeasured }: ConnectResult,
  notAsked: NotAsked,
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

const answerText = (outcome: OutcomeOf<'http-get'> | undefined): string => {
  if (outcome?.kind === 'responded') return `HTTP ${outcome.status}`;
  return outcome?.kind === 'tls-failed' && outcome.why === 'client-certificate'
    ? "a request for the client's certificate"
    : 'an answer';
};

export const httpCheck = (
  id: string,
  { state, answered, faulty }: HttpResult,
  connect: ConnectResult,
  notAsked: NotAsked,
): Check => {
  const check = { layer: 'protocol', id } as const;
  switch (state) {
    case 'ok': {
      const [first] = answered;
      return {
        ...check,
        state: 'ok',
        detail: `${answerText(first?.outcome)} from ${first?.question.url ?? ''}`,
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
    case 'not-reached': {
      // Where another ask of the same destination connects, it does not merely wait for the port.
      const unreached = connect.failed.filter(({ observation }) => observation.probe === 'http-get');
      const unnamed = connect.unnamed.filter(({ observation }) => observation.probe === 'http-get');
      if (unreached.length === 0 && unnamed.length > 0)
        return { ...check, state: 'unknown', needs: 'name', detail: listed(unnamed.map(({ text }) => text)) };
      return connect.state === 'ok' && unreached.length > 0
        ? {
            ...check,
            state: 'unknown',
            detail: `no request could be sent: ${listed(unreached.map(({ text }) => text))}`,
          }
        : { ...check, state: 'unknown', needs: 'port', detail: 'needs a connection' };
    }
    case 'not-asked':
      return { ...check, ...notAsked };
  }
};

const NO_URL = { state: 'not-applicable', detail: 'no URL among the targets' } as const;

/**
 * The plan takes the address from svc/kubernetes, and its name where that may not be read. A pod that does not use the cluster's DNS
 * need not resolve the name, so there nothing was sent to the API: neither a pass nor anybody's fault.
 */
export const apiCheck = ({ api: { connect }, names: { cluster }, evidence: { apiService } }: View): Check => {
  const check = { layer: 'port', id: 'kubernetes-api' } as const;
  if (connect.state !== 'no-name' || cluster.state !== 'not-applicable')
    return connectCheck(check, connect, MUST);
  const why = whyNotKnown(apiService);
  return {
    ...check,
    state: 'unknown',
    detail: `not measured: its address is not known${why === undefined ? '' : ` (svc/kubernetes: ${why})`}, and its name is not one that this pod need resolve (${cluster.why})`,
  };
};

export const apiHttpCheck = ({ api }: View): Check =>
  httpCheck('kubernetes-api-http', api.http, api.connect, MUST);

/** Any one default target is enough; of those that the user named each must answer. */
export const internetCheck = (view: View): Check => {
  const { connect } = view.internet;
  const check = { layer: 'route', id: 'internet' } as const;
  const made = connectCheck(check, connect, notAskedOutside(view));
  if (view.internetMode !== 'custom' || made.state !== 'ok') return made;
  const dead = [...connect.failed, ...connect.unnamed];
  if (dead.length > 0) return { ...check, state: 'failed', detail: listed(dead.map(({ text }) => text)) };
  return connect.unmeasured.length === 0
    ? made
    : { ...check, state: 'unknown', detail: unmeasuredOf(connect.unmeasured) };
};

/** Also where TCP gets outside, TLS may not: a path MTU that is too small, or a filter that reads the handshake. */
export const internetHttpCheck = (view: View): Check => {
  const { connect, http } = view.internet;
  const missing = connect.state === 'not-asked' || view.internetMode === 'default';
  return httpCheck('internet-http', http, connect, missing ? notAskedOutside(view) : NO_URL);
};
