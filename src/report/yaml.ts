/** `-o yaml`, `--report yaml=FILE`: what the JSON holds, as YAML 1.2 that readers of 1.1 take for the same. */
import { type Document, dump, SCALAR_STYLE, visit } from 'js-yaml';
import { needsEscapes, visibleYaml } from './safe.ts';

/** js-yaml by itself shows bidirectional controls, zero-width characters and tags as they are. */
const quoteWhatIsUnsafe = (documents: Document[]): void =>
  visit(documents, (node) => {
    if (node.kind === 'scalar' && needsEscapes(node.value)) node.style = SCALAR_STYLE.DOUBLE_QUOTED;
  });

/** Halves of surrogate pairs become U+FFFD: YAML has no form for them that each reader takes. */
const wellFormed = (json: string): unknown =>
  JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value));

/** Of anything that JSON can hold. */
export const renderYaml = (value: unknown): string =>
  visibleYaml(
    dump(wellFormed(JSON.stringify(value)), {
      noRefs: true,
      lineWidth: -1,
      transform: quoteWhatIsUnsafe,
    }),
  );
