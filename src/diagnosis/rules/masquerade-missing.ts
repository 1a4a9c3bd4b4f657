import { defineRule } from '../../model/rule.ts';
import { readMasquerade } from '../masquerade.ts';
import { inCommand, kubectl } from '../wording.ts';

const NAME = /^[a-z0-9-]{1,63}$/;

/** Nothing outside answers, and the network plugin is told not to translate. Not where another cause is known, or something translates. */
export default defineRule({
  id: 'masquerade-missing',
  code: 'NC8002',
  layer: 'route',
  role: 'cause',
  severity: 'error',
  needs: [],
  uses: ['pod', 'networkDaemonSets'],
  probes: [],
  evaluate: ({ maybe: { pod, networkDaemonSets }, findings }) => {
    const unreachable = findings.some(({ id }) => id === 'internet-unreachable');
    const explained = findings.some(({ explains }) => explains.includes('internet-unreachable'));
    const masquerade = readMasquerade(networkDaemonSets);
    if (!unreachable || explained || masquerade.state !== 'off') return [];
    // The node's own address needs no translation.
    if (pod.state === 'known' && pod.value.spec.hostNetwork === true) return [];
    const { daemonSet, container, text, sure, missingIn } = masquerade.by;
    const { name, namespace = 'kube-system' } = daemonSet.metadata;
    const object = inCommand(name, 'DAEMONSET');
    const place = missingIn?.replace(/\/[^/]*$/, '/name');
    const patch = [
      { op: 'test', path: place, value: container },
      { op: 'add', path: `${missingIn ?? ''}/-`, value: '--ip-masq' },
    ];
    return [
      {
        confidence: sure ? 'likely' : 'possible',
        summary: `The nodes do not translate the addresses of pods on their way out: ${text} (daemonset/${name} in ${namespace})`,
        evidence: [
          `packets leave with the pod's own address${pod.state === 'known' && pod.value.status.podIP !== undefined ? ` (${pod.value.status.podIP})` : ''}, to which nothing outside can send an answer`,
          'everything inside works, and nothing outside does',
          ...(sure ? [] : ['it only begins with this setting: what is in force stands elsewhere']),
        ],
        explains: ['internet-unreachable'],
        next: [kubectl(namespace, 'get', 'daemonset', object, '-o', 'yaml')],
        mend:
          missingIn === undefined || !NAME.test(container)
            ? undefined
            : kubectl(
                namespace,
                'patch',
                'daemonset',
                object,
                '--type=json',
                '-p',
                `'${JSON.stringify(patch)}'`,
              ),
      },
    ];
  },
});
