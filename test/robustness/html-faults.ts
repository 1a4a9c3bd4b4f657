/** What of a page is not ours: elements, attributes, links. Through a parser that reads HTML as browsers do. */
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';

type Node =
  | DefaultTreeAdapterTypes.ChildNode
  | DefaultTreeAdapterTypes.Document
  | DefaultTreeAdapterTypes.DocumentFragment;

export interface Page {
  readonly elements: readonly DefaultTreeAdapterTypes.Element[];
  /** Text that stands in no <code>. */
  readonly prose: string;
  readonly errors: readonly string[];
}

export const readPage = (html: string, whole: 'page' | 'fragment'): Page => {
  const errors: string[] = [];
  const options = { onParseError: ({ code }: { readonly code: string }) => void errors.push(code) };
  const elements: DefaultTreeAdapterTypes.Element[] = [];
  const prose: string[] = [];
  const walk = (node: Node, inCode: boolean): void => {
    if ('value' in node && !inCode) prose.push(node.value);
    if (node.nodeName === '#comment') errors.push('a comment');
    const isElement = 'tagName' in node;
    if (isElement) elements.push(node);
    if (!('childNodes' in node)) return;
    const isCode = inCode || (isElement && (node.tagName === 'code' || node.tagName === 'style'));
    for (const child of node.childNodes) walk(child, isCode);
  };
  walk(whole === 'page' ? parse(html, options) : parseFragment(html, options), false);
  return { elements, prose: prose.join(' '), errors };
};

/** `allowed`: the elements, each with the attributes that it may have. */
export const strangers = (
  { elements }: Page,
  allowed: Readonly<Record<string, readonly string[]>>,
): readonly string[] =>
  elements.flatMap(({ tagName, attrs }) => {
    const own = Object.hasOwn(allowed, tagName) ? allowed[tagName] : undefined;
    if (own === undefined) return [`<${tagName}>`];
    return attrs.filter(({ name }) => !own.includes(name)).map(({ name }) => `<${tagName} ${name}>`);
  });

export const countOf = ({ elements }: Page, tag: string): number =>
  elements.filter(({ tagName }) => tagName === tag).length;
