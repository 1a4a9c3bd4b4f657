/** Every form of a report, with what is wrong in it: raw bytes, text that became structure, a document that does not parse. */
import { load } from 'js-yaml';
import { Marked } from 'marked';
import { parse as parseYaml } from 'yaml';
import type { Report } from '../../src/model/report.ts';
import { renderGithub } from '../../src/report/github.ts';
import { renderHtml } from '../../src/report/html.ts';
import { STYLE } from '../../src/report/html-style.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';
import { runFacts } from '../../src/report/verdict-words.ts';
import { renderYaml } from '../../src/report/yaml.ts';
import { readJunit } from '../report/read-junit.ts';
import { countOf, readPage, strangers } from './html-faults.ts';
import { rawFaults, withoutOwnCodes } from './visible-text.ts';

export interface Sink {
  readonly name: string;
  readonly render: (report: Report) => string;
  /** Empty where all is well. Throws where the text is no document of its form. */
  readonly faults: (text: string, report: Report) => readonly string[];
}

const differ = (what: string, found: unknown, wanted: unknown): readonly string[] =>
  JSON.stringify(found) === JSON.stringify(wanted) ? [] : [`${what}: ${JSON.stringify(found).slice(0, 200)}`];

const screen = (name: string, color: boolean, unicode: boolean, verbose: boolean): Sink => ({
  name,
  render: (report) => renderText(report, { width: 80, color, unicode, verbose }),
  faults: (text) => {
    const own = color ? withoutOwnCodes(text) : text;
    return [...rawFaults(own), ...(unicode || /^[\x20-\x7e\n]*$/.test(own) ? [] : ['not ASCII'])];
  },
});

const asWellFormed = (report: Report): unknown =>
  JSON.parse(JSON.stringify(report), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );

const JUNIT: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
  testsuite: ['name', 'timestamp', 'tests', 'failures', 'errors', 'skipped', 'time'],
  properties: [],
  property: ['name', 'value'],
  testcase: ['classname', 'name', 'time'],
  'system-out': [],
  skipped: ['message'],
  failure: ['message', 'type'],
  error: ['message', 'type'],
};

const junitFaults = (text: string, report: Report): readonly string[] => {
  const { elements, attributeNames, cases } = readJunit(text);
  const allowed = Object.entries(JUNIT).flatMap(([element, own]) => own.map((name) => `${element} ${name}`));
  return [
    ...rawFaults(text),
    ...elements.filter((name) => !Object.hasOwn(JUNIT, name)).map((name) => `<${name}>`),
    ...attributeNames.filter((name) => !allowed.includes(name)),
    ...differ('cases', cases.length, report.checks.length + 1),
    ...differ(
      'properties',
      elements.filter((name) => name === 'property').length,
      runFacts(report).length + 1,
    ),
    ...differ(
      'passed',
      cases.slice(1).map(({ outcome }) => outcome === 'passed'),
      report.checks.map(({ state }) => state === 'ok'),
    ),
  ];
};

const PAGE: Readonly<Record<string, readonly string[]>> = {
  html: ['lang'],
  head: [],
  meta: ['charset', 'http-equiv', 'name', 'content'],
  title: [],
  style: [],
  body: [],
  h1: ['class'],
  h2: [],
  h3: ['class'],
  p: [],
  ul: [],
  li: [],
  table: [],
  tbody: [],
  tr: [],
  td: ['class'],
  section: [],
  article: [],
  details: [],
  summary: [],
  pre: [],
  code: [],
  dl: [],
  dt: [],
  dd: [],
};
/** The words of states and the like, and `detail`. */
const CLASSES = /^[a-z-]{2,20}$/;

const htmlFaults = (text: string, report: Report): readonly string[] => {
  const page = readPage(text, 'page');
  return [
    ...rawFaults(text.replace(STYLE, '')),
    ...page.errors,
    ...strangers(page, PAGE),
    ...page.elements
      .flatMap(({ attrs }) => attrs)
      .filter(({ name, value }) => name === 'class' && !CLASSES.test(value))
      .map(({ value }) => `class ${value}`),
    ...differ('meta', countOf(page, 'meta'), 4),
    ...differ('style', countOf(page, 'style'), 1),
    ...differ('findings', countOf(page, 'h3'), report.findings.length),
    ...differ(
      'rows',
      countOf(page, 'tr'),
      report.layers.length + report.checks.length + report.observations.length,
    ),
  ];
};

const MARKDOWN: Readonly<Record<string, readonly string[]>> = {
  h1: [],
  h2: [],
  h3: [],
  p: [],
  ul: [],
  li: [],
  strong: [],
  code: ['class'],
  pre: [],
};
const marked = new Marked({ gfm: true });
const SECTIONS = ['Findings', 'Could not tell', 'Checks', 'The run'];
/** What GitHub makes of text once Markdown is done: names, issues, emoji, addresses. */
const REFERENCES = /@\w|#\d|\bGH-\d|:[\w+-]+:|:\/\/|www\.|\$\S.*\$/i;

const markdownFaults = (text: string, report: Report): readonly string[] => {
  const page = readPage(marked.parse(text, { async: false }), 'fragment');
  const titles = text.split('\n').filter((line) => line.startsWith('## '));
  const items =
    report.layers.length +
    report.checks.length +
    report.verdict.unknowns.length +
    runFacts(report).length +
    1 +
    report.findings.reduce((sum, { evidence }) => sum + evidence.length, 0);
  const follows = (text.match(/^- follows: /gm) ?? []).length;
  const blocks = report.findings.reduce(
    (sum, { next, mend }) =>
      sum +
      Number(next.some((command) => command.startsWith('kubectl '))) +
      Number(next.some((command) => !command.startsWith('kubectl '))) +
      Number(mend !== undefined),
    0,
  );
  return [
    ...rawFaults(text),
    ...strangers(page, MARKDOWN),
    ...(REFERENCES.test(page.prose) ? [`a reference: ${REFERENCES.exec(page.prose)?.[0]}`] : []),
    ...titles.filter((line) => !SECTIONS.includes(line.slice(3))),
    ...differ('h1', countOf(page, 'h1'), 1),
    ...differ('h2', countOf(page, 'h2'), titles.length),
    ...differ('findings', countOf(page, 'h3'), report.findings.length),
    ...differ('items', countOf(page, 'li'), items + follows),
    ...differ('blocks', countOf(page, 'pre'), blocks),
  ];
};

const COMMAND = /^::(?:error|warning|notice) title=(?:[^%:,\n]|%25|%3A|%2C)*::(?:[^%\n]|%25|%0A)*$/;

const githubFaults = (text: string, report: Report): readonly string[] => {
  const lines = text.split('\n').slice(0, -1);
  return [
    ...rawFaults(text, 'commands'),
    ...lines.filter((line) => !COMMAND.test(line)).map((line) => `not a command: ${line.slice(0, 200)}`),
    ...differ('commands', lines.length, report.findings.length + 1),
  ];
};

export const SINKS: readonly Sink[] = [
  screen('text', false, true, false),
  screen('text, ASCII', false, false, false),
  screen('text, colour', true, true, false),
  screen('text, -v', false, true, true),
  screen('text, -v, colour, ASCII', true, false, true),
  {
    name: 'json',
    render: renderJson,
    faults: (text, report) => [
      ...rawFaults(text),
      ...differ('JSON.parse', JSON.parse(text), JSON.parse(JSON.stringify(report))),
    ],
  },
  {
    name: 'yaml',
    render: renderYaml,
    faults: (text, report) => [
      ...rawFaults(text),
      ...differ('js-yaml', load(text), asWellFormed(report)),
      ...differ('yaml', parseYaml(text), asWellFormed(report)),
    ],
  },
  { name: 'junit', render: renderJunit, faults: junitFaults },
  { name: 'html', render: renderHtml, faults: htmlFaults },
  { name: 'markdown', render: renderMarkdown, faults: markdownFaults },
  { name: 'github', render: renderGithub, faults: githubFaults },
];

const PRINTABLE = /^[\x20-\x7e\n]*$/;
/** A manifest: text in it is quoted, and nothing of it is anything to a shell. */
const MANIFEST = /^(?:#.*\n)*apiVersion: [\w\s#./:"',{}[\]-]*$/;
/** Too short to be told from words of ours. */
const SHORT = 3;

const holds = (command: string, text: string): boolean => text.length > SHORT && command.includes(text);

/** No command to type holds text of somebody else's: it would be pasted into a shell. */
export const commandFaults = ({ findings }: Report, hostile: string): readonly string[] => {
  const isWord = /^[\w.:-]*$/.test(hostile) && !hostile.startsWith('-');
  return findings.flatMap(({ code, next, mend }) =>
    [...next, ...(mend === undefined ? [] : [mend])]
      .filter(
        (command) =>
          !PRINTABLE.test(command) ||
          (!isWord && !MANIFEST.test(command) && holds(command, hostile.trim().slice(0, 200))),
      )
      .map((command) => `${code}: ${command.slice(0, 200)}`),
  );
};
