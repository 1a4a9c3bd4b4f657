/** Text in XML 1.0, which has no form at all for most control characters: they are made visible first. */
import { visible } from '../safe.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For content and for attributes in either kind of quotes. */
export const xmlText = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
