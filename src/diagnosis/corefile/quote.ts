/** Words of a Corefile in sentences. They come from outside: of any length, with any characters. */

const SHOWN = 60;

const cut = (text: string): string => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`);

/** `"word"`, in one line, cut where it gets long. */
export const quote = (text: string): string => `"${cut(text)}"`.replaceAll('\n', ' ');

/** The same without the quotes, for what is hardly mistaken: zones, files. */
export const brief = (text: string): string => cut(text).replaceAll('\n', ' ');
