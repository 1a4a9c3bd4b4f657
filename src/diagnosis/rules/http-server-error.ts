import { httpRule } from '../http-drafts.ts';
import { couldBe } from '../wording.ts';

export default httpRule({
  id: 'http-server-error',
  code: 'NC7101',
  layer: 'protocol',
  looksLike: couldBe('a sidecar proxy that cannot reach the API'),
  next: ['kubectl get --raw /readyz?verbose'],
});
