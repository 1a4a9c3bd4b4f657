/** Of the commands that a finding offers, those whose read the API server has refused to this user are none to type. */
import type { Evidence, MissingRight } from '../model/evidence.ts';
import type { FindingDraft } from '../model/rule.ts';
import { rightText } from './rights.ts';
import { unique } from './wording.ts';

const refusedRights = (evidence: Evidence): readonly MissingRight[] =>
  Object.values(evidence).flatMap((item) => (item.state === 'forbidden' ? [item.right] : []));

/** `kubectl get pods -n shop`, `kubectl describe service web -n shop`; undefined: it reads nothing that evidence is read from. */
const readOf = (command: string) => {
  const [program, verb, resource = '', name = '-'] = command.split(' ');
  if (program !== 'kubectl' || (verb !== 'get' && verb !== 'describe')) return undefined;
  const everywhere = / (?:-A|--all-namespaces)(?: |$)/.test(command);
  return {
    resource: resource.split('.')[0] ?? '',
    verb: name.startsWith('-') ? 'list' : 'get',
    everywhere,
    namespace: / -n (?<namespace>\S+)/.exec(command)?.groups?.namespace,
  };
};

/** `service` and `services`, `ingress` and `ingresses`, `networkpolicy` and `networkpolicies` */
const isKind = (word: string, resource: string): boolean =>
  [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')].includes(resource);

/** Who may not list the pods of one namespace may not list those of all. */
const needs = (command: string, { verb, resource, namespace }: MissingRight): boolean => {
  const read = readOf(command);
  if (read === undefined || read.verb !== verb || !isKind(read.resource, resource)) return false;
  return read.everywhere || read.namespace === namespace;
};

/** What may not be read is said in their place. */
export const permittedOnly = (draft: FindingDraft, evidence: Evidence): FindingDraft => {
  const refused = refusedRights(evidence);
  const missing = (draft.next ?? []).flatMap((command) => {
    const right = refused.find((one) => needs(command, one));
    return right === undefined ? [] : [{ command, right }];
  });
  if (missing.length === 0) return draft;
  const told = unique(
    missing.map(({ right }) => `not permitted to ${rightText(right)}: somebody who is can tell more`),
  );
  return {
    ...draft,
    evidence: [...(draft.evidence ?? []), ...told],
    next: (draft.next ?? []).filter((one) => !missing.some(({ command }) => command === one)),
  };
};
