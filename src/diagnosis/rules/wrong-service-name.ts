import { serviceNameOf } from '../../destination/service-name.ts';
import { defineRule } from '../../model/rule.ts';
import { servicesMeant } from '../destination/service/meant.ts';
import { NO_NAME, NOTHING_BEHIND } from '../destination/symptoms.ts';
import { readNames } from '../names.ts';
import { NAME_EVIDENCE, NAME_PROBES } from '../nameservers.ts';
import { inCommand, listed } from '../wording.ts';

/** What was meant can only be guessed: that there is a Service spelt almost so, and none spelt so, is known. */
export default defineRule({
  id: 'wrong-service-name',
  code: 'NC3012',
  layer: 'name',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: [...NAME_EVIDENCE, 'services', 'servicesElsewhere'],
  probes: NAME_PROBES,
  evaluate: ({ target, destination, maybe, observations }) => {
    const services = [maybe.services, maybe.servicesElsewhere].flatMap((all) =>
      all.state === 'known' ? all.value : [],
    );
    if (destination === undefined || maybe.destinationService.state === 'known') return [];
    const isService = destination.kind === 'service' && maybe.destinationService.state === 'absent';
    const { cluster, external, destination: own } = readNames(observations, maybe);
    const state = isService ? own : external;
    // A name of the world that was not found may be a Service's, with the namespace misspelt.
    const unknown = state.state === 'failed' && (state.kind === 'not-found' || state.kind === 'no-data');
    if (!isService && (destination.kind !== 'host' || !unknown)) return [];
    const wanted = isService
      ? { name: destination.name ?? '', namespace: destination.namespace ?? '' }
      : serviceNameOf(destination.host ?? '', target.namespace);
    const meant = wanted === undefined ? [] : servicesMeant(wanted, services);
    const [first] = meant;
    if (wanted === undefined || first === undefined) return [];
    const name = (one: { readonly name: string; readonly namespace: string }): string =>
      one.namespace === target.namespace ? one.name : `${one.name}.${one.namespace}`;
    return [
      {
        confidence: 'likely',
        summary:
          first.why === 'other-namespace'
            ? `Service ${wanted.name} is in namespace ${listed(meant.filter(({ why }) => why === first.why).map(({ namespace }) => namespace))}, not in ${wanted.namespace}`
            : `${wanted.name} is not a Service of namespace ${wanted.namespace}; ${listed(meant.map((one) => one.name))} ${meant.length === 1 ? 'is' : 'are'}`,
        evidence: [
          ...(cluster.state === 'ok'
            ? ['cluster DNS answers for other names, so the name itself is at fault']
            : []),
          ...meant.map(
            (one) => `svc/${one.name} in namespace ${one.namespace}: from this pod it is called ${name(one)}`,
          ),
        ],
        explains: ['service-not-found', NO_NAME, 'name-not-found/external-name', ...NOTHING_BEHIND],
        next: meant.map(
          (one) =>
            `kubectl netcheck ${inCommand(target.pod, 'POD')} -n ${inCommand(target.namespace, 'NAMESPACE')} --to svc/${inCommand(one.name, 'SERVICE')}.${inCommand(one.namespace, 'NAMESPACE')}`,
        ),
      },
    ];
  },
});
