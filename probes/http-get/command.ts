/** curl, and the shell around it that keeps the beginning of an error's body and nothing of any other. */
import type { HttpGetQuestion } from './question.ts';

/** Bytes of an error's body that are shown: the texts that proxies and meshes answer with are shorter. */
const SHOWN = 512;
/**
 * Bytes of any body that are read. Enough for a path that loses large packets to stall; curl's own `--max-filesize` would not do: it
 * reads nothing of a longer body that is announced, and before 8.4 all of one that is not.
 */
const READ = 65_536;

/**
 * POSIX sh, constant but for its limit in whole seconds. curl writes the answer (`-i`: with its headers) into a pipe, and `show` reads that: the header lines, then of
 * a body whose status is 400 or above the first bytes, each line after `| `, then the rest without keeping it. It then closes the
 * pipe, which ends an endless body at once with curl's exit 23. Nothing of a success's body is printed.
 *
 * The pipe is curl's descriptor 0, because timeout(1) of BusyBox leaves a watcher behind that would hold any other open. That
 * timeout ends a curl that waits for its resolver: the runner's own would end the shell, and curl would go on.
 *
 * All of this takes about 10 ms more than curl alone, and an endless body 50 ms in place of curl's five seconds.
 *
 * curl's report comes last and whole, whatever the body did. Only the first certificate in it is kept, without its PEM: a chain would
 * be longer than all else, and could be longer than the runner takes.
 */
export const scriptOf = (limitSeconds: number): string =>
  `
show() {
code=;
while IFS="$blank" read -r first second rest; do
case $code:$first in :HTTP/*) code=$second ;; 1??:) code= ;; ???:) break ;; esac;
done;
case $code in [4-9]??) head -c ${SHOWN} | tr -d '\\000' | sed 's/^/| /'; echo ;; esac >&5;
head -c ${READ} >/dev/null;
};
blank=$(printf ' \\r');
exec 5>&1;
if command -v timeout >/dev/null; then set -- timeout ${limitSeconds} "$@"; fi;
out=$({ { "$@" 0>&1 >&4 4>&- 5>&-; echo ":$?" >&4; } | show 4>&-; } 4>&1 >&5);
code=\${out##*:};
out=\${out%:*};
case $out in *-----BEGIN*-----END*)
out="\${out%%-----BEGIN*}\${out##*-----END CERTIFICATE-----}" ;;
esac;
printf '%s' "$out";
exit "$code"
`
    .trim()
    .replaceAll('\n', ' ');

/** Seconds for the connection, name and all; the whole may take two more. */
const PATIENCE_SECONDS = 3;
export const maxSeconds = (patienceSeconds = PATIENCE_SECONDS): number => patienceSeconds + 2;

const connectTo = ({ address, port }: NonNullable<HttpGetQuestion['connectTo']>): string =>
  `::${address.includes(':') ? `[${address}]` : address}:${port ?? ''}`;

// `-q` keeps ~/.curlrc out and must come first; `--noproxy *` keeps the environment's proxies out, and any other value its no_proxy.
export const commandOf = (
  { url, insecure, family, connectTo: to, proxy, hostHeader }: HttpGetQuestion,
  patienceSeconds = PATIENCE_SECONDS,
): readonly string[] => [
  'sh',
  '-c',
  scriptOf(maxSeconds(patienceSeconds) + 1),
  'http-get',
  'curl',
  '-q',
  '-sS',
  '-v',
  '-i',
  '--globoff',
  '--proto',
  '=http,https',
  '--noproxy',
  ...(proxy === undefined ? ['*'] : ['none.invalid', '--suppress-connect-headers', '--proxy', proxy]),
  '--connect-timeout',
  String(patienceSeconds),
  '--max-time',
  String(maxSeconds(patienceSeconds)),
  ...(insecure === true ? ['--insecure'] : []),
  ...(family === undefined ? [] : [family === 'ipv4' ? '-4' : '-6']),
  ...(to === undefined ? [] : ['--connect-to', connectTo(to)]),
  ...(hostHeader === undefined ? [] : ['-H', `Host: ${hostHeader}`]),
  '-o',
  '/proc/self/fd/0',
  '-w',
  // curl itself turns the two characters into a newline.
  '%{json}\\n',
  '--',
  url,
];
