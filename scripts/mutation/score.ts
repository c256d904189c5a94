import type { Mutant, MutatedFiles } from './stryker';
import { STAGES } from './stages';

export interface Score {
  readonly name: string;
  /** Noticed by a test that fails, or by one that does not end. */
  readonly noticed: number;
  readonly survived: number;
}

const noticed: readonly Mutant['status'][] = ['Killed', 'Timeout'];
const survived: readonly Mutant['status'][] = ['Survived', 'NoCoverage'];

/** What does not load (`RuntimeError`) and what is words only (`Ignored`) counts neither way. */
function scoreOf(name: string, mutants: readonly Mutant[]): Score {
  const count = (statuses: readonly string[]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length;
  return { name, noticed: count(noticed), survived: count(survived) };
}

/** In percent; 100 where there was nothing to notice. */
export function percentOf({ noticed, survived }: Score): number {
  const all = noticed + survived;
  return all === 0 ? 100 : (100 * noticed) / all;
}

/** Of each stage that was broken, and of all together. */
export function scores(files: MutatedFiles): readonly Score[] {
  const entries = Object.entries(files);
  const byStage = STAGES.map((stage) => {
    const own = entries.filter(([file]) => file.startsWith(`lib/${stage}/`));
    return scoreOf(
      stage,
      own.flatMap(([, { mutants }]) => mutants),
    );
  });
  const whole = scoreOf(
    'all',
    entries.flatMap(([, { mutants }]) => mutants),
  );
  return [...byStage.filter((score) => score.noticed + score.survived > 0), whole];
}
