/**
 * sh -c SCRIPT netcheck HOST MTU FAMILY: the largest packet that comes back from HOST unfragmented. MTU: what is tried first where the
 * outgoing link's own cannot be read. FAMILY: -4, -6, or -n for ping's own choice. POSIX sh, constant, no files.
 *
 * It sends 56 bytes first, and stops where they do not come back; then what fills the link (or the route's own MTU), and is done where that
 * comes back: two pings on a healthy path. Otherwise it tries the size that it was told ("Frag needed"), and where nobody tells, it
 * halves what is between the largest that came back and the smallest that did not, six times; then it asks both ends once more, because
 * a ping may be lost for other reasons. Each step is a second at the most: ping sends again within it until an answer or an error comes.
 */
import { oneLine } from '../shared/script.ts';

/** The MTUs that most paths have: Ethernet, and the least of IPv6. Tried before halves. */
const COMMON = [1500, 1280] as const;

const SOURCE = `
set -f;
host=$1; mtu=$2; family=$3;
step() {
  echo "== ping $1";
  out=$(ping -n "$family" -M do -c 1 -i 0.3 -w 1 -s "$1" "$host" 2>&1);
  code=$?;
  printf '%s\\n' "$out";
  echo "== exit $code";
  return $code;
};
# after WORD TEXT: what follows the word in the text, in $found.
after() {
  found=; last=;
  for word in $2; do
    if [ "$last" = "$1" ] && [ "$word" != lock ]; then found=$word; return 0; fi;
    if [ "$word" != lock ]; then last=$word; fi;
  done;
  return 1;
};
route() {
  echo '== route';
  out=$(ip -o route get "$host" 2>&1);
  code=$?;
  printf '%s\\n' "$out";
  echo "== exit $code";
  return $code;
};
# told: the size that the last output tells of, in $told; 1 where the ping failed for a reason that is not its size.
told() {
  told=0;
  case $out in
    *'mtu = '*) told=\${out##*mtu = } ;;
    *'mtu='*) told=\${out##*mtu=} ;;
    *'mtu: '*) told=\${out##*mtu: } ;;
    *[Mm]'essage too l'*) if route && after mtu "$out"; then told=$found; fi ;;
    *' icmp_seq='*) return 1 ;;
  esac;
  told=\${told%%[!0-9]*};
  told=$((\${told:-0}));
  return 0;
};
payload() {
  size=$(( $1 - head ));
  if [ $size -gt 65507 ]; then size=65507; fi;
};
search() {
  count=0; low=$((56 + head)); high=$limit;
  while [ $count -lt 6 ]; do
    count=$((count + 1)); next=$(( (low + high) / 2 ));
    if [ $low -lt ${COMMON[1]} ] && [ $high -gt ${COMMON[1]} ]; then next=${COMMON[1]}; fi;
    if [ $low -lt ${COMMON[0]} ] && [ $high -gt ${COMMON[0]} ]; then next=${COMMON[0]}; fi;
    if [ $told -gt $low ] && [ $told -lt $high ]; then next=$told; fi;
    if [ $next -le $low ]; then break; fi;
    payload $next;
    if step $size; then
      low=$next;
      if [ $next -eq $told ]; then return 0; fi;
    else
      high=$next;
      told || return 0;
    fi;
  done;
  payload $high;
  step $size || step 56;
};
measure() {
  step 56 || return 0;
  found=\${out#*\\(}; found=\${found%%)*};
  case $found in
    *[!0-9A-Fa-f:.]*|'') ;;
    *) host=$found ;;
  esac;
  case $host in
    *:*) head=48 ;;
    *) head=28 ;;
  esac;
  limit=$mtu;
  if route; then
    set=0;
    if after mtu "$out"; then set=$found; fi;
    if after dev "$out"; then
      dev=$found; link=;
      if after mtu "$(ip -o link show dev "$dev" 2>/dev/null)"; then
        link=$found;
      elif [ -r "/sys/class/net/$dev/mtu" ]; then
        read -r link <"/sys/class/net/$dev/mtu";
      fi;
      case $link in
        *[!0-9]*|'') ;;
        *) limit=$link; echo "== link $dev $link" ;;
      esac;
    fi;
    case $set in
      *[!0-9]*|''|0) ;;
      *) if [ $set -lt $limit ]; then limit=$set; fi ;;
    esac;
  fi;
  payload $limit;
  if step $size; then return 0; fi;
  told || return 0;
  search;
};
measure;
echo '== end'
`;

export const SCRIPT = oneLine(SOURCE);
