/** Reads a saved case, and says kindly what is wrong with a file that is none. */
import '../zod-settings.ts';
import { errorMessage, UserError } from '../errors.ts';
import { API_VERSION } from '../model/api-version.ts';
import { type Case, caseSchema } from '../model/case.ts';

const NEXT = ['kubectl netcheck POD --save case.json'];

const bad = (name: string, message: string, reason: string, next: readonly string[] = NEXT): UserError =>
  new UserError({ code: 'case-unreadable', message: `${name} ${message}`, reason, next });

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const parseJson = (text: string, name: string): unknown => {
  if (text.trim() === '') throw bad(name, 'is empty', 'a case is a JSON file that --save wrote');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // Only where: JSON.parse quotes the text, and the file may be another one, with secrets in it.
    const where = /\(line \d+ column \d+\)/.exec(errorMessage(error))?.[0].slice(1, -1);
    throw bad(name, 'is not JSON', where === undefined ? 'a case is a JSON file that --save wrote' : where);
  }
};

const checkVersion = (value: unknown, name: string): void => {
  const kind = field(value, 'kind');
  const apiVersion = field(value, 'apiVersion');
  if (kind === 'Report' || kind === 'Plan')
    throw bad(name, `is a ${kind.toLowerCase()}, not a case`, 'only what --save writes can be judged again');
  if (kind !== 'Case' || typeof apiVersion !== 'string')
    throw bad(name, 'is not a netcheck case', 'it has no "kind": "Case" and apiVersion');
  if (apiVersion === API_VERSION) return;
  const tool = field(value, 'toolVersion');
  const by = typeof tool === 'string' ? ` (netcheck ${tool})` : '';
  throw bad(name, `is a case of another version: ${apiVersion}${by}`, `this one reads ${API_VERSION}`, [
    'kubectl krew upgrade netcheck',
    ...NEXT,
  ]);
};

/** `evidence.pod.value.metadata.name`, `runs[3].exitCode` */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${String(key)}`,
    '',
  );

const SHOWN = 3;

/** `name` is how the file is called in messages. Throws a UserError (exit status 1). */
export const readCase = (text: string, name: string): Case => {
  const value = parseJson(text, name);
  checkVersion(value, name);
  const parsed = caseSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const shown = issues.slice(0, SHOWN).map((issue) => `${pathText(issue.path) || 'case'}: ${issue.message}`);
  const more = issues.length > SHOWN ? `; and ${issues.length - SHOWN} more` : '';
  throw bad(name, 'is not a whole case', shown.join('; ') + more);
};

export const caseText = (value: Case): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The case as it would be after saving and reading, so that a run and judging its saved case again give the same report. */
export const asSaved = (value: Case): Case => readCase(caseText(value), 'the case');
