/** One run of the command line, from its words to its exit code. */
import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code';
import { explainFailure, UnfinishedError } from './failure';
import { createProgram } from './program';
import type { Terminal } from './terminal';

/**
 * Whatever goes wrong is told in one message on stderr; nothing is thrown.
 * @param words what follows the program's name
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.compliant;
  const exit = (ended: ExitCode): void => {
    code = ended;
  };
  try {
    await createProgram({ ...terminal, exit }).parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has said what is wrong; --help and --version end here too
      return error.exitCode === 0 ? EXIT.compliant : EXIT.error;
    }
    terminal.complain(`ecs-ipv6: ${explainFailure(error)}`);
    return error instanceof UnfinishedError ? EXIT.incomplete : EXIT.error;
  }
}
