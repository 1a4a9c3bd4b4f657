/** Executes a command with the ports it is given, and returns the exit status. Throws what it cannot explain. */
import type { Command } from './command.ts';
import { EXIT } from './exit-status.ts';
import { helpText } from './help.ts';
import type { RunPorts } from './ports.ts';
import { runCheck } from './run-check.ts';

/** @throws UserError */
export const run = async (command: Command, ports: RunPorts): Promise<number> => {
  switch (command.kind) {
    case 'check':
      return runCheck(command, ports);
    case 'judge':
      return (await import('./run-judge.ts')).runJudge(command, ports);
    case 'explain':
      return (await import('./run-codes.ts')).runExplain(command, ports);
    case 'codes':
      return (await import('./run-codes.ts')).runCodes(command, ports);
    case 'help':
      await ports.stdout.write(helpText());
      return EXIT.healthy;
    case 'version': {
      const { VERSION } = await import('../version.ts');
      await ports.stdout.write(`kubectl-netcheck ${VERSION}\n`);
      return EXIT.healthy;
    }
  }
};
