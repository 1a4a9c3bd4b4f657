import { suite } from '../../../probes/index.ts';
import { defineRule } from '../../model/rule.ts';
import { counted, inCommand, kubectl, listed, listedShort, unique } from '../wording.ts';

const toolOf = (probe: string): string => suite.find(({ id }) => id === probe)?.tool ?? probe;

/** What checks are made with. Of an image that lacks only others nothing is said: the verdict does not need them. */
const NEEDED: readonly string[] = ['ip', 'cat', 'nslookup', 'curl', 'nc'];

export default defineRule({
  id: 'tools-missing',
  code: 'NC1114',
  layer: 'target',
  role: 'symptom',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: suite.map(({ id }) => id),
  evaluate: ({ target, entry, observations }) => {
    if (entry.state !== 'ran') return [];
    const missing = Object.values(observations)
      .flat()
      .filter(({ outcome }) => outcome.kind === 'did-not-run' && outcome.reason === 'tool-missing');
    const tools = unique(missing.map(({ probe }) => toolOf(probe)));
    if (!tools.some((tool) => NEEDED.includes(tool))) return [];
    return [
      {
        confidence: 'certain',
        summary: `The debug image lacks ${listed(tools)}, so ${counted(missing.length, 'answer')} could not be had`,
        evidence: [
          `image ${entry.image}`,
          `not asked: ${listedShort(missing.map(({ id }) => id))}`,
          'an image with sh, od, timeout, ip, curl, nslookup, dig, nc and ping has them all: the default one, without --image, or a copy of it in a registry of your own',
        ],
        next: [
          kubectl(target.namespace, 'netcheck', inCommand(target.pod, 'POD')),
          kubectl(
            target.namespace,
            'netcheck',
            inCommand(target.pod, 'POD'),
            '--image',
            'REGISTRY/netshoot:TAG',
          ),
        ],
      },
    ];
  },
});
