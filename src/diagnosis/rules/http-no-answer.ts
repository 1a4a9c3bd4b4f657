import { httpRule } from '../http-drafts.ts';

export default httpRule({
  id: 'http-no-answer',
  code: 'NC7104',
  layer: 'protocol',
  looksLike: 'the connection stands, the other end stays silent',
  next: ['kubectl get --raw /readyz?verbose'],
});
