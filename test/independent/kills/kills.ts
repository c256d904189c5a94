/**
 * Kills a function's process at one of its API calls, one call in each story, and lets what is tried again end the work:
 * redelivered messages, retried invocations, the next sweep. The account and what is remembered have to be as without
 * the kill, the ledger says what was removed and changed, nothing twice, nothing else, every alert told, and told twice
 * only where the process died between the topic's acceptance and the record of it.
 * `kills.ts [--all] [VICTIM]`: at every call instead of a sample; of that function only.
 */
import { isDeepStrictEqual, parseArgs } from 'node:util';
import pMap from 'p-map';
import { judge } from './judge';
import { everyKill, type Kill } from './kill';
import { plots, type Plot } from './plots';
import { tellStory, type Ending } from './story';
import { victims } from './victims';
import { CHANGED } from './wrongs';

/** Two cores are what CI has; a story waits for much, so that several can be told at a time. */
const STORIES_AT_ONCE = 4;

/** Two removals and two changes are what a story comes to. */
const WRITES = 4;

interface Counts {
  readonly kills: number;
  readonly wrong: number;
  readonly toldAgain: number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function retell(plot: Plot, kill: Kill, fair: Ending): Promise<Counts> {
  const { wrong, toldAgain } = judge(kill, fair, await tellStory(plot, kill));
  const { victim, when, what, nth } = kill;
  const name = `${victim} killed ${when} ${what} (${String(nth)})`;
  const again = toldAgain.length > 0 ? `, told again: ${toldAgain.join(', ')}` : '';
  say(wrong.length > 0 ? `WRONG: ${name}: ${wrong.join('; ')}` : `same end: ${name}${again}`);
  return { kills: 1, wrong: Number(wrong.length > 0), toldAgain: Number(toldAgain.length > 0) };
}

function sum(counts: readonly Counts[]): Counts {
  const total = (name: keyof Counts) => counts.reduce((so, one) => so + one[name], 0);
  return { kills: total('kills'), wrong: total('wrong'), toldAgain: total('toldAgain') };
}

/** Tells a story without a kill, and then with one after the other. */
async function play(plot: Plot, wanted: string | undefined, all: boolean): Promise<Counts> {
  const chosen = plot.victims.filter((victim) => wanted === undefined || victim === wanted);
  if (chosen.length === 0) return sum([]);
  const fair = await tellStory(plot);
  const { writes, told, ledger, changed } = fair;
  const twice = writes.length + told.length - new Set([...writes, ...told]).size;
  const isNoted = ledger.length === WRITES && ledger.every((entry) => entry.endsWith(' applied'));
  if (twice > 0 || writes.length !== WRITES || !isNoted || !isDeepStrictEqual(changed, CHANGED)) {
    throw new Error(`without a kill: ${JSON.stringify([writes, told, ledger, changed])}`);
  }
  const calls = fair.calls.filter(({ victim }) => chosen.includes(victim));
  const kills = all ? everyKill(calls) : plot.sample(calls);
  const counts = sum(await pMap(kills, (kill) => retell(plot, kill, fair), { concurrency: STORIES_AT_ONCE }));
  say(`- ${plot.name}: ${String(counts.kills)} kills in ${String(calls.length)} calls of ${chosen.join(', ')}`);
  return counts;
}

const { values, positionals } = parseArgs({ options: { all: { type: 'boolean' } }, allowPositionals: true });
const [wanted] = positionals;
if (wanted !== undefined && !victims.some((victim) => victim === wanted)) {
  throw new Error(`there is no function ${wanted} to kill, only ${victims.join(', ')}`);
}
const counts: Counts[] = [];
for (const plot of plots) counts.push(await play(plot, wanted, values.all ?? false));
const { kills, wrong, toldAgain } = sum(counts);
say(`- ${String(kills - wrong)} of ${String(kills)} came to the same end, ${String(toldAgain)} told an alert twice`);
// not by `exitCode`: of the processes that were killed, Node has been seen to wait for a pipe without end
process.exit(wrong === 0 && kills > 0 ? 0 : 1);
