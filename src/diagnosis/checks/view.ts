/** Everything that checks and layer lines look at, read once. */
import type { ProbeId } from '../../../probes/index.ts';
import type { Seen } from '../../model/rule.ts';
import { type Facts, group } from '../evaluate.ts';
import { type HttpResult, httpTo } from '../http.ts';
import { type Links, readLinks } from '../links.ts';
import { type Names, readNames } from '../names.ts';
import { type ConnectResult, connectTo } from '../reach.ts';

export interface View extends Facts {
  readonly seen: Seen<ProbeId>;
  readonly links: Links;
  readonly names: Names;
  readonly api: { readonly connect: ConnectResult; readonly http: HttpResult };
  readonly internet: { readonly connect: ConnectResult; readonly http: HttpResult };
}

export const viewOf = (facts: Facts): View => {
  const seen = group(facts.observations);
  return {
    ...facts,
    seen,
    links: readLinks(seen.interface),
    names: readNames(seen, facts.evidence),
    api: {
      connect: connectTo(seen, 'kubernetes-api'),
      http: httpTo(seen, 'kubernetes-api', facts.internetMode),
    },
    internet: { connect: connectTo(seen, 'internet'), http: httpTo(seen, 'internet', facts.internetMode) },
  };
};
