/**
 * Prints a line for each tool that is there, `NAME STATUS TEXT`, and `end`. POSIX sh, constant, on one line. Each tool is started once,
 * in a way that sends nothing: BusyBox's applets answer an option that they do not know with their usage, which names the release.
 * TEXT is the first line with a digit in it: some print a warning first, and nc has its version in its usage alone.
 */
const ARGUMENTS = {
  curl: '-V',
  nslookup: '-version',
  dig: '-v',
  nc: '-h',
  ping: '-V',
  ip: '-V',
  ss: '-V',
  busybox: '',
} as const;

/** The tools that are looked for. */
export const TOOLS = ['curl', 'nslookup', 'dig', 'nc', 'ping', 'ip', 'ss', 'busybox'] as const;

const ASKS = TOOLS.map((tool) => `ask ${tool} ${ARGUMENTS[tool]};`).join('\n');

const SOURCE = `
ask() {
  command -v "$1" >/dev/null 2>&1 || return 0;
  text=$("$@" 2>&1 </dev/null);
  code=$?;
  for n in 1 2 3 4 5 6; do
    line=\${text%%[[:cntrl:]]*};
    case $line in *[0-9]*) break ;; esac;
    case $text in "$line") break ;; esac;
    text=\${text#"$line"?};
  done;
  printf '%s %s %s\\n' "$1" "$code" "$line";
};
${ASKS}
echo end
`;

export const SCRIPT = SOURCE.trim().replace(/\n */g, ' ');
