import { defineRule } from '../../model/rule.ts';
import { NO_NAME, NOTHING_BEHIND } from '../destination/symptoms.ts';
import { connectTo } from '../reach.ts';
import { kubectl, listedShort } from '../wording.ts';

/** The API server says so itself. An Ingress whose Service is missing has a code of its own. */
export default defineRule({
  id: 'service-not-found',
  code: 'NC4001',
  layer: 'service',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: ['destinationService', 'services', 'servicesElsewhere'],
  probes: ['tcp-connect', 'http-get'],
  evaluate: ({ destination, maybe: { destinationService, services, servicesElsewhere }, observations }) => {
    const { kind, name = '', namespace = 'default' } = destination ?? {};
    if (kind !== 'service' || destinationService.state !== 'absent') return [];
    // The name leads to something else, by a search domain or the pod's own hosts file, and that answers.
    if (connectTo(observations, 'destination').state === 'ok') return [];
    const here =
      services.state === 'known'
        ? services.value
            .filter(({ metadata }) => metadata.namespace === namespace)
            .map(({ metadata }) => metadata.name)
        : undefined;
    return [
      {
        confidence: 'certain',
        summary: `There is no Service ${name} in namespace ${namespace}`,
        evidence: [
          'the API server has none of that name there',
          ...(here === undefined
            ? []
            : [
                here.length === 0
                  ? `namespace ${namespace} has no Service at all, or does not exist`
                  : `Services of namespace ${namespace}: ${listedShort(here)}`,
              ]),
          ...(servicesElsewhere.state === 'forbidden'
            ? ['not permitted to look for it in other namespaces']
            : servicesElsewhere.state === 'known' && servicesElsewhere.value.length === 0
              ? ['no other namespace has one of that name either']
              : []),
        ],
        explains: [NO_NAME, ...NOTHING_BEHIND],
        next: [kubectl(namespace, 'get', 'services')],
      },
    ];
  },
});
