import { httpRule } from '../http-drafts.ts';

export default httpRule({
  id: 'http-empty-or-cut',
  code: 'NC7105',
  layer: 'protocol',
  looksLike: 'a proxy or load balancer between, or a server that restarts, looks like this',
  next: ['kubectl get --raw /readyz?verbose'],
});
