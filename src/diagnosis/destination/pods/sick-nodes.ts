/** Nodes of the destination's pods that are not ready: what runs there fails with them. */
import type { Evidence } from '../../../model/evidence.ts';
import type { FindingDraft } from '../../../model/rule.ts';
import { PRESSURES, troubleOf } from '../../node-trouble.ts';
import { counted, inCommand } from '../../wording.ts';
import { behindOf, draftOf, type SickInput } from './pods-behind.ts';

type NodesInput = SickInput & { readonly maybe: Pick<Evidence, 'destinationNodes'> };

/** Not of the pod's own node, which is told of by itself, and not of pressure, under which what runs goes on. */
export const nodesBehind = (input: NodesInput, own: string): readonly FindingDraft[] => {
  const { destinationNodes: nodes } = input.maybe;
  const behind = behindOf(input);
  if (behind === undefined || nodes.state !== 'known') return [];
  return nodes.value.flatMap((node): readonly FindingDraft[] => {
    const { name } = node.metadata;
    const trouble = troubleOf(node);
    const there = behind.pods.filter(({ spec }) => spec.nodeName === name);
    if (name === own || trouble === undefined || PRESSURES.includes(trouble.type) || there.length === 0)
      return [];
    return [
      draftOf(
        behind,
        there,
        `Node ${name}, where ${behind.who === '' ? `pod/${there[0]?.metadata.name ?? ''}` : `${counted(there.length, 'pod')} of ${behind.who}`} ${there.length === 1 ? 'runs' : 'run'}, is ${trouble.text}`,
        {
          evidence: [
            ...trouble.lines,
            `pods there: ${there
              .map(({ metadata }) => metadata.name)
              .slice(0, 6)
              .join(', ')}`,
          ],
          next: [`kubectl describe node ${inCommand(name, 'NODE')}`],
          explains: ['pod-not-ready/destination', 'container-crash-loop/destination'],
        },
      ),
    ];
  });
};
