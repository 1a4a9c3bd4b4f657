import { expect, test } from '@jest/globals';
import { isClosed } from '../../../src/cluster/ways/index.ts';
import type { Entry } from '../../../src/model/entry.ts';

const base = { container: 'netcheck-x', image: 'netshoot' };

test.each<[string, Entry, boolean]>([
  [
    'refused by a gate',
    { state: 'refused', ...base, httpStatus: 403, message: 'violates PodSecurity' },
    true,
  ],
  ['refused as there is no such thing', { state: 'refused', ...base, httpStatus: 404, message: '' }, true],
  [
    'a webhook that cannot be called stands at this way only',
    { state: 'refused', ...base, httpStatus: 500, message: 'failed calling webhook "x"' },
    true,
  ],
  [
    'a server in trouble is not asked for more',
    { state: 'refused', ...base, httpStatus: 503, message: '' },
    false,
  ],
  ['a server that is busy, neither', { state: 'refused', ...base, httpStatus: 429, message: '' }, false],
  ['a right is missing', { state: 'not-attempted', why: 'access-denied' }, true],
  ['a static pod', { state: 'not-attempted', why: 'pod-unusable', detail: 'it is a static pod' }, true],
  ['a dry run is over', { state: 'not-attempted', why: 'dry-run' }, false],
  ['stopped', { state: 'not-attempted', why: 'interrupted' }, false],
  [
    'the image cannot be had',
    { state: 'not-started', ...base, reason: 'ErrImagePull', message: '', toldBy: 'event' },
    true,
  ],
  [
    'it was late',
    { state: 'not-started', ...base, reason: 'Timeout', message: '', toldBy: 'deadline' },
    false,
  ],
  ['it ran', { state: 'ran', ...base, end: 'complete' }, false],
  ['it was killed half way', { state: 'ran', ...base, end: 'container-ended', exitCode: 137 }, false],
  ['no shell in it', { state: 'ran', ...base, end: 'container-ended', exitCode: 127 }, true],
])('%s', (_name, entry, closed) => {
  expect(isClosed(entry)).toBe(closed);
});
