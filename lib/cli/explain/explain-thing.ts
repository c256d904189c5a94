/** `explain --task|--service|--instance|--target`: the checklist of one thing. */
import { EXIT, type ExitCode } from '../exit-code';
import { problemLine, readPolicyFile } from '../policy-file';
import type { SeedOptions } from '../seed';
import { openInspection } from '../session';
import type { Terminal } from '../terminal';
import { withLocal } from '../with-local';
import { checklistText } from './checklist-text';
import { textWidth } from './layout';
import { look, UnreadError, type Looked, type Wanted } from './look';

export interface ThingOptions extends Wanted, SeedOptions {
  readonly policy?: string;
  readonly region?: string;
  readonly local: boolean;
  readonly format: 'table' | 'json';
}

/** As an audit's: 2 the policy is broken, 1 something fails, 3 something cannot be told, 0 all is well. */
function exitCode({ list: { counts, gaps }, loaded }: Looked): ExitCode {
  if (loaded.problems.length > 0) return EXIT.error;
  if (counts.red > 0) return EXIT.violations;
  return counts.unknown > 0 || gaps.length > 0 || loaded.unread ? EXIT.incomplete : EXIT.compliant;
}

export async function explainThing(options: ThingOptions, terminal: Terminal): Promise<ExitCode> {
  const policy = options.policy === undefined ? undefined : await readPolicyFile(options.policy);
  return await withLocal(options, async () => {
    const { caller, inspection } = await openInspection(options.region, policy);
    try {
      const looked = await look(options, caller, inspection);
      for (const problem of looked.loaded.problems) terminal.complain(problemLine(problem));
      terminal.print(textOf(looked, options, terminal));
      return exitCode(looked);
    } catch (error) {
      if (!(error instanceof UnreadError)) throw error;
      terminal.complain(`ecs-ipv6: ${error.message}`);
      return EXIT.incomplete;
    }
  });
}

function textOf({ list }: Looked, { format }: ThingOptions, { columns }: Terminal): string {
  return format === 'json' ? JSON.stringify(list, null, 2) : checklistText(list, textWidth(columns));
}
