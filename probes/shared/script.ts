/**
 * A shell script as one argument of one line. In the source, statements end in `;`, lines break where a blank may stand, and lines that
 * begin with `#` are for the reader. Scripts say neither `$` twice in a row nor a variable's name in `$(…)`: the kubelet rewrites both.
 */
export const oneLine = (source: string): string =>
  source
    .replace(/^ *#.*\n/gm, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
