import { httpRule } from '../http-drafts.ts';
import { couldBe } from '../wording.ts';

export default httpRule({
  id: 'http-empty-or-cut',
  code: 'NC7105',
  layer: 'protocol',
  looksLike: couldBe('a proxy or load balancer between, or a server that restarts'),
  next: ['kubectl get --raw /readyz?verbose'],
});
