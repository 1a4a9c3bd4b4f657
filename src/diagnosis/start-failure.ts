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

export type ImageTrouble =
  | 'bad-name'
  | 'never-pulled'
  | 'other-platform'
  | 'rate-limited'
  | 'untrusted'
  | 'credentials'
  | 'no-such-image'
  | 'disk-full'
  | 'unreachable';

/** In this order: a registry's refusal may hold words of several. */
const TROUBLES: readonly (readonly [RegExp, ImageTrouble])[] = [
  [/InvalidImageName|invalid reference format/, 'bad-name'],
  [/ErrImageNeverPull|pull policy of Never/, 'never-pulled'],
  [/no match for platform|no matching manifest/, 'other-platform'],
  [/toomanyrequests|rate limit|\b429\b/i, 'rate-limited'],
  [/x509|certificate/, 'untrusted'],
  [/\b40[13] |unauthorized|authentication required|denied|no basic auth/i, 'credentials'],
  [/no space left on device/, 'disk-full'],
  [/not found|manifest unknown/i, 'no-such-image'],
];

/** What is wrong with an image, by what the runtime said. */
export const imageTrouble = (reason: string, message: string): ImageTrouble =>
  TROUBLES.find(([text]) => text.test(`${reason} ${message}`))?.[1] ?? 'unreachable';

export const IMAGE_ADVICE: Record<ImageTrouble, string> = {
  'bad-name': 'the name is not a valid image reference: --image',
  'never-pulled':
    'the image is not on this node, and the pull policy forbids pulling it: --image-pull-policy IfNotPresent',
  'other-platform': "the image is not made for this node's architecture: --image",
  'rate-limited': 'the registry limits pulls from this node: a mirror, --image, or later',
  untrusted: "the node does not trust the registry's certificate: another registry, --image",
  credentials:
    "the registry wants credentials, or has no such repository: they come from the pod's and its ServiceAccount's imagePullSecrets only; or a mirror that needs none: --image",
  'no-such-image': 'the registry has no such image or tag: --image',
  'disk-full': "the node's disk is full: whoever runs the node has to make room",
  unreachable: 'the node cannot get the image from the registry: a mirror that it can reach, --image',
};

/** The pinned image, as it stands in a second registry: of help where the first does not give it. */
export const imageElsewhere = (image: string, trouble: ImageTrouble): string | undefined =>
  image === DEFAULT_IMAGE && trouble !== 'never-pulled' && trouble !== 'disk-full'
    ? SECOND_REGISTRY_IMAGE
    : undefined;

/** Image references have no character that a shell would read; what is none is not put into a command. */
export const imageInCommand = (image: string): string =>
  /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,511}$/.test(image) ? image : 'REGISTRY/netshoot:TAG';
