/**
 * sh -c SCRIPT netcheck HOST PORT HEX FAMILY: sends the bytes HEX as one datagram and counts what comes back. FAMILY: ipv4, ipv6 or any.
 * POSIX sh, constant, no files.
 *
 * nc first, because it ends with the first answer; but it keeps errors to itself. Where it hears nothing within a second, socat asks
 * again for another second, if the image has it: it says what the kernel was told. `shut-none`: or else socat 1.8 sends a datagram without a
 * byte at the end. dd puts together again what bash writes line by line, where there is a newline in the bytes.
 */
import { oneLine } from '../shared/script.ts';

const SOURCE = `
set -f;
host=$1; port=$2; hex=$3; family=$4; bytes=; count=0;
while [ "$hex" ]; do
  pair=\${hex%"\${hex#??}"}; hex=\${hex#??}; n=$((0x$pair));
  bytes=$bytes\\\\0$((n / 64))$((n / 8 % 8))$((n % 8));
done;
exec 3>&1;
join() {
  if command -v dd >/dev/null 2>&1; then dd obs=1024 2>/dev/null; else cat; fi;
};
# now: hundredths of a second since boot in $t; 0: not known.
now() {
  t=0;
  if read -r t rest 2>/dev/null </proc/uptime; then t=\${t%.*}\${t#*.}; t=\${t#0}; t=\${t#0}; fi;
};
# exchange TOOL...: its answer is counted, what it says stands in between, and how long it took is told.
exchange() {
  echo "== $1";
  now; from=$t;
  count=$( { printf '%b' "$bytes" | join | "$@" 2>&3 3>&-; echo "== exit $?" >&3; } | wc -c );
  count=$((count));
  now; took=$((t - from));
  if [ $t -eq 0 ]; then took=-1; fi;
  echo "== bytes $1 $count $took";
};
option=; kind=UDP4; recverr=ip-recverr; target=$host;
case $family in
  ipv4) option=-4 ;;
  ipv6) option=-6; kind=UDP6 ;;
esac;
case $host in *:*) kind=UDP6; target=[$host] ;; esac;
if [ $kind = UDP6 ]; then recverr=ipv6-recverr; fi;
limit=;
case $(nc -h 2>&1 </dev/null) in *'W recvlimit'*) limit='-W 1' ;; esac;
exchange nc -u $option -w 1 $limit "$host" "$port";
if [ $count -eq 0 ] && command -v socat >/dev/null 2>&1; then
  case $host in
    *[!0-9A-Za-z._:%-]*) ;;
    *) exchange socat -t 1 - "$kind:$target:$port,$recverr=1,shut-none" ;;
  esac;
fi;
echo '== end'
`;

export const SCRIPT = oneLine(SOURCE);
