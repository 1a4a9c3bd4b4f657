/** "The internet": a web server on 80, 8080 and (TLS) 443 of every address, and the DNS server that the cluster forwards to. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type Answer, RECURSION_AVAILABLE } from 'dns-packet';
import { responseTo, startDnsServer } from './dns-server.ts';

export interface InternetInput {
  readonly key: string;
  readonly certificate: string;
  /** Name to addresses. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Addresses on which DNS is served. */
  readonly nameservers: readonly string[];
}

const NXDOMAIN = 3;

const serve = async (input: InternetInput) => {
  const answer = (_request: unknown, response: { end: (body: string) => unknown }) => response.end('ok\n');
  const listening = (server: ReturnType<typeof createServer>, port: number) =>
    new Promise<void>((resolve) => server.listen(port, () => resolve()));
  await Promise.all([
    ...[80, 8080].map((port) => listening(createServer(answer), port)),
    listening(createTlsServer({ key: input.key, cert: input.certificate }, answer), 443),
    ...input.nameservers.map((address) =>
      startDnsServer(address, 53, async (query) => {
        const question = query.questions?.[0];
        const name = (question?.name ?? '').toLowerCase().replace(/\.$/, '');
        const known = Object.keys(input.names);
        const found = input.names[name];
        if (found === undefined) {
          // A name above a known one exists without data of its own.
          const rcode = known.some((candidate) => candidate.endsWith(`.${name}`)) ? 0 : NXDOMAIN;
          const authorities: Answer[] = [
            {
              type: 'SOA',
              name: '.',
              ttl: 30,
              data: {
                mname: 'a.root-servers.net',
                rname: 'nstld.verisign-grs.com',
                serial: 1,
                refresh: 1800,
                retry: 900,
                expire: 604800,
                minimum: 86400,
              },
            },
          ];
          return { ...responseTo(query, rcode, RECURSION_AVAILABLE), authorities };
        }
        const answers = found
          .filter((target) => question?.type === (target.includes(':') ? 'AAAA' : 'A'))
          .map(
            (target): Answer => ({ type: target.includes(':') ? 'AAAA' : 'A', name, ttl: 300, data: target }),
          );
        return { ...responseTo(query, 0, RECURSION_AVAILABLE), answers };
      }),
    ),
  ]);
  process.send?.({ listening: true });
};

process.once('message', (input: InternetInput) => void serve(input));
