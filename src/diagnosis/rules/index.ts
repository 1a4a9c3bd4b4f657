/** The rules in the order they are called: symptoms first, then the causes that explain them. One line a rule. */
import type { AnyRule } from '../evaluate.ts';
import accessDenied from './access-denied.ts';
import admissionRefused from './admission-refused.ts';
import answersMissing from './answers-missing.ts';
import clusterDnsBypassed from './cluster-dns-bypassed.ts';
import connectionRefused from './connection-refused.ts';
import connectionReset from './connection-reset.ts';
import connectionTimedOut from './connection-timed-out.ts';
import containerCrashLoop from './container-crash-loop.ts';
import debugContainerFailed from './debug-container-failed.ts';
import debugImageUnavailable from './debug-image-unavailable.ts';
import dnsPodsNotReady from './dns-pods-not-ready.ts';
import dnsServiceWithoutEndpoints from './dns-service-without-endpoints.ts';
import dnsTcpBlocked from './dns-tcp-blocked.ts';
import endpointsNotReady from './endpoints-not-ready.ts';
import ephemeralContainersOff from './ephemeral-containers-off.ts';
import gatewaySilent from './gateway-silent.ts';
import handshakeFailed from './handshake-failed.ts';
import hostUnreachable from './host-unreachable.ts';
import httpEmptyOrCut from './http-empty-or-cut.ts';
import httpNoAnswer from './http-no-answer.ts';
import httpServerError from './http-server-error.ts';
import interfaceDown from './interface-down.ts';
import internetUnreachable from './internet-unreachable.ts';
import latencyHigh from './latency-high.ts';
import leftoverRefusesPod from './leftover-refuses-pod.ts';
import nameLookupSlow from './name-lookup-slow.ts';
import nameNotFound from './name-not-found.ts';
import nameQueryRefused from './name-query-refused.ts';
import nameServerFailure from './name-server-failure.ts';
import nameWrongAnswer from './name-wrong-answer.ts';
import namedTargetDead from './named-target-dead.ts';
import nameserverRefusesConnection from './nameserver-refuses-connection.ts';
import nameserverSilent from './nameserver-silent.ts';
import noDefaultRoute from './no-default-route.ts';
import nodeNotReady from './node-not-ready.ts';
import notTls from './not-tls.ts';
import oneFamilyBroken from './one-family-broken.ts';
import oneNameserverDead from './one-nameserver-dead.ts';
import packetLoss from './packet-loss.ts';
import pathMtuTooSmall from './path-mtu-too-small.ts';
import podFinished from './pod-finished.ts';
import podNotFound from './pod-not-found.ts';
import podNotReady from './pod-not-ready.ts';
import podNotStarted from './pod-not-started.ts';
import podSecurityRefused from './pod-security-refused.ts';
import podWithoutAddress from './pod-without-address.ts';
import proxyEnvironment from './proxy-environment.ts';
import searchPathShadow from './search-path-shadow.ts';
import staticPod from './static-pod.ts';
import unsupportedNode from './unsupported-node.ts';
import upstreamDnsBroken from './upstream-dns-broken.ts';

export const rules: readonly AnyRule[] = [
  interfaceDown,
  noDefaultRoute,
  gatewaySilent,
  pathMtuTooSmall,
  packetLoss,
  latencyHigh,
  nameserverSilent,
  nameserverRefusesConnection,
  nameServerFailure,
  nameQueryRefused,
  nameNotFound,
  nameWrongAnswer,
  nameLookupSlow,
  oneNameserverDead,
  dnsTcpBlocked,
  connectionRefused,
  connectionTimedOut,
  hostUnreachable,
  connectionReset,
  handshakeFailed,
  notTls,
  httpServerError,
  httpNoAnswer,
  httpEmptyOrCut,
  internetUnreachable,
  oneFamilyBroken,
  namedTargetDead,
  podNotFound,
  podNotStarted,
  podFinished,
  podNotReady,
  containerCrashLoop,
  podWithoutAddress,
  accessDenied,
  podSecurityRefused,
  leftoverRefusesPod,
  admissionRefused,
  debugImageUnavailable,
  debugContainerFailed,
  answersMissing,
  staticPod,
  unsupportedNode,
  ephemeralContainersOff,
  nodeNotReady,
  upstreamDnsBroken,
  searchPathShadow,
  clusterDnsBypassed,
  dnsServiceWithoutEndpoints,
  dnsPodsNotReady,
  endpointsNotReady,
  proxyEnvironment,
];
