/** One line for each layer of the screen, from its findings and its checks. */
import { isGate } from '../codes/index.ts';
import type { Finding } from '../model/finding.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import type { Check, LayerLine } from '../model/report.ts';
import type { View } from './checks/view.ts';
import { type Told, tellers } from './layer-tellers.ts';
import { unique } from './wording.ts';

/** A finding speaks louder than a check; a gate says that nothing was seen, not that something is broken. */
const told = (base: Told, findings: readonly Finding[]): Told => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const gates = findings.filter(({ severity, code }) => severity !== 'info' && isGate(code));
  const warnings = findings.filter(({ severity, code }) => severity === 'warning' && !isGate(code));
  const [first] = [...errors, ...gates, ...warnings];
  if (first === undefined) return base;
  if (errors.length > 0) return { ...base, state: 'broken', detail: first.summary };
  if (base.state === 'broken') return base;
  if (gates.length > 0) return { ...base, state: 'unknown', detail: first.summary };
  return base.state === 'ok'
    ? { ...base, state: 'warning', detail: `${base.detail}. ${first.summary}` }
    : base;
};

/** Layers that only probes can tell of, where none ran. */
const unentered = ({ entry }: View, layer: Layer): Told | undefined =>
  entry.state === 'ran' || layer === 'target' || layer === 'service' || layer === 'policy'
    ? undefined
    : { state: 'not-run', detail: 'not run (needs target)' };

/**
 * The line that a finding stands on. What a probe saw of a destination stands where that destination is checked: one rule (no way
 * to the host) speaks of nameservers, of the Kubernetes API and of the internet alike. Causes stay on the layer of their own.
 */
const homeOf = ({ role, severity, layer, about }: Finding, checks: readonly Check[]): Layer => {
  if (about === 'nameserver') return 'name';
  // Pods and nodes of the destination: the first line is of the pod that asks.
  if (about === 'destination' && layer === 'target')
    return checks.some(({ id, state }) => id === 'destination-service' && state !== 'not-applicable')
      ? 'service'
      : 'port';
  if (role !== 'symptom' || severity !== 'error') return layer;
  return checks.find(({ id, state }) => id === about && state === 'failed')?.layer ?? layer;
};

export const layersOf = (
  view: View,
  checks: readonly Check[],
  findings: readonly Finding[],
): readonly LayerLine[] =>
  LAYERS.map((layer) => {
    const here = findings.filter((finding) => homeOf(finding, checks) === layer);
    const base =
      unentered(view, layer) ??
      tellers[layer](
        view,
        checks.filter((check) => check.layer === layer),
      );
    return { layer, ...told(base, here), codes: unique(here.map(({ code }) => code)) };
  });
