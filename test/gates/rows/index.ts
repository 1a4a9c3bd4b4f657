/** The gate matrix: every way in which a cluster keeps netcheck out, and what looks alike. */
import type { Gate } from '../gate.ts';
import { admission } from './admission.ts';
import { container } from './container.ts';
import { image } from './image.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { rights } from './rights.ts';

export const GATES: readonly Gate[] = [...rights, ...admission, ...image, ...container, ...node, ...pod];
