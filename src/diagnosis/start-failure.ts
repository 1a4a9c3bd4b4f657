/** Why the debug container never ran: the image, or the container. By the kubelet's reason, and where that is only `Failed`, by its message. */
import type { Entry } from '../model/entry.ts';
import { DEFAULT_IMAGE, SECOND_REGISTRY_IMAGE } from '../model/image.ts';

type NotStarted = Extract<Entry, { state: 'not-started' }>;

const IMAGE_REASONS: readonly string[] = [
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ErrInvalidImageName',
  'ImageInspectError',
  'InspectFailed',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];
const IMAGE_MESSAGE =
  /^(Failed to pull image|Back-off pulling image|Failed to apply default image tag|Error: (ErrImage|ImagePull|InvalidImage))/;
/** Nothing failed: it was not there in time. */
const NO_FAILURE: readonly string[] = ['Timeout', 'Interrupted'];

export const imageFailure = (entry: Entry): NotStarted | undefined =>
  entry.state === 'not-started' &&
  !NO_FAILURE.includes(entry.reason) &&
  (IMAGE_REASONS.includes(entry.reason) || IMAGE_MESSAGE.test(entry.message))
    ? entry
    : undefined;

export const containerFailure = (entry: Entry): NotStarted | undefined =>
  entry.state === 'not-started' && !NO_FAILURE.includes(entry.reason) && imageFailure(entry) === undefined
    ? entry
    : undefined;

/** Where it is the pinned image that the registry does not give: the same one elsewhere. */
export const imageElsewhere = (image: string, reason: string): readonly string[] =>
  image === DEFAULT_IMAGE && reason !== 'ErrImageNeverPull'
    ? [`the same image stands in a second registry: --image ${SECOND_REGISTRY_IMAGE}`]
    : [];

/** What to do about an image, by what the runtime said. */
export const imageAdvice = (reason: string, message: string): string => {
  if (/InvalidImageName|invalid reference format/.test(`${reason} ${message}`))
    return 'the name is not a valid image reference: --image';
  if (reason === 'ErrImageNeverPull' || message.includes('pull policy of Never'))
    return 'the image is not on this node, and the pull policy forbids pulling it: --image-pull-policy IfNotPresent';
  if (/x509|certificate/.test(message))
    return "the node does not trust the registry's certificate: another registry, --image";
  if (/40[13] |unauthorized|authentication required|denied|no basic auth/i.test(message))
    return "the registry wants credentials: they come from the pod's and its ServiceAccount's imagePullSecrets only; or a mirror that needs none: --image";
  if (/no match for platform|no matching manifest/.test(message))
    return "the image is not made for this node's architecture: --image";
  if (/not found|manifest unknown/i.test(message)) return 'the registry has no such image or tag: --image';
  if (/toomanyrequests|rate limit|429/i.test(message))
    return 'the registry limits pulls from this node: a mirror, --image';
  return 'the node cannot get the image from the registry: a mirror that it can reach, --image';
};
