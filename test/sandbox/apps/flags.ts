/** Arguments as Go's flag package reads them: `-name value`, `-name=value`, `-switch`. */

export interface AppFlags {
  /** Address to listen on, `:8080`, `127.0.0.1:8080` or `[::1]:8080`; `none`: nothing listens. */
  readonly http: string;
  /** Listen on this address only, whatever `http` says before its colon. */
  readonly bind: string;
  readonly status: number;
  /** Further header lines, `server: envoy`; the option may be given several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Answered in place of a greeting; empty: nothing but headers. */
  readonly body: string | undefined;
  /** Bytes that are added to the body. */
  readonly size: number;
  /** Pause before the answer, milliseconds. */
  readonly delayMs: number;
  readonly tls: boolean;
  /** Days that the certificate is still valid; negative: expired so many days ago. */
  readonly days: number;
  /** The names in the certificate, commas between; the first is its subject. */
  readonly certName: string;
  /** Name of an authority that signs the certificate, and that nobody else knows; empty: it is self-signed. */
  readonly issuer: string;
  /** Clients have to show a certificate, and nobody has the one that would do. */
  readonly clientCert: boolean;
  /** Accept connections and never answer. */
  readonly silent: boolean;
  /** Accept, and reset on the first byte. */
  readonly reset: boolean;
  /** Accept, read the request, close without a byte. */
  readonly empty: boolean;
  /** Promise more bytes than are sent, then close. */
  readonly cut: boolean;
  /** Address of a UDP server beside the other, `:5000`: it sends back what it gets, or nothing with `silent`. Empty: there is none. */
  readonly udp: string;
  /** A bare TCP server that keeps connections open and sends back what it gets. */
  readonly tcp: boolean;
  /** End with this exit code, `afterMs` after the start. */
  readonly exit: number | undefined;
  readonly afterMs: number;
}

const SWITCHES = new Set(['tls', 'client-cert', 'silent', 'reset', 'empty', 'cut', 'tcp']);
const OPTIONS = new Set([
  'http',
  'udp',
  'bind',
  'status',
  'header',
  'body',
  'size',
  'delay',
  'days',
  'cert-name',
  'issuer',
  'exit',
  'after',
]);

/** `3s`, `250ms`, `1m` in milliseconds. Throws on anything else. */
export const milliseconds = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text);
  if (match === null) throw new Error(`invalid duration "${text}"`);
  const unit = { ms: 1, s: 1000, m: 60_000 }[match[2] ?? 's'] ?? 1000;
  return Number(match[1]) * unit;
};

/** Throws with the runtime's words on a flag that is not known. */
export const parseFlags = (args: readonly string[]): AppFlags => {
  const given = new Map<string, string>();
  const headers: (readonly [string, string])[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const match = /^--?([a-z-]+)(?:=(.*))?$/s.exec(args[i] ?? '');
    const [, name = '', inline] = match ?? [];
    if (SWITCHES.has(name)) given.set(name, inline ?? 'true');
    else if (OPTIONS.has(name)) {
      if (inline === undefined) i += 1;
      const value = inline ?? args[i] ?? '';
      const [, header = '', content = ''] = /^([^:]+):\s*(.*)$/.exec(value) ?? [];
      if (name === 'header') headers.push([header, content]);
      given.set(name, value);
    } else throw new Error(`flag provided but not defined: ${args[i]}`);
  }
  const on = (name: string) => given.get(name) === 'true';
  const exit = given.get('exit');
  return {
    http: given.get('http') ?? ':8080',
    udp: given.get('udp') ?? '',
    bind: given.get('bind') ?? '',
    status: Number(given.get('status') ?? 200),
    headers,
    body: given.get('body'),
    size: Number(given.get('size') ?? 0),
    delayMs: milliseconds(given.get('delay') ?? '0s'),
    tls: on('tls'),
    days: Number(given.get('days') ?? 30),
    certName: given.get('cert-name') ?? 'app.lab',
    issuer: given.get('issuer') ?? '',
    clientCert: on('client-cert'),
    silent: on('silent'),
    reset: on('reset'),
    empty: on('empty'),
    cut: on('cut'),
    tcp: on('tcp'),
    exit: exit === undefined ? undefined : Number(exit),
    afterMs: milliseconds(given.get('after') ?? '0s'),
  };
};
