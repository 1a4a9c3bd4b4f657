/** What a status from 400 to 499 says of the request: the server is reached, and declines it. */
import type { Responded } from '../../mesh-words.ts';

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [400, 'it does not understand the request'],
  [401, 'it wants to know who asks, and netcheck sends no credentials'],
  [403, 'it does not allow this request'],
  [404, 'it has nothing at this path'],
  [405, 'it takes no GET at this path'],
  [407, 'a proxy on the way wants to know who asks'],
  [421, 'it does not serve this host name'],
  [426, 'it wants another protocol'],
  [429, 'it limits how often it is asked'],
]);

const ENVOY = /envoy/i;
/** Envoy's own refusal by an AuthorizationPolicy. */
const RBAC = /^RBAC: access denied/i;
/** What Go, nginx, Apache and Tomcat say in plain text to a request that is not TLS. */
const WANTS_TLS =
  /HTTP request to an? HTTPS server|plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|combination of host and port requires TLS/i;
/** nginx. */
const WANTS_CERTIFICATE = /No required SSL certificate was sent/i;

export const wantsTls = ({ status, bodyStart = '' }: Responded): boolean =>
  status === 400 && WANTS_TLS.test(bodyStart);

/** `it has nothing at this path` */
export const whyDeclined = (answer: Responded): string => {
  const { status, server = '', headers = {}, bodyStart = '' } = answer;
  if (wantsTls(answer)) return 'it speaks TLS at this port';
  if (WANTS_CERTIFICATE.test(bodyStart))
    return 'it wants a certificate of the client, which netcheck does not have';
  if (status === 403 && RBAC.test(bodyStart))
    return 'an AuthorizationPolicy of the mesh does not let this pod in';
  if (
    status === 404 &&
    ENVOY.test(server) &&
    bodyStart === '' &&
    headers['x-envoy-upstream-service-time'] === undefined
  )
    return 'the mesh proxy has no route for this host and path (NR)';
  return MEANINGS.get(status) ?? 'it declines the request';
};
