import { httpRule } from '../http-drafts.ts';

export default httpRule({
  id: 'http-server-error',
  code: 'NC7101',
  layer: 'protocol',
  looksLike: 'a sidecar proxy that cannot reach the API answers so too',
  next: ['kubectl get --raw /readyz?verbose'],
});
