/** When the API server's certificate holds: asked only where that is why it was not trusted. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Validity } from './kubeconfig/validity.ts';

const PATIENCE_MS = 1_500;

/** A handshake and nothing more: no credentials, no request. Never throws. */
export const serverCertificate = (server: string): Promise<Pick<Validity, 'from' | 'to'> | undefined> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(server);
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      // It is not trusted: that is what is looked into.
      rejectUnauthorized: false,
    });
    const end = (value: Pick<Validity, 'from' | 'to'> | undefined) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(PATIENCE_MS, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('secureConnect', () => {
      const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
      end(from === undefined || to === undefined ? undefined : { from: new Date(from), to: new Date(to) });
    });
  });
