import { describe, expect, test } from '@jest/globals';
import { createProgress, PATIENCE_MS, type ProgressOptions } from '../../src/cli/progress.ts';
import { visible } from '../../src/report/safe.ts';

/** A clock that goes only when told to. */
const stage = (options: Partial<ProgressOptions>) => {
  const written: string[] = [];
  let now = 0;
  let waiting: { readonly due: number; readonly call: () => void }[] = [];
  const progress = createProgress({
    terminal: false,
    quiet: false,
    width: 40,
    clean: visible,
    write: (text) => written.push(text),
    later: (ms, call) => {
      const item = { due: now + ms, call };
      waiting.push(item);
      return () => {
        waiting = waiting.filter((other) => other !== item);
      };
    },
    ...options,
  });
  const pass = (ms: number): void => {
    now += ms;
    const due = waiting.filter((item) => item.due <= now);
    waiting = waiting.filter((item) => item.due > now);
    for (const { call } of due) call();
  };
  return { progress, pass, text: () => written.join('') };
};

describe('in a pipe', () => {
  test('a quick run is silent', () => {
    const { progress, pass, text } = stage({});
    progress.tell({ stage: 'connect', text: 'connecting' });
    pass(PATIENCE_MS - 1);
    progress.tell({ stage: 'probe', text: 'probing', done: 1, total: 9 });
    pass(PATIENCE_MS - 1);
    progress.end();
    pass(PATIENCE_MS * 10);
    expect(text()).toBe('');
  });

  test('a slow one gets one line a stage', () => {
    const { progress, pass, text } = stage({});
    progress.tell({ stage: 'wait', text: 'waiting' });
    pass(PATIENCE_MS);
    progress.tell({ stage: 'wait', text: 'pulling the image' });
    pass(PATIENCE_MS);
    progress.tell({ stage: 'probe', text: 'probing', done: 3, total: 9 });
    pass(PATIENCE_MS);
    expect(text()).toBe('waiting\nprobing (3 of 9)\n');
  });

  test('nothing where quiet, but the notice of the first change', () => {
    const { progress, pass, text } = stage({ quiet: true });
    progress.tell({ stage: 'wait', text: 'waiting' });
    pass(PATIENCE_MS * 2);
    progress.tell({ stage: 'inject', text: 'adding a container' });
    expect(text()).toBe('adding a container\n');
  });
});

describe('on a terminal', () => {
  test('one line is written over, and gone at the end; the notice stays', () => {
    const { progress, text } = stage({ terminal: true, quiet: true });
    // A login program may talk to its user then.
    progress.tell({ stage: 'connect', text: 'reading the kubeconfig' });
    expect(text()).toBe('');
    progress.tell({ stage: 'target', text: 'looking' });
    progress.tell({ stage: 'inject', text: 'adding a container' });
    progress.tell({ stage: 'probe', text: 'probing', done: 1, total: 9 });
    progress.end();
    expect(text()).toBe('\r\x1b[Klooking\r\x1b[Kadding a container\n\r\x1b[Kprobing (1 of 9)\r\x1b[K');
  });

  test('it never fills the line, and is safe', () => {
    const { progress, text } = stage({ terminal: true });
    progress.tell({ stage: 'wait', text: `pulling \x1b[2J${'中'.repeat(60)}` });
    expect(text()).toMatch(/^\r\x1b\[Kpulling \\x1b\[2J中+\.\.\.$/);
    expect(text().length).toBeLessThan(40);
  });
});
