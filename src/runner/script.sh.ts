/**
 * The program of the debug container: POSIX sh, constant, the same under busybox ash, dash and bash. Data reach it only as
 * positional arguments (layout: command.ts); nothing is pasted or evaluated, and no file is made.
 *
 * The lines that it prints are described in wire.ts. It needs `od`; it does with less where `timeout`, `sleep` or /proc is
 * missing, and says so in its first line.
 *
 * The kubelet rewrites `$$` and `$(NAME)` in a container's command. The script therefore never says `$$` (it reads its pid
 * from /proc), and no `$(…)` in it can be the name of a variable: it is the same before and after.
 */
import { CHUNK_DIGITS, STDERR_LIMIT, STDOUT_LIMIT, SUM_FACTOR, SUM_MODULUS } from './wire.ts';

/** The script's own name (`$0`) where it is all that its container is for. */
export const OWN_CONTAINER = 'netcheck';

const SOURCE = `
# line ID KIND NUMBER...: prints what stands in $hex (its sum so far is $h) with the numbers, in one write.
line() {
  id=$1; shift
  for n do h=$(( (h * ${SUM_FACTOR} + n) % ${SUM_MODULUS} )); done
  text="NC1|$nonce|$id|$*|$hex|$h~"
  echo "$text"
}
# now: hundredths of a second since boot in $t.
now() {
  t=0
  if read -r t n </proc/uptime; then t=\${t%.*}\${t#*.}; t=\${t#0}; t=\${t#0}; fi
}
# stream ID SEED KIND LIMIT: prints its input as hexadecimal, and one byte more than LIMIT where there is more.
stream() {
  hex= h=$2 seq=0 size=
  dump=$(od -v -t x4 -N $(( $4 + 1 ))) || exit 1
  for w in $dump; do
    case $w in
    ????????)
      h=$(( (h * ${SUM_FACTOR} + 0x$w) % ${SUM_MODULUS} )) hex=$hex$w
      case \${#hex} in ${CHUNK_DIGITS})
        line "$1" $3 $seq $order 0; hex= h=$2 seq=$((seq + 1)) ;;
      esac ;;
    *) size=$((0$w)) ;;
    esac
  done
  line "$1" $3 $seq $order $((size + 1))
  # Read on, so that the tool is not ended by SIGPIPE.
  if [ $size -gt $4 ]; then exec cat >/dev/null; fi
}
# run ID SEED LIMIT ARGC ARGV... REST...: runs ARGV; its stdout goes to 3, its stderr to 1, the line of its exit to 4.
run() {
  id=$1 seed=$2 limit=$3 left=$4; shift 4
  rest=$(( $# - left ))
  while [ $left -gt 0 ]; do set -- "$@" "$1"; shift; left=$((left - 1)); done
  shift $rest
  now; from=$t
  if [ $guardless -eq 0 ]; then set -- timeout -k 1 $limit "$@"; fi
  # In a subshell: the redirections are the tool's alone, and words like "Killed" of the shell stay out of them.
  (exec "$@") </dev/null 2>&1 >&3 3>&- 4>&-
  code=$?
  now; took=$((t - from))
  # busybox's timeout has no status of its own: 124, as coreutils says, where the time was up.
  if [ $guardless -eq 0 ] && [ $code -eq 143 ] && [ $took -ge $((clock * (limit * 100 - 10))) ]; then code=124; fi
  hex= h=$seed
  line "$id" 1 $clock $((from - zero)) $took $code >&4
}
ask() {
  { run "$@" | stream "$1" $2 3 ${STDERR_LIMIT} >&4 3>&-; } 3>&1 | stream "$1" $2 2 ${STDOUT_LIMIT} >&4
}
# lane N ID SEED LIMIT ARGC ARGV...: every ask whose turn it is, one after the other.
lane() {
  turn=$1 failed=0; shift
  while [ $# -gt 0 ]; do
    if [ $turn -eq 0 ]; then ask "$@" || failed=1; turn=$lanes; fi
    turn=$((turn - 1))
    shift $((4 + $4))
  done
  exit $failed
}
# The lanes side by side; ends the watchdog when all are done, or when they could not be started.
crew() {
  # KILL: a TERM that came before its exec would be lost in the handler that it has from us.
  trap 'kill -KILL $dog' EXIT
  pids= failed=0 i=0
  while [ $i -lt $lanes ]; do
    # The slowest come first: a moment's lead, or they would wait for a processor behind all others.
    if [ $i -eq 3 ]; then sleep 0.03; fi
    lane $i "$@" & pids="$pids $!" i=$((i + 1))
  done
  for p in $pids; do wait $p || failed=1; done
  exit $failed
}
# Ends all that descends from this shell and nothing else: stops them until there are no new ones, then kills.
reap() {
  family= more=1
  if ! read -r me n </proc/self/stat; then return; fi
  while [ "$more" ]; do
    more=
    for f in /proc/[0-9]*/stat; do
      if ! read -r s <$f; then continue; fi
      p=\${f#/proc/}; p=\${p%/stat}; s=\${s##*) ?}; s=\${s# }; s=\${s%% *}
      case " $family " in *" $p "*) continue ;; esac
      case " $me $family " in *" $s "*) kill -STOP $p; family="$family $p" more=1 ;; esac
    done
  done
  if [ "$family" ]; then kill -KILL $family; fi
}
# finish REASON RECORDS STATUS NAME: the last line, to the log and the termination message.
finish() {
  exec 2>/dev/null
  trap '' TERM INT HUP
  if [ $1 -ne 0 ]; then reap; fi
  hex= h=$zeroth
  line '' 4 $1 $2
  # In the container of an app it is the app's.
  if [ "$0" = ${OWN_CONTAINER} ] && [ -w /dev/termination-log ]; then echo "netcheck: $4 $text" >/dev/termination-log; fi
  exit $3
}
nonce=$1 zeroth=$2 total=$3 lanes=$4 asks=$5; shift 5
trap 'finish 2 0 143 stopped' TERM INT HUP
IFS=' 	
'
LC_ALL=C HOME=/nonexistent CURL_HOME=/nonexistent
export LC_ALL HOME CURL_HOME
unset LANG LANGUAGE RES_OPTIONS LOCALDOMAIN HOSTALIASES
unset http_proxy https_proxy ftp_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY FTP_PROXY ALL_PROXY NO_PROXY
case $(printf '\\1\\0\\0\\0' | od -v -t x4 -N 5) in
*00000001*) order=0 ;;
*01000000*) order=1 ;;
*) echo 'netcheck: there is no od that works: results cannot be sent'; exit 69 ;;
esac
{
  guardless=1 dogless=1 clock=1
  if timeout -k 1 9 true; then guardless=0; fi
  if command -v sleep; then dogless=0; fi
  now; zero=$t
  if [ $zero -eq 0 ]; then clock=0; fi
} >/dev/null 2>&1
exec 4>&1
hex= h=$zeroth
line '' 0 1 $asks $guardless $dogless
sleep $total >/dev/null 2>&1 4>&- &
dog=$!
crew "$@" 2>/dev/null &
lot=$!
{ wait $dog; } 2>/dev/null
if [ $? -eq 0 ]; then finish 1 0 124 deadline; fi
wait $lot
finish 0 $(( $? ? 0 : asks )) 0 complete
`;

/** The script as it is sent: without its comments. */
export const SCRIPT = SOURCE.replace(/^ *#.*\n/gm, '').trimStart();
