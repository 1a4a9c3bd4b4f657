/** What each endpoint did when it was asked by itself, and where to read why. */
import type { Endpoint } from '../../destination/endpoints.ts';
import { runningContainers } from '../../destination/ports.ts';
import type { Destination } from '../../model/destination.ts';
import { inCommand, kubectl, unique } from '../wording.ts';
import { type DestinationKnown, type EndpointSeen, endpointName } from './read.ts';

const MANY = 6;

const whatItDid = ({ state, faults, attempts }: EndpointSeen): string => {
  if (faults.length > 0) return unique(faults.map(({ text }) => text)).join(', ');
  if (state === 'failed')
    return unique(attempts.filter(({ connect }) => connect !== 'connected').map(({ text }) => text)).join(
      ', ',
    );
  const answer = attempts.flatMap(({ observation: { outcome } }) =>
    outcome.kind === 'responded' ? [`HTTP ${outcome.status}`] : [],
  )[0];
  return state === 'ok' ? (answer ?? 'accepts connections') : 'not measured';
};

/** `pod/web-1 (10.244.0.7, node-2): answered with HTTP 503`, those that were asked. */
export const endpointLines = (endpoints: readonly EndpointSeen[] | undefined): readonly string[] => {
  const asked = (endpoints ?? []).filter(({ state }) => state !== 'not-asked');
  const lines = asked.map((one) => `${endpointName(one.endpoint)}: ${whatItDid(one)}`);
  return lines.length <= MANY
    ? lines
    : [...lines.slice(0, MANY), `${lines.length - MANY} more endpoints were asked`];
};

/** The logs of these pods, two at most. */
export const logCommands = (
  endpoints: readonly Endpoint[],
  { namespace }: Destination,
  { destinationPods }: DestinationKnown,
): readonly string[] =>
  endpoints
    .flatMap(({ pod, namespace: own }) => {
      const place = own ?? namespace;
      if (pod === undefined || place === undefined) return [];
      const known =
        destinationPods.state === 'known'
          ? destinationPods.value.find(({ metadata }) => metadata.name === pod)
          : undefined;
      const several = known !== undefined && runningContainers(known).length > 1;
      return [
        kubectl(place, 'logs', inCommand(pod, 'POD'), '--tail=50', ...(several ? ['--all-containers'] : [])),
      ];
    })
    .slice(0, 2);

const PLAIN_URL = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._~/-]*)?$/;

/** As a shell takes it without quotes. */
export const urlInCommand = (url: string): string => (PLAIN_URL.test(url) ? url : 'URL');
