/** From a case to the report. Pure: no cluster, no clock, the same case gives the same report. */

import { isGate } from './codes/index.ts';
import { checksOf } from './diagnosis/checks/index.ts';
import { viewOf } from './diagnosis/checks/view.ts';
import { conclude } from './diagnosis/conclude.ts';
import { settle } from './diagnosis/destination/service/settle.ts';
import { nameOf } from './diagnosis/destination/wording.ts';
import { evaluate, type Facts } from './diagnosis/evaluate.ts';
import { layersOf } from './diagnosis/layers.ts';
import { withoutProxied } from './diagnosis/mesh.ts';
import { type Reading, read } from './diagnosis/read.ts';
import { rules } from './diagnosis/rules/index.ts';
import {
  besideDestination,
  checkUnknowns,
  entryUnknowns,
  evidenceUnknowns,
  narrowedUnknowns,
} from './diagnosis/unknowns.ts';
import { closedWays, wayNotes } from './diagnosis/ways.ts';
import { API_VERSION } from './model/api-version.ts';
import type { Case } from './model/case.ts';
import { type Entry, wayOf } from './model/entry.ts';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';

/** Why a way is closed that was not gone in the end: told, and no part of the verdict. */
const closedWay = (other: Entry, facts: Facts): readonly Finding[] =>
  evaluate(
    rules.filter(({ code }) => isGate(code)),
    { ...facts, entry: other, observations: [] },
  ).map((finding) => ({ ...finding, severity: 'info', about: wayOf(other) }));

export const judge = (theCase: Case): Report => judgeReading(theCase, read(theCase));

/** The same, from observations that were read already. */
export const judgeReading = (theCase: Case, reading: Reading): Report => {
  const { target, evidence, entry } = theCase;
  const { destination, observations } = settle(theCase.destination, reading.observations);
  const facts = {
    target,
    entry,
    evidence,
    observations: withoutProxied(observations, evidence.pod),
    destination,
    internetMode: theCase.internet,
    narrowed: theCase.narrowed,
    gatheredAt: theCase.gatheredAt,
  };
  const view = viewOf(facts);
  const checks = checksOf(view);
  const otherWays = theCase.otherWays ?? [];
  const findings = [...evaluate(rules, facts), ...otherWays.flatMap((other) => closedWay(other, facts))];
  const unread = reading.unread.map(({ id, why }) => `${id}: ${why}`);
  const unknowns = {
    run: [
      ...entryUnknowns(
        entry,
        reading,
        // A finding about the pod itself repeats what the server said only where nothing was tried.
        findings.some(
          ({ code, layer }) => isGate(code) || (entry.state === 'not-attempted' && layer === 'target'),
        ),
      ),
      ...(entry.state === 'ran' ? [] : closedWays('nor', otherWays, findings)),
      ...unread,
      ...narrowedUnknowns(facts.narrowed, checks),
    ],
    // Where nothing ran at all, one reason stands for every check.
    checks: entry.state === 'ran' ? checkUnknowns(checks) : [],
    ownChecks: entry.state === 'ran' ? checkUnknowns(checks.filter(({ needs }) => needs === undefined)) : [],
    evidence: evidenceUnknowns(evidence, destination === undefined ? [] : besideDestination(checks)),
  };
  const lookAlike = entry.state === 'ran' && entry.lookAlike !== undefined;
  const subject = `${lookAlike ? 'a look-alike of ' : ''}${target.namespace}/${target.pod}`;
  const verdict = conclude(
    subject,
    findings,
    checks,
    unknowns,
    entry.state === 'ran',
    facts.narrowed === true,
    destination === undefined ? undefined : nameOf(destination),
  );
  const notes = wayNotes(entry, otherWays, findings, evidence.pod);
  const pod = evidence.pod.state === 'known' ? evidence.pod.value : undefined;
  const ips =
    pod?.status.podIPs?.map(({ ip }) => ip) ?? (pod?.status.podIP === undefined ? [] : [pod.status.podIP]);
  return {
    apiVersion: API_VERSION,
    kind: 'Report',
    toolVersion: theCase.toolVersion,
    gatheredAt: theCase.gatheredAt,
    durationMs: theCase.durationMs,
    ...(theCase.apiRequests === undefined ? {} : { apiRequests: theCase.apiRequests }),
    target: {
      ...target,
      ...(pod?.spec.nodeName === undefined ? {} : { node: pod.spec.nodeName }),
      podIPs: ips,
    },
    ...(destination === undefined ? {} : { destination }),
    ...(notes.length === 0 ? {} : { notes }),
    verdict,
    layers: layersOf(view, checks, findings),
    checks,
    findings,
    observations,
    entry,
    ...(otherWays.length === 0 ? {} : { otherWays }),
  };
};
