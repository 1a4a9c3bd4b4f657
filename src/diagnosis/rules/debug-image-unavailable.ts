import { defineRule } from '../../model/rule.ts';
import {
  IMAGE_ADVICE,
  type ImageTrouble,
  imageElsewhere,
  imageFailure,
  imageInCommand,
  imageTrouble,
} from '../start-failure.ts';
import { inCommand, kubectl, oneLine } from '../wording.ts';

export default defineRule({
  id: 'debug-image-unavailable',
  code: 'NC1105',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: ['pod'],
  probes: [],
  evaluate: ({ target, entry, maybe: { pod } }) => {
    const failure = imageFailure(entry);
    if (failure === undefined) return [];
    const { image } = failure;
    const trouble = imageTrouble(failure.reason, failure.message);
    const elsewhere = imageElsewhere(image, trouble);
    const name = inCommand(target.pod, 'POD');
    const again = (...words: readonly string[]) => kubectl(target.namespace, 'netcheck', name, ...words);
    const first: Partial<Record<ImageTrouble, readonly string[]>> = {
      'never-pulled': [again('--image', imageInCommand(image), '--image-pull-policy', 'IfNotPresent')],
      'other-platform': [
        `kubectl get node ${pod.state === 'known' ? inCommand(pod.value.spec.nodeName ?? '', 'NODE') : 'NODE'} -o jsonpath='{.status.nodeInfo.architecture}'`,
      ],
      credentials: [
        kubectl(
          target.namespace,
          ...['get', 'pod', name, '-o'],
          "jsonpath='{.spec.imagePullSecrets[*].name} {.spec.serviceAccountName}'",
        ),
      ],
    };
    return [
      {
        confidence: 'certain',
        summary: `The debug image ${image} cannot be had on this node (${failure.reason})`,
        evidence: [
          oneLine(failure.message, 1000),
          IMAGE_ADVICE[trouble],
          ...(elsewhere === undefined
            ? []
            : [`the same image stands in a second registry: --image ${elsewhere}`]),
          `container ${failure.container} stays listed in the pod and never runs; the next run adds a new one`,
        ],
        next: [
          ...(elsewhere === undefined ? [] : [again('--image', elsewhere)]),
          ...(first[trouble] ?? []),
          again('--image', 'REGISTRY/netshoot:TAG'),
          kubectl(target.namespace, 'get', 'events', '--field-selector', `involvedObject.name=${name}`),
        ],
      },
    ];
  },
});
