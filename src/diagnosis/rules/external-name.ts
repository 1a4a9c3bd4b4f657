import { defineRule } from '../../model/rule.ts';
import { NO_NAME } from '../destination/symptoms.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { hostInCommand, inCommand, kubectl, listed } from '../wording.ts';

/** For information, where it resolves: an error where the name that it stands for does not, while others do. */
export default defineRule({
  id: 'external-name',
  code: 'NC4010',
  layer: 'service',
  role: 'cause',
  severity: 'info',
  needs: ['destinationService'],
  uses: NAME_EVIDENCE,
  probes: NAME_PROBES,
  evaluate: ({ destination, evidence: { destinationService }, maybe, observations }) => {
    const { type, externalName = '' } = destinationService.spec;
    if (destination?.kind !== 'service' || type !== 'ExternalName') return [];
    const { name, namespace = 'default' } = destinationService.metadata;
    const { cluster, destination: own } = readNames(observations, maybe);
    const dead = own.state === 'failed' && cluster.state === 'ok';
    const leadsTo = own.state === 'ok' ? own.outcome.addresses.map(({ address }) => address) : [];
    return [
      {
        severity: dead ? 'error' : 'info',
        confidence: dead ? 'likely' : 'certain',
        summary: `svc/${name}.${namespace} is another name for ${externalName}${dead ? ', which does not resolve' : leadsTo.length === 0 ? '' : ` (${listed(leadsTo)})`}`,
        evidence: dead
          ? [`cluster DNS answers for its own names, and finds nothing for ${externalName}`]
          : [
              `the server is asked for the name of the Service, not for ${externalName}: virtual hosts and certificates may not know it`,
            ],
        explains: dead
          ? [NO_NAME, 'name-server-failure/destination-name', 'nameserver-silent/destination-name']
          : [],
        next: [
          `nslookup ${hostInCommand(externalName)}`,
          kubectl(namespace, 'get', 'service', inCommand(name, 'SERVICE'), '-o', 'yaml'),
        ],
      },
    ];
  },
});
