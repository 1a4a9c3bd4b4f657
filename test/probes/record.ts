/**
 * Makes recordings: runs this machine's tools, with exactly the argv of our probes, in a small network of its own (record/), and
 * writes what they print as fixtures. Needs root, iproute2, nftables, util-linux. Nothing leaves the machine.
 *
 *   node test/probes/record.ts [--flavour NAME] [--root DIRECTORY] [--only TEXT]   record; DIRECTORY holds another release's tools
 *   node test/probes/record.ts --corpus captures.jsonl                             take over the captures of a corpus
 */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { asksOf, capturesIn } from './capture.ts';
import { type Fixture, outputOf, probeOf, writeFixture } from './fixture.ts';
import { scenarios } from './record/scenarios/index.ts';
import type { Scenario } from './record/scenarios/scenario.ts';
import { makeWorld, TRUSTED, type World } from './record/world.ts';
import { judge } from './truth.ts';

/** Writes the fixture with the outcome as it is read now; says where that does not agree with the truth. */
const keep = (probe: string, name: string, fixture: Omit<Fixture, 'expected'>): void => {
  const outcome = probeOf(probe).parse(outputOf(fixture), fixture.question);
  const judgement = judge(probe, fixture.flavour, fixture.truth, { ...outcome });
  writeFixture(probe, name, { ...fixture, expected: { ...outcome } });
  const line = `${judgement.padEnd(11)}${fixture.flavour} ${probe}/${name}: ${outcome.kind}\n`;
  process.stdout.write(
    judgement === 'right'
      ? line
      : `${line}  ${JSON.stringify(fixture.truth)} ${JSON.stringify(outcome).slice(0, 300)}\n`,
  );
};

const record = async (world: World, scenario: Scenario, flavour: string): Promise<void> => {
  const { probe, name, question, truth, resolvConf } = scenario;
  const command = probeOf(probe).command(question);
  const argv = flavour === 'busybox' ? ['busybox', ...command] : command;
  if (scenario.beforeWorld !== undefined) await world.shell('world', scenario.beforeWorld);
  if (scenario.before !== undefined) await world.shell('pod', scenario.before);
  try {
    const ran = await world.inPod(argv, {
      ...(resolvConf === undefined ? {} : { resolvConf }),
      asNobody: scenario.asNobody === true,
      trust: scenario.trust === true,
      limitSeconds: probeOf(probe).timeLimitSeconds(question),
    });
    keep(probe, `${name}-${flavour}`, {
      origin: 'recorded',
      flavour,
      truth,
      question,
      argv: [...argv],
      ...(resolvConf === undefined ? {} : { resolvConf }),
      exitCode: ran.exitCode,
      stdout: ran.stdout,
      stderr: ran.stderr,
    });
  } finally {
    if (scenario.after !== undefined) await world.shell('pod', scenario.after);
    if (scenario.afterWorld !== undefined) await world.shell('world', scenario.afterWorld);
  }
};

const recordAll = async (
  flavour: string,
  root: string | undefined,
  only: string | undefined,
): Promise<void> => {
  const world = await makeWorld(root);
  try {
    const servers = world.start([
      process.execPath,
      fileURLToPath(new URL('./record/servers.ts', import.meta.url)),
      TRUSTED,
    ]);
    if (servers.stdout === null) throw new Error('the servers have no output');
    await once(servers.stdout, 'data');
    for (const scenario of scenarios.filter(({ probe, name }) => `${probe}/${name}`.includes(only ?? ''))) {
      await record(world, scenario, flavour);
      if (root === undefined && scenario.busybox === true) await record(world, scenario, 'busybox');
    }
  } finally {
    world.stop();
  }
};

const takeOver = (file: string): void => {
  for (const capture of capturesIn(file)) {
    const { id, flavour, argv, resolvConf, exitCode, stdout, stderr } = capture;
    asksOf(capture).forEach(({ probe, question, truth }, index, all) => {
      keep(probe, all.length === 1 ? `${id}-${flavour}` : `${id}-${flavour}-${index + 1}`, {
        origin: 'corpus',
        flavour,
        source: id,
        truth,
        question,
        argv,
        ...(typeof resolvConf === 'string' ? { resolvConf } : {}),
        exitCode,
        stdout,
        stderr,
      });
    });
  }
};

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    flavour: { type: 'string', default: 'bookworm' },
    root: { type: 'string' },
    only: { type: 'string' },
  },
});
if (values.corpus === undefined) await recordAll(values.flavour, values.root, values.only);
else takeOver(values.corpus);
