/** The kubelet's readiness probes, made from the node's own network namespace; messages as the kubelet words them. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createConnection } from 'node:net';
import { joinHostPort } from '../families.ts';
import type { ProbeResult, ProbeSpec } from './protocol.ts';

const problem = (error: Error & { readonly code?: string }, target: string): string => {
  switch (error.code) {
    case 'ECONNREFUSED':
      return `dial tcp ${target}: connect: connection refused`;
    case 'ECONNRESET':
      return `read tcp ${target}: read: connection reset by peer`;
    case 'EHOSTUNREACH':
      return `dial tcp ${target}: connect: no route to host`;
    case 'ENETUNREACH':
      return `dial tcp ${target}: connect: network is unreachable`;
    default:
      return error.message;
  }
};

const TIMED_OUT = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

const tcp = (spec: ProbeSpec): Promise<ProbeResult> =>
  new Promise((resolve) => {
    const target = joinHostPort(spec.host, spec.port);
    const socket = createConnection({ host: spec.host, port: spec.port });
    const finish = (result: ProbeResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(spec.timeoutMs, () =>
      finish({ ok: false, message: `dial tcp ${target}: i/o timeout` }),
    );
    socket.once('connect', () => finish({ ok: true }));
    socket.once('error', (error) => finish({ ok: false, message: problem(error, target) }));
  });

const http = (spec: ProbeSpec): Promise<ProbeResult> =>
  new Promise((resolve) => {
    const target = joinHostPort(spec.host, spec.port);
    const url = `${spec.kind}://${target}${spec.path}`;
    const fail = (message: string) => resolve({ ok: false, message: `Get "${url}": ${message}` });
    const request = (spec.kind === 'https' ? httpsRequest : httpRequest)(
      url,
      // The kubelet does not check certificates, and follows no proxy.
      {
        headers: { 'User-Agent': 'kube-probe/1.36', ...spec.headers },
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 400) resolve({ ok: true });
        else resolve({ ok: false, message: `HTTP probe failed with statuscode: ${status}` });
      },
    );
    const timer = setTimeout(() => {
      fail(TIMED_OUT);
      request.destroy();
    }, spec.timeoutMs);
    request.on('close', () => clearTimeout(timer));
    request.on('error', (error) => fail(problem(error, target)));
    request.end();
  });

export const probe = (spec: ProbeSpec): Promise<ProbeResult> =>
  spec.kind === 'tcp' ? tcp(spec) : http(spec);
