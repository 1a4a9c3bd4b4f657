/**
 * The script that runs in the debug container: constant, POSIX sh (ash, dash and bash alike), no files but the termination log.
 * Arguments: nonce, total seconds, parallel, then for each ask: id, limit in seconds, number of arguments, arguments.
 */

/** Bytes kept of each stream; what is longer is cut, and says so. curl -v prints on stderr. */
export const STDOUT_LIMIT = 32_768;
export const STDERR_LIMIT = 16_384;
/** Of a record's line: under PIPE_BUF, so that each is one write and two writers never mix within it. */
export const CHUNK = 1_900;

export const RUNNER_SCRIPT = `
N=$1 T=$2 P=$3; shift 3
unset http_proxy https_proxy all_proxy no_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY LANG LANGUAGE
export LC_ALL=C
exec 5>&1
clock() { now=; read -r now _ </proc/uptime && now=\${now%.*}\${now#*.}; } 2>/dev/null
clock; zero=$now
# A stream as base64, at most one byte more than the limit: that byte says that it was cut. The rest is drained, lest SIGPIPE ends the tool.
encode() { e=$({ head -c "$1"; cat >/dev/null; } | base64 | tr -d '\\n'); printf '%s,' "$e"; }
emit() {
  sum=$(printf %s "$2" | sha256sum)
  printf '%s%s\\n' "$2" "\${sum%% *}" | fold -w ${CHUNK} | {
    i=0; read -r a
    while read -r b; do printf 'NC1|%s|%s|%s|+|%s~\\n' "$N" "$1" $i "$a"; i=$((i + 1)); a=$b; done
    printf 'NC1|%s|%s|%s|.|%s~\\n' "$N" "$1" $i "$a"
  } >&5
}
if command -v timeout >/dev/null 2>&1; then limit() { timeout -k 1 "$@"; }; else limit() { shift; "$@"; }; fi
ask() {
  n=$1 id=$2 l=$3 c=$4; shift 4
  for a; do shift; [ $c -gt 0 ] && { set -- "$@" "$a"; c=$((c - 1)); }; done
  clock; s=$now
  r=$({ { { limit "$l" "$@" </dev/null 2>&3 3>&- 4>&- 5>&-; printf '%s,' $? >&4; } | encode ${STDOUT_LIMIT + 1} >&4; } 3>&1 | encode ${STDERR_LIMIT + 1}; } 4>&1)
  clock; d=
  [ -n "$zero" ] && [ -n "$now" ] && d=$((now - s)) s=$((s - zero))
  emit "$n" "$(printf %s "$id" | base64 | tr -d '\\n'),$s,$d,$r"
}
worker() {
  w=$1; shift; k=0
  while [ $# -gt 0 ]; do
    [ $((k % P)) = $w ] && ( ask $k "$@" )
    shift $((3 + $3)); k=$((k + 1))
  done
}
end() { emit e "$1,"; printf 'netcheck: %s\\n' "$1" >/dev/termination-log; } 2>/dev/null
over() {
  trap '' TERM INT
  end deadline
  # As PID 1 our exit ends everything; elsewhere our own group is asked to, where it is ours.
  read -r _ _ _ _ g _ </proc/$$/stat 2>/dev/null && [ "$g" = $$ ] && kill -TERM 0
  exit 124
}
trap over TERM INT
emit b "$P,"
( sleep "$T" & s=$!; trap 'kill $s 2>/dev/null; exit' TERM; wait $s && kill -TERM $$ ) 5>&- >/dev/null 2>&1 & dog=$!
w=0 pids=
while [ $w -lt "$P" ] && [ $w -lt $# ]; do worker $w "$@" & pids="$pids $!"; w=$((w + 1)); done
wait $pids
trap '' TERM INT
kill $dog 2>/dev/null
end complete
exit 0
`.trim();
