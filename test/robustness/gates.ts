/** The gate matrix as figures: what keeps netcheck out, whether it is told as what it is, and how soon. */
import { installPlugin } from '../e2e/plugin.ts';
import { type Played, playGate } from '../gates/play.ts';
import { GATES } from '../gates/rows/index.ts';
import { startCluster } from '../sandbox/cluster.ts';
import type { Figure, Part } from './figures.ts';

const SECONDS = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const figureOf = ({ gate, wrong, told, report }: Played): Figure => {
  const codes = report?.verdict.chain.join(' ') ?? '';
  const after =
    told.afterEventMs === undefined ? '' : `told ${SECONDS(told.afterEventMs)} after the kubelet's event`;
  return {
    name: gate.nearMiss === true ? `near miss: ${gate.name}` : gate.name,
    tried: 1,
    right: wrong.length === 0 ? 1 : 0,
    detail: wrong.length > 0 ? wrong.join('; ') : [codes, after].filter((part) => part !== '').join(', '),
  };
};

export const gates: Part = {
  title: 'Gates',
  about:
    'Each way in which a cluster keeps a debug container out, and what looks alike, through the real kubectl. Right: the code, the words, the commands to type, the exit status, and nothing added where it was refused; what the kubelet tells by an event is told before status says it (11 to 13 s later).',
  measure: async (tell) => {
    const [cluster, plugin] = await Promise.all([startCluster(), installPlugin()]);
    const figures: Figure[] = [];
    const soon: number[] = [];
    try {
      for (const gate of GATES) {
        const played = await playGate(cluster, plugin, gate);
        const { afterEventMs } = played.told;
        if (gate.expect?.beforeStatus === true && afterEventMs !== undefined) soon.push(afterEventMs);
        const figure = figureOf(played);
        figures.push(figure);
        tell(figure);
      }
    } finally {
      await cluster.stop();
      plugin.remove();
    }
    const inTime = soon.filter((ms) => ms <= 2_000).length;
    const slowest: Figure = {
      name: "told within 2 s of the kubelet's event",
      tried: soon.length,
      right: inTime,
      detail: `slowest ${SECONDS(Math.max(0, ...soon))}`,
    };
    tell(slowest);
    return [...figures, slowest];
  },
};
