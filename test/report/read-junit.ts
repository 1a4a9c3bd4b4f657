/** A JUnit file as a CI system reads it, through a parser that takes nothing but well-formed XML. */
import { SaxesParser } from 'saxes';

export interface JunitCase {
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly text: string;
}

export interface Junit {
  /** Names of all elements, in order. */
  readonly elements: readonly string[];
  /** `testsuite name`, each pair of element and attribute. */
  readonly attributeNames: readonly string[];
  /** Of the root. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly cases: readonly JunitCase[];
}

/** Throws where the text is not well-formed. */
export const readJunit = (xml: string): Junit => {
  const elements: string[] = [];
  const attributeNames: string[] = [];
  const cases: { name: string; outcome: JunitCase['outcome']; text: string }[] = [];
  let attributes: Record<string, string> | undefined;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  const refuse = (what: string) => () => {
    throw new Error(`a ${what} in a JUnit file`);
  };
  parser.on('comment', refuse('comment'));
  parser.on('cdata', refuse('CDATA section'));
  parser.on('doctype', refuse('document type'));
  parser.on('processinginstruction', refuse('processing instruction'));
  parser.on('text', (text) => {
    const open = cases.at(-1);
    if (open !== undefined) open.text += text;
  });
  parser.on('opentag', ({ name, attributes: own }) => {
    elements.push(name);
    attributeNames.push(...Object.keys(own).map((attribute) => `${name} ${attribute}`));
    attributes ??= own as Record<string, string>;
    if (name === 'testcase') cases.push({ name: String(own.name), outcome: 'passed', text: '' });
    const open = cases.at(-1);
    if (open !== undefined && (name === 'failure' || name === 'error' || name === 'skipped')) {
      open.outcome = name;
      open.text += String(own.message);
    }
  });
  parser.write(xml).close();
  return { elements, attributeNames, attributes: attributes ?? {}, cases };
};
