import type { Entry } from '../../model/entry.ts';
import { defineRule } from '../../model/rule.ts';
import { type AdmissionHow, OPENSHIFT_SCC, refusalOf } from '../refusal.ts';
import { capital, inCommand, kubectl, oneLine } from '../wording.ts';

const WEBHOOKS = 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations';

const POLICY = /ValidatingAdmissionPolicy '(?<policy>[^']+)' with binding '(?<binding>[^']+)'/;
const policyCommands = (message: string): readonly string[] => {
  const { policy = '', binding = '' } = POLICY.exec(message)?.groups ?? {};
  return [
    `kubectl get validatingadmissionpolicy ${inCommand(policy, 'POLICY')} -o yaml`,
    `kubectl get validatingadmissionpolicybinding ${inCommand(binding, 'BINDING')} -o yaml`,
  ];
};

const SUMMARIES: Record<AdmissionHow, (by: string) => string> = {
  denied: (by) => `${capital(by)} refuses the debug container`,
  'not-called': (by) =>
    `The admission ${by} could not be called, and until it can (failurePolicy: Fail) nothing can be added to this pod`,
  'no-dry-run': (by) =>
    `The admission ${by} takes no dry run, so the API server does not say whether it would refuse the debug container`,
};

const WHOM: Record<AdmissionHow, string> = {
  denied: 'ask its owner for an exception for the subresource pods/ephemeralcontainers, or meet its demand',
  'not-called': 'every change that it watches fails like this one: tell its owner',
  'no-dry-run':
    'it is declared with side effects (sideEffects is not None or NoneOnDryRun): only a real run tells',
};

/** The Service that stands behind a webhook, in the URL that could not be called. */
const SERVICE = /"https:\/\/(?<name>[a-z0-9-]+)\.(?<namespace>[a-z0-9-]+)\.svc[:/]/;

const serviceCommands = (message: string): readonly string[] => {
  const { name, namespace } = SERVICE.exec(message)?.groups ?? {};
  if (name === undefined || namespace === undefined) return [];
  return [
    kubectl(namespace, 'get', 'service', name),
    kubectl(namespace, 'get', 'endpointslices', '-l', `kubernetes.io/service-name=${name}`),
  ];
};

export default defineRule({
  id: 'admission-refused',
  code: 'NC1104',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: [],
  probes: [],
  evaluate: ({ target, entry }) => {
    const refusal = refusalOf(entry, 'admission');
    if (refusal === undefined || entry.state !== 'refused') return [];
    return [
      {
        confidence: 'certain',
        summary: SUMMARIES[refusal.how](refusal.by),
        evidence: [oneLine(entry.message, 1000), WHOM[refusal.how]],
        next: nextFor(refusal, entry, target),
      },
    ];
  },
});

const nextFor = (
  { by, how }: { readonly by: string; readonly how: AdmissionHow },
  { message }: Extract<Entry, { state: 'refused' }>,
  target: { readonly pod: string; readonly namespace: string },
): readonly string[] => {
  const pod = inCommand(target.pod, 'POD');
  const netcheck = (...words: readonly string[]) => kubectl(target.namespace, 'netcheck', pod, ...words);
  switch (how) {
    case 'not-called':
      return [...serviceCommands(message), WEBHOOKS];
    case 'no-dry-run':
      return [netcheck('--dry-run=client'), WEBHOOKS];
    case 'denied': {
      // Once more without any change: the answer to "is it allowed now?".
      const again = netcheck('--dry-run=server');
      const image = /image|registr/i.test(message) ? [netcheck('--image', 'REGISTRY/netshoot:TAG')] : [];
      if (by === OPENSHIFT_SCC)
        return [
          kubectl(target.namespace, 'get', 'pod', pod, '-o', "jsonpath='{.metadata.annotations}'"),
          `kubectl get namespace ${inCommand(target.namespace, 'NAMESPACE')} -o jsonpath='{.metadata.annotations}'`,
          again,
        ];
      if (by.startsWith('webhook')) return [...image, WEBHOOKS, again];
      return by.startsWith('ValidatingAdmissionPolicy')
        ? [...image, ...policyCommands(message), again]
        : [...image, again];
    }
  }
};
