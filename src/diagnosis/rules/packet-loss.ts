import { pingRule } from '../ping-rule.ts';
import { hostInCommand } from '../wording.ts';

/** Partial loss only: where nothing comes back, ICMP may be filtered, which alone is no fault. */
export default pingRule('packet-loss', 'NC2004', ({ sent, received }, { question: { host } }) => {
  if (received >= sent) return undefined;
  const percent = Math.round((100 * (sent - received)) / sent);
  return {
    summary: `${sent - received} of ${sent} pings to ${host} were lost (${percent} %; a small sample)`,
    next: [`ping -c 100 -i 0.2 ${hostInCommand(host)}`],
  };
});
