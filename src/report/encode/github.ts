/** The workflow commands of GitHub Actions: `::error title=…::…`. One line each, whatever the data hold. */
import { visible } from '../safe.ts';

const data = (text: string): string => text.replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** `lines`: shown one below the other. */
export const workflowCommand = (
  name: 'error' | 'warning' | 'notice',
  title: string,
  lines: readonly string[],
): string => `::${name} title=${property(visible(title))}::${lines.map(visible).map(data).join('%0A')}\n`;
