import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { completed, missingOptional } from './complete-lock.ts';

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));

test('package-lock.json has every optional dependency, or npm ci refuses it: npm run complete-lock', () => {
  expect(missingOptional(lock.packages)).toEqual([]);
});

test('package-lock.json names no registry', () => {
  expect(JSON.stringify(lock)).not.toMatch(/"resolved":"http/);
});

const asks = { dev: true, optionalDependencies: { 'b-linux-x64-musl': '1.0.0' } };
const name = 'b-linux-x64-musl';

test('an optional dependency is looked for where Node.js would find it', () => {
  expect(missingOptional({ '': {}, 'node_modules/a': asks })).toEqual([
    { name, version: '1.0.0', by: 'node_modules/a' },
  ]);
  expect(missingOptional({ 'node_modules/a': asks, [`node_modules/${name}`]: {} })).toEqual([]);
  expect(missingOptional({ 'node_modules/a': asks, [`node_modules/a/node_modules/${name}`]: {} })).toEqual(
    [],
  );
  const beside = { 'node_modules/x/node_modules/a': asks, [`node_modules/x/node_modules/${name}`]: {} };
  expect(missingOptional(beside)).toEqual([]);
  expect(
    missingOptional({ 'node_modules/a': asks, [`node_modules/c/node_modules/${name}`]: {} }),
  ).toHaveLength(1);
});

test('it is added for its platform only, so that no other fetches it', () => {
  expect(completed({ 'node_modules/a': asks })[`node_modules/${name}`]).toEqual({
    version: '1.0.0',
    dev: true,
    optional: true,
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
  });
  expect(() => completed({ 'node_modules/a': { optionalDependencies: { fsevents: '2.3.3' } } })).toThrow(
    'fsevents',
  );
});
