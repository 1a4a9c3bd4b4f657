/** CoreDNS's Corefile: read, judged, and asked whom it asks. Pure. */
export type { Oddity } from './address-kinds.ts';
export { type Answerer, answererOf, type NameAnswered } from './answerer.ts';
export { parseCorefile } from './parse.ts';
export type { CorefileProblem, Effect, ProblemKind, Surroundings } from './problem.ts';
export { corefileProblems } from './problems.ts';
export { readRelease } from './releases.ts';
export { type Answering, type Server, type Servers, serversOf } from './servers.ts';
export type { Corefile, Directive, FileImport, Parsed, ServerBlock } from './tree.ts';
export { type Upstream, type UpstreamTarget, upstreamsOf } from './upstreams.ts';
