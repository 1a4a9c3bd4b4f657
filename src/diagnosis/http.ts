/** Reads the HTTP requests to one destination together: is it served, by one answer or by each. */
import type { InternetMode } from '../model/case.ts';
import { doubtOf, type Faulty, faultOf, type HttpGet } from './http-fault.ts';
import { ofPurpose } from './observed.ts';
import { attemptsTo, type ReachPurpose, type ReachSeen } from './reach.ts';

export interface HttpResult {
  /** `not-reached`: no connection to send a request on. */
  readonly state: 'ok' | 'failed' | 'unknown' | 'not-reached' | 'not-asked';
  readonly answered: readonly HttpGet[];
  readonly faulty: readonly Faulty[];
  /** Answers in doubt, where every answer is: it passes, with a warning. */
  readonly doubtful: readonly Faulty[];
}

/**
 * One answer is enough; a failure counts when every request that was connected failed, and none is left unmeasured. Of URLs that the
 * user named each must answer.
 */
export const httpTo = (
  seen: ReachSeen,
  purpose: ReachPurpose,
  mode: InternetMode | undefined,
): HttpResult => {
  const requests = ofPurpose(seen['http-get'], purpose);
  const attempts = attemptsTo({ 'tcp-connect': [], 'http-get': requests }, purpose);
  const connected = attempts.filter(({ connect }) => connect === 'connected');
  const isConnected = (request: HttpGet) =>
    connected.some(({ observation }) => observation.id === request.id);
  const faulty = requests.flatMap((observation) => {
    const fault = faultOf(observation, mode);
    return fault === undefined ? [] : [{ observation, ...fault }];
  });
  const answered = requests.filter(
    (request) => isConnected(request) && !faulty.some(({ observation }) => observation.id === request.id),
  );
  const unmeasured = attempts.some(({ connect }) => connect === 'unmeasured');
  const eachMust = purpose === 'destination' || (purpose === 'internet' && mode === 'custom');
  const doubtful = answered.flatMap((observation) => {
    const doubt = mode === 'custom' ? undefined : doubtOf(observation);
    return doubt === undefined ? [] : [{ observation, ...doubt }];
  });
  const state = (): HttpResult['state'] => {
    if (requests.length === 0) return 'not-asked';
    if (eachMust && faulty.length > 0) return 'failed';
    if (answered.length > 0 && !(eachMust && unmeasured)) return 'ok';
    if (unmeasured) return 'unknown';
    return faulty.length > 0 ? 'failed' : 'not-reached';
  };
  return {
    state: state(),
    answered,
    faulty,
    doubtful: doubtful.length === answered.length ? doubtful : [],
  };
};
