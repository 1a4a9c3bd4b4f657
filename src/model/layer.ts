/** The layers of pod networking, from the first thing that must work to the last. */
export const LAYERS = [
  'target',
  'interface',
  'name',
  'service',
  'policy',
  'route',
  'port',
  'tls',
  'protocol',
] as const;

export type Layer = (typeof LAYERS)[number];

/** Lower means: must work before the other can. */
export const layerDepth = (layer: Layer): number => LAYERS.indexOf(layer);
