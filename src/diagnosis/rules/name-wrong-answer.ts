import { lookupRule } from '../name-rule.ts';

/** svc/kubernetes tells the address of the cluster's own name; for names outside only addresses that lead nowhere are wrong. */
export default lookupRule({
  id: 'name-wrong-answer',
  code: 'NC3013',
  kind: 'wrong-answer',
  summary: (_servers, names, _effect, alone) => `DNS (${alone}) gives a wrong address for ${names}`,
  before: ['kubectl get service kubernetes -n default'],
  next: ['config'],
});
