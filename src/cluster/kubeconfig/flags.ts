/** kubectl's connection flags over what the kubeconfig says, and its relative paths made whole. */
import { isAbsolute, join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { ConnectionFlags } from '../../model/options.ts';
import { proxyFor } from '../../proxy.ts';
import type { Chosen } from './choose.ts';
import type { Environment } from './files.ts';
import { type Entry, textOf, without } from './schema.ts';

const inFolder = (folder: string, file: string): string => (isAbsolute(file) ? file : join(folder, file));

/** The flag's path is relative to the working folder, the kubeconfig's to its own. The flag replaces data as well. */
const withFile = (entry: Entry, key: string, flag: string | undefined, folder: string): Entry => {
  if (flag !== undefined) return { ...without(entry, `${key}-data`), [key]: flag };
  const file = textOf(entry, key);
  return file === undefined ? entry : { ...entry, [key]: inFolder(folder, file) };
};

/** @throws UserError, of bad usage where the flag is no URL. */
const serverUrl = ({ cluster, clusterName }: Chosen, flag: string | undefined): string => {
  const server = flag ?? textOf(cluster, 'server') ?? '';
  // kubectl takes a server without scheme as plain http on localhost and https elsewhere; only the explicit forms are safe to guess.
  const url = /^https?:\/\//.test(server) ? server : `https://${server}`;
  if (URL.parse(url) !== null) return url.replace(/\/$/, '');
  if (flag !== undefined)
    throw new UserError({
      code: 'bad-value',
      message: `-s/--server: "${flag}" is not a URL`,
      reason: 'write it as https://HOST:PORT',
      next: ['kubectl config view --minify', 'kubectl netcheck --help'],
      exitCode: 2,
    });
  throw new UserError({
    code: 'kubeconfig-unreadable',
    message: `the kubeconfig does not say where its cluster "${clusterName ?? ''}" is`,
    reason: server === '' ? 'the cluster has no server' : `the cluster's server "${server}" is not a URL`,
    next: ['kubectl config view'],
  });
};

/** The cluster entry as it is used; its `server` is a URL without a slash at its end. */
export const clusterWithFlags = (
  chosen: Chosen,
  flags: ConnectionFlags,
  folder: string,
  env: Environment,
): Entry & { readonly server: string } => {
  const server = serverUrl(chosen, flags.server);
  const trusting = withFile(chosen.cluster, 'certificate-authority', flags.certificateAuthority, folder);
  const insecure = flags.insecureSkipTlsVerify === true;
  return {
    ...(insecure ? without(trusting, 'certificate-authority', 'certificate-authority-data') : trusting),
    ...(flags.tlsServerName === undefined ? {} : { 'tls-server-name': flags.tlsServerName }),
    // client-node refuses plain http without this; TLS plays no part there.
    ...(insecure || server.startsWith('http:') ? { 'insecure-skip-tls-verify': true } : {}),
    'proxy-url': chosen.cluster['proxy-url'] || proxyFor(server, env),
    server,
  };
};

/** The user entry as it is used, without whom it acts as: impersonation() tells that. */
export const userWithFlags = ({ user }: Chosen, flags: ConnectionFlags, folder: string): Entry => {
  const certified = withFile(user, 'client-certificate', flags.clientCertificate, folder);
  const whole = without(withFile(certified, 'client-key', flags.clientKey, folder), 'as');
  // What was given on the command line is the login: no file or program of the kubeconfig is asked.
  return flags.token === undefined
    ? whole
    : {
        ...without(whole, 'tokenFile', 'exec', 'auth-provider', 'username', 'password'),
        token: flags.token,
      };
};

/** A key may hold what a header's name may not (`example.com/scopes`). */
const extraHeader = (key: string): string =>
  `Impersonate-Extra-${encodeURIComponent(key).replace(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;

const extraHeaders = (user: Entry): Readonly<Record<string, readonly string[]>> => {
  const extra = user['as-user-extra'];
  return typeof extra === 'object' && extra !== null
    ? Object.fromEntries(Object.entries(extra).map(([key, values]) => [extraHeader(key), values]))
    : {};
};

/** The headers of acting as somebody else: --as and its like, else the kubeconfig's. */
export const impersonation = (
  { user }: Chosen,
  flags: ConnectionFlags,
): Readonly<Record<string, string | readonly string[]>> => {
  const as = flags.as ?? textOf(user, 'as');
  const uid = flags.asUid ?? textOf(user, 'as-uid');
  const configured = user['as-groups'];
  const groups =
    flags.asGroups.length > 0
      ? flags.asGroups
      : Array.isArray(configured)
        ? configured.filter((group) => typeof group === 'string')
        : [];
  return {
    ...(as === undefined ? {} : { 'Impersonate-User': as }),
    ...(uid === undefined ? {} : { 'Impersonate-Uid': uid }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': groups }),
    ...extraHeaders(user),
  };
};
