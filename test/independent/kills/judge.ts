/** Whether a story with a kill in it came to the end that it comes to without. */
import { isDeepStrictEqual } from 'node:util';
import type { CallMade } from './calls-made';
import { isStruck, type Kill } from './kill';
import type { Ending } from './story';
import { unrecorded } from './told';
import { without } from './without';

export interface Verdict {
  /** What must not be; empty: the end is the same. */
  readonly wrong: readonly string[];
  /** What was told twice because the process died between SNS's acceptance and the record of it. */
  readonly toldAgain: readonly string[];
}

export function judge(kill: Kill, fair: Ending, killed: Ending): Verdict {
  const wrong: string[] = [];
  const struck = killed.calls.find((call) => isStruck(call, kill));
  if (killed.struck !== 1 || struck?.what !== kill.what)
    wrong.push(`what was killed at is ${struck?.what ?? 'nothing'}`);
  for (const part of ['state', 'findings', 'changed', 'ledger', 'writes'] as const) {
    if (!isDeepStrictEqual(killed[part], fair[part])) wrong.push(`${part} are ${JSON.stringify(killed[part])}`);
  }
  const lost = without(fair.told, killed.told);
  if (lost.length > 0) wrong.push(`not told: ${lost.join(', ')}`);
  const extra = without(killed.told, fair.told);
  const mayRepeat = unrecorded(callsUntil(kill, killed.calls));
  const toldAgain = extra.filter((change) => mayRepeat.includes(change));
  const excess = without(extra, mayRepeat);
  if (excess.length > 0) wrong.push(`told although nothing asks for it: ${excess.join(', ')}`);
  return { wrong, toldAgain };
}

/** Calls that took effect before the process died. */
function callsUntil(kill: Kill, calls: readonly CallMade[]): readonly CallMade[] {
  const index = calls.findIndex((call) => isStruck(call, kill));
  return calls.slice(0, kill.when === 'after' ? index + 1 : index);
}
