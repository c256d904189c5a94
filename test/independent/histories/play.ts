/** Plays histories drawn from a seed; of one that fails, the smallest that fails as well. */
import fc from 'fast-check';
import { arbitraryHistory } from './arbitrary-history';
import { addExercised, nothingExercised, type Exercised } from './exercised';
import { fairWeather, type History } from './history';
import { judge } from './judge';
import type { Lives } from './live';

export interface Game {
  readonly seed: number;
  readonly histories: number;
  /** In all; then what was found so far is told. */
  readonly seconds: number;
  /** Of a history that fails, the smallest is looked for that fails as well. */
  readonly shrinks: boolean;
}

export interface Played {
  readonly histories: number;
  /** Removals tried in fair weather. */
  readonly removals: number;
  readonly exercised: Exercised;
  readonly failure?: { readonly history: History; readonly wrong: readonly string[] };
}

class WrongEnding extends Error {
  override readonly name = 'WrongEnding';
}

export async function playOne(history: History, lives: Lives) {
  const fair = await lives.live({ ...history, weather: fairWeather });
  const rough = await lives.live(history);
  return { wrong: judge(fair, rough), removals: fair.removals, exercised: rough.exercised };
}

export async function play({ seed, histories: numRuns, seconds, shrinks }: Game, lives: Lives): Promise<Played> {
  const counts = { histories: 0, removals: 0, exercised: nothingExercised() };
  const wrongs = new Map<string, readonly string[]>();
  const property = fc.asyncProperty(arbitraryHistory, async (history) => {
    const { wrong, removals, exercised } = await playOne(history, lives);
    counts.histories += 1;
    counts.removals += removals;
    addExercised(counts.exercised, exercised);
    if (wrong.length === 0) return;
    wrongs.set(JSON.stringify(history), wrong);
    throw new WrongEnding(wrong.join('; '));
  });
  const limit = { interruptAfterTimeLimit: seconds * 1_000, markInterruptAsFailure: true };
  const game = { seed, numRuns, endOnFailure: !shrinks, ...limit };
  const { failed, counterexample, errorInstance } = await fc.check(property, game);
  if (!failed) return counts;
  const [history] = counterexample ?? [];
  if (!history) throw new Error(`no more than ${counts.histories} histories in ${seconds} s`, { cause: errorInstance });
  const wrong = wrongs.get(JSON.stringify(history)) ?? [String(errorInstance)];
  return { ...counts, failure: { history, wrong } };
}
