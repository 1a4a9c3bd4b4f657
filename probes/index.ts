/** The suite, in running order. The types of all observations derive from this list. */
import type { ObservationOf, Probe } from '../src/model/probe.ts';
import dnsLookup from './dns-lookup/probe.ts';
import dnsQuery from './dns-query/probe.ts';
import gateway from './gateway/probe.ts';
import httpGet from './http-get/probe.ts';
import icmpEcho from './icmp-echo/probe.ts';
import networkInterface from './interface/probe.ts';
import listeners from './listeners/probe.ts';
import pathMtu from './path-mtu/probe.ts';
import resolvConf from './resolv-conf/probe.ts';
import tcpConnect from './tcp-connect/probe.ts';
import toolVersions from './tool-versions/probe.ts';
import udpExchange from './udp-exchange/probe.ts';

export const suite = [
  networkInterface,
  resolvConf,
  listeners,
  dnsLookup,
  dnsQuery,
  tcpConnect,
  udpExchange,
  httpGet,
  icmpEcho,
  gateway,
  pathMtu,
  toolVersions,
] as const;

type AnyProbe = (typeof suite)[number];
export type ProbeId = AnyProbe['id'];
type Observed<P> =
  P extends Probe<infer Id, infer Question, infer Outcome> ? ObservationOf<Id, Question, Outcome> : never;
/** Everything that can be observed: a union on `probe`, and within it on `outcome.kind`. */
export type Observation = Observed<AnyProbe>;
export type QuestionOf<Id extends ProbeId> = Extract<Observation, { probe: Id }>['question'];
export type OutcomeOf<Id extends ProbeId> = Extract<Observation, { probe: Id }>['outcome'];
