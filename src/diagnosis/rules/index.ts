/** The rules in the order they are called: symptoms first, then the causes that explain them. One line a rule. */
import type { AnyRule } from '../evaluate.ts';
import accessDenied from './access-denied.ts';
import admissionRefused from './admission-refused.ts';
import answersMissing from './answers-missing.ts';
import appListensOnLoopback from './app-listens-on-loopback.ts';
import appNotListening from './app-not-listening.ts';
import certificateExpired from './certificate-expired.ts';
import certificateExpiresSoon from './certificate-expires-soon.ts';
import certificateNameMismatch from './certificate-name-mismatch.ts';
import certificateUntrusted from './certificate-untrusted.ts';
import clusterDnsBypassed from './cluster-dns-bypassed.ts';
import connectionRefused from './connection-refused.ts';
import connectionReset from './connection-reset.ts';
import connectionTimedOut from './connection-timed-out.ts';
import containerCrashLoop from './container-crash-loop.ts';
import corefileInvalid from './corefile-invalid.ts';
import corefileUpstreamSuspect from './corefile-upstream-suspect.ts';
import debugContainerFailed from './debug-container-failed.ts';
import debugContainerLate from './debug-container-late.ts';
import debugImageUnavailable from './debug-image-unavailable.ts';
import dnsCapacityLow from './dns-capacity-low.ts';
import dnsEgressDenied from './dns-egress-denied.ts';
import dnsPodsNotReady from './dns-pods-not-ready.ts';
import dnsServiceWithoutEndpoints from './dns-service-without-endpoints.ts';
import dnsTcpBlocked from './dns-tcp-blocked.ts';
import egressDenied from './egress-denied.ts';
import endpointsNotReady from './endpoints-not-ready.ts';
import ephemeralContainersOff from './ephemeral-containers-off.ts';
import externalName from './external-name.ts';
import gatewaySilent from './gateway-silent.ts';
import handshakeFailed from './handshake-failed.ts';
import hostUnreachable from './host-unreachable.ts';
import hostsFileOverridesDns from './hosts-file-overrides-dns.ts';
import httpClientError from './http-client-error.ts';
import httpEmptyOrCut from './http-empty-or-cut.ts';
import httpNoAnswer from './http-no-answer.ts';
import httpServerError from './http-server-error.ts';
import httpSlow from './http-slow.ts';
import ingressBackendMissing from './ingress-backend-missing.ts';
import ingressDenied from './ingress-denied.ts';
import ingressWithoutAddress from './ingress-without-address.ts';
import interfaceDown from './interface-down.ts';
import internetUnreachable from './internet-unreachable.ts';
import kubeProxyUnhealthy from './kube-proxy-unhealthy.ts';
import kubeletUnreachable from './kubelet-unreachable.ts';
import latencyHigh from './latency-high.ts';
import leftoverRefusesPod from './leftover-refuses-pod.ts';
import masqueradeMissing from './masquerade-missing.ts';
import meshUpstreamError from './mesh-upstream-error.ts';
import nameLookupSlow from './name-lookup-slow.ts';
import nameNotFound from './name-not-found.ts';
import nameQueryRefused from './name-query-refused.ts';
import nameServerFailure from './name-server-failure.ts';
import nameWrongAnswer from './name-wrong-answer.ts';
import namedPortUnresolved from './named-port-unresolved.ts';
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
import policyAllowsButDropped from './policy-allows-but-dropped.ts';
import policyNotEnforced from './policy-not-enforced.ts';
import portFilteredOutside from './port-filtered-outside.ts';
import portNotInService from './port-not-in-service.ts';
import proxyAnsweredConnect from './proxy-answered-connect.ts';
import proxyEnvironment from './proxy-environment.ts';
import searchPathShadow from './search-path-shadow.ts';
import selectorMatchesNothing from './selector-matches-nothing.ts';
import serviceNotFound from './service-not-found.ts';
import serviceProxyBroken from './service-proxy-broken.ts';
import someEndpointsBroken from './some-endpoints-broken.ts';
import staticPod from './static-pod.ts';
import targetPortMismatch from './target-port-mismatch.ts';
import toolsMissing from './tools-missing.ts';
import trafficPolicyLocal from './traffic-policy-local.ts';
import unsupportedNode from './unsupported-node.ts';
import upstreamDnsBroken from './upstream-dns-broken.ts';
import wrongServiceName from './wrong-service-name.ts';

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
  proxyAnsweredConnect,
  handshakeFailed,
  notTls,
  certificateExpired,
  certificateNameMismatch,
  certificateUntrusted,
  certificateExpiresSoon,
  httpServerError,
  httpNoAnswer,
  httpEmptyOrCut,
  httpClientError,
  httpSlow,
  meshUpstreamError,
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
  debugContainerLate,
  kubeletUnreachable,
  answersMissing,
  toolsMissing,
  staticPod,
  unsupportedNode,
  ephemeralContainersOff,
  nodeNotReady,
  upstreamDnsBroken,
  searchPathShadow,
  hostsFileOverridesDns,
  clusterDnsBypassed,
  dnsServiceWithoutEndpoints,
  dnsPodsNotReady,
  corefileInvalid,
  ingressWithoutAddress,
  ingressBackendMissing,
  corefileUpstreamSuspect,
  dnsCapacityLow,
  endpointsNotReady,
  proxyEnvironment,
  dnsEgressDenied,
  egressDenied,
  ingressDenied,
  policyAllowsButDropped,
  policyNotEnforced,
  portFilteredOutside,
  masqueradeMissing,
  serviceNotFound,
  wrongServiceName,
  selectorMatchesNothing,
  portNotInService,
  namedPortUnresolved,
  externalName,
  trafficPolicyLocal,
  serviceProxyBroken,
  someEndpointsBroken,
  targetPortMismatch,
  appListensOnLoopback,
  appNotListening,
  kubeProxyUnhealthy,
];
