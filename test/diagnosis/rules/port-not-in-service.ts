import { known, type RuleCases } from '../build.ts';
import { frontConnect, frontGet, REFUSED_GET, toService, toWeb, webService } from '../to-destination.ts';

const asked = (port: number | string) => ({ ...toWeb, requested: `svc/web:${port}`, port });
const refusedAt = (port: number) => [
  frontConnect({ kind: 'refused' }, { port }),
  frontGet(REFUSED_GET, { url: `http://web:${port}/`, port }),
];
const without = ['destination-endpoint'] as const;
const only = (port: number) => {
  const made = toService({ destination: asked(port), without });
  return {
    ...made,
    observations: [
      ...made.observations.filter(({ purpose }) => purpose !== 'destination'),
      ...refusedAt(port),
    ],
  };
};
const headless = known(webService({ clusterIP: 'None', clusterIPs: ['None'] }));

export const cases: RuleCases = {
  fires: [
    {
      name: 'another port',
      facts: only(81),
      summary: /^svc\/web.shop has no port 81; it has 80 \(http\)$/,
      severity: 'error',
      confidence: 'certain',
      tells: [/^kubectl netcheck client -n shop --to svc\/web.shop:80$/],
    },
    {
      name: 'the port of the container',
      facts: only(8080),
      summary: /^svc\/web.shop has no port 8080; it has 80 \(http\)$/,
      tells: [/^8080 is where its pods listen: apps connect to 80/],
    },
    {
      name: 'a name that no port has',
      facts: toService({ destination: asked('grpc'), without: ['destination', ...without] }),
      summary: /has no port named grpc/,
    },
  ],
  silent: [
    {
      name: 'a headless Service: any port of its pods can be connected to',
      facts: { ...only(81), evidence: { ...only(81).evidence, destinationService: headless } },
    },
    {
      name: 'it has that port as well',
      facts: {
        ...only(81),
        evidence: {
          ...only(81).evidence,
          destinationService: known(webService({ ports: [{ port: 81, targetPort: 8080 }] })),
        },
      },
    },
    { name: 'a port that it has', facts: toService({ destination: asked('http') }) },
  ],
};
