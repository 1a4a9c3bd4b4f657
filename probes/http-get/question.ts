/** What may be asked: a URL, and how to get there. What curl could take for something else is refused here. */
import * as z from 'zod/mini';

/** Whitespace and control characters end a line or a word somewhere on the way, and stand in no URL. */
const UNPRINTABLE = /[\s\p{Cc}]/u;
/** `[::1]`, a name or an IPv4 address, with or without a port; cannot begin with a dash. */
const HOST_HEADER = /^(?:\[[\da-fA-F:.]{2,45}\]|[\da-zA-Z_](?:[\w.-]{0,252}\w)?\.?)(?::\d{1,5})?$/;

const urlOf = (text: string): URL | undefined => URL.parse(text) ?? undefined;

/** Credentials would end up in the pod's spec, in its log and in the report. */
const isPlain = (text: string): boolean => {
  const url = urlOf(text);
  return url !== undefined && url.username === '' && url.password === '' && !UNPRINTABLE.test(text);
};

/** The family of a URL whose host is an address. */
const literalFamily = (text: string): 'ipv4' | 'ipv6' | undefined => {
  const host = urlOf(text)?.hostname ?? '';
  if (host.startsWith('[')) return 'ipv6';
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) ? 'ipv4' : undefined;
};

const httpUrl = (scheme: RegExp, what: string) =>
  z.string().check(
    z.maxLength(4096),
    z.refine((text) => scheme.test(text), `is no ${what} URL`),
    z.refine(isPlain, 'is no URL, carries a user name, or holds a control character'),
  );

export const question = z
  .object({
    /** http: or https: only, without a user name. */
    url: httpUrl(/^https?:\/\//i, 'http or https'),
    /** Accept any certificate: where only reachability is asked. */
    insecure: z.optional(z.boolean()),
    /** Only addresses of this family: of the host's, or of the proxy's where one is asked. */
    family: z.optional(z.enum(['ipv4', 'ipv6'])),
    /** Where to connect to in place of the URL's host (and port); Host header, SNI and certificate check keep the URL's name. */
    connectTo: z.optional(
      z.object({
        address: z.union([z.ipv4(), z.ipv6()]),
        port: z.optional(z.int().check(z.minimum(1), z.maximum(65_535))),
      }),
    ),
    /** An HTTP proxy, without a user name: the way that the app takes, against the direct one. */
    proxy: z.optional(httpUrl(/^http:\/\//i, 'http')),
    /** The Host header, where it is not the URL's host. SNI stays the URL's. */
    hostHeader: z.optional(z.string().check(z.regex(HOST_HEADER, 'is no host'))),
  })
  .check(
    z.refine(
      ({ connectTo, proxy }) => connectTo === undefined || proxy === undefined,
      'connectTo and proxy exclude each other',
    ),
    z.refine(({ url, family, connectTo, proxy }) => {
      if (family === undefined) return true;
      // curl 7 takes an address of the other family for a name that does not exist, curl 8 connects all the same.
      const literal =
        connectTo === undefined
          ? literalFamily(proxy ?? url)
          : connectTo.address.includes(':')
            ? 'ipv6'
            : 'ipv4';
      return literal === undefined || literal === family;
    }, 'the address is not of that family'),
  );
export type HttpGetQuestion = z.infer<typeof question>;
