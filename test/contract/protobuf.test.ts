/** Bodies that a real kubectl 1.32 sent as protobuf, decoded to the object that its command line asks for. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeProtobuf } from '../sandbox/api/protobuf/decode.ts';

const samples = readFileSync(new URL('fixtures/protobuf.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('protobuf becomes the JSON form', () => {
  test.each(samples.map((sample) => [sample.command, sample] as const))('%s', (_command, sample) => {
    expect(decodeProtobuf(Buffer.from(sample.base64, 'base64'))).toEqual(sample.object);
  });

  test('what is no Kubernetes protobuf is not taken for one', () => {
    expect(decodeProtobuf(Buffer.from('{"kind":"Pod"}'))).toBeUndefined();
  });

  test('a kind that has no table is not guessed at', () => {
    const [sample] = samples;
    const renamed = Buffer.from(sample.base64, 'base64')
      .toString('latin1')
      .replace('SelfSubjectAccessReview', 'SelfSubjectAccessRevieX');
    expect(decodeProtobuf(Buffer.from(renamed, 'latin1'))).toBeUndefined();
  });
});
