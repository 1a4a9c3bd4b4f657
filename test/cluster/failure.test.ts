/** Who is blamed where there is no cluster: the kubeconfig, or the flag that took its place. */
import http from 'node:http';
import https from 'node:https';
import { describe, expect, jest, test } from '@jest/globals';
import { ApiUnavailable, type ClientTrouble, createClient } from '../../src/cluster/client.ts';
import { throwIfNoCluster } from '../../src/cluster/failure.ts';
import type { AddressFlags } from '../../src/cluster/unreachable.ts';
import { UserError } from '../../src/errors.ts';

// Generous: other work may share the machine.
jest.setTimeout(60_000);

const SERVER = 'https://10.0.0.1:6443';

const told = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`expected a UserError, got ${String(error)}`);
  return error;
};

const withTrouble = (trouble: ClientTrouble | undefined, flags?: AddressFlags, server = SERVER) =>
  throwIfNoCluster(
    { trouble: () => trouble, description: { server, context: 'prod' } },
    async () => 'worked',
    flags,
  );

const died = (code: string, flags?: AddressFlags, server?: string): Promise<UserError> => {
  const cause = Object.assign(new Error(`it died of ${code}`), { code });
  const error = new ApiUnavailable(cause.message, { cause, reached: false });
  return told(withTrouble({ kind: 'unreachable', error }, flags, server));
};

const CODES = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'EPROTO',
] as const;

describe('unreachable', () => {
  test.each(CODES)('%s of the kubeconfig: no flag is mentioned', async (code) => {
    const error = await died(code);
    expect(error).toMatchObject({
      code: 'api-server-unreachable',
      message: `cannot reach the API server at ${SERVER}`,
    });
    expect(`${error.reason ?? ''} ${error.next.join(' ')}`).not.toContain('--server');
  });

  test.each(CODES)('%s of --server: the flag is blamed, and not what the kubeconfig says', async (code) => {
    const error = await died(code, { server: SERVER });
    expect(error.message).toBe(`cannot reach the API server at ${SERVER}, which --server names`);
    expect(error.reason).toContain('--server');
    expect(error.reason).not.toMatch(/the kubeconfig (points|names|may)|kubeconfig's certificate-authority/);
    // kubectl would ask the kubeconfig's server.
    expect(error.next).not.toContain('kubectl cluster-info');
  });

  test('a code that nobody foresaw keeps its own words', async () => {
    expect(await died('EODD')).toMatchObject({ reason: 'it died of EODD', next: ['kubectl cluster-info'] });
    expect(await died('EODD', { server: SERVER })).toMatchObject({
      message: expect.stringContaining('--server'),
      reason: 'it died of EODD',
      next: [`kubectl cluster-info --server ${SERVER}`],
    });
  });

  test('an expired certificate and the clock are told alike', async () => {
    for (const code of ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])
      expect((await died(code, { server: SERVER })).reason).toBe((await died(code)).reason);
  });

  test('--certificate-authority and --tls-server-name are blamed for what they gave', async () => {
    const trust = { server: SERVER, certificateAuthority: 'ca.crt' };
    expect((await died('SELF_SIGNED_CERT_IN_CHAIN', trust)).reason).toContain('of --certificate-authority');
    expect((await died('DEPTH_ZERO_SELF_SIGNED_CERT', trust)).reason).toContain('of --certificate-authority');
    expect((await died('ECONNREFUSED', { certificateAuthority: 'ca.crt' })).reason).toContain('kubeconfig');
    expect((await died('ERR_TLS_CERT_ALTNAME_INVALID', { tlsServerName: 'api' })).reason).toContain(
      '--tls-server-name',
    );
    expect((await died('EPROTO', { tlsServerName: 'api' })).reason).toBe('it does not speak TLS there');
  });

  test('what would not stand in a shell as it is is not offered as a command', async () => {
    expect((await died('ETIMEDOUT', { server: 'x' }, 'https://$(reboot)')).next).toEqual([
      'kubectl cluster-info --server URL',
    ]);
  });

  test.each([
    [40, 'client certificate'],
    [45, 'has expired'],
    [48, 'does not accept the client certificate'],
    [51, 'does not accept the client certificate'],
    [116, 'wants a client certificate'],
  ])('alert %i in the handshake', async (number, words) => {
    const said = `error:0A000415:SSL routines:ssl3_read_bytes:an alert:SSL alert number ${number}`;
    const cause = Object.assign(new Error(said), { code: 'EPROTO' });
    const error = new ApiUnavailable(said, { cause, reached: false });
    expect((await told(withTrouble({ kind: 'unreachable', error }))).reason).toContain(words);
  });

  test('for real: nothing listens', async () => {
    for (const [server, agent] of [
      ['https://127.0.0.1:1', new https.Agent()],
      ['http://127.0.0.1:1', new http.Agent()],
    ] as const) {
      const client = createClient(
        { server, agent, headers: {} },
        { namespace: 'x', context: undefined },
        new AbortController().signal,
      );
      const ask = () => client.request({ method: 'GET', path: '/x' });
      expect((await told(throwIfNoCluster(client, ask))).reason).toContain('the kubeconfig points at');
      expect((await told(throwIfNoCluster(client, ask, { server }))).reason).toContain('--server is not');
      client.close();
    }
  });
});

describe('other ends', () => {
  test('no trouble: what the work gave', async () => {
    expect(await withTrouble(undefined, { server: SERVER })).toBe('worked');
  });

  test('no trouble: what the work threw', async () => {
    const client = { trouble: () => undefined, description: { server: SERVER, context: undefined } };
    const work = () => Promise.reject(new Error('its own'));
    await expect(throwIfNoCluster(client, work)).rejects.toThrow('its own');
  });

  test('a login that is not accepted', async () => {
    expect(await told(withTrouble({ kind: 'unauthenticated', message: 'token expired' }))).toMatchObject({
      code: 'not-authenticated',
      reason: expect.stringContaining('token expired'),
    });
  });
});
