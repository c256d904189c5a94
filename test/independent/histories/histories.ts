/**
 * Random histories, each lived through twice: in fair weather, where every event comes at once and no call fails, and in
 * a weather of its own. See docs/histories.md for what is compared, and when.
 * HISTORIES=n SEED=s for another game; HISTORY='{...}' for one history again; `--plant NAME` plants a fault first.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { addExercised, nothingExercised, tellExercised } from './exercised';
import type { History } from './history';
import { createLives } from './live';
import { plants, type Plant } from './plants';
import { play, playOne, type Played } from './play';

/** Two cores are what CI has. */
const PLAYERS = 2;
/** In CI; by hand there may be more. */
const HISTORIES = 2_000;
/** The same every time, so that a change is to blame for what is new. */
const SEED = 20_261_122;
/** On average: a game that takes many times as long as it does on one core hangs. */
const SECONDS_EACH = 10;
/** Of what a game did not try; a short one leaves out much. */
const MAX_TOLD = 20;
/** Every planted fault shows within so many. */
const PLANTED_HISTORIES = 120;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function plantNamed(name: string): Plant {
  const plant = plants[name];
  if (!plant) throw new Error(`there is no fault ${name} to plant, only ${Object.keys(plants).join(', ')}`);
  return plant;
}

/** Very much is made and thrown away, errors among it, of which only the messages are told. */
const NODE_OPTIONS = ['--max-semi-space-size=32', '--stack-trace-limit=0'];

/** In a process of its own: every player has one core. */
async function player(seed: number, histories: number): Promise<Played> {
  const game = ['--seed', String(seed), '--histories', String(histories)];
  const child = fork(process.argv[1] ?? '', game, { execArgv: NODE_OPTIONS });
  const messages: unknown[] = [];
  child.on('message', (message) => messages.push(message));
  await once(child, 'exit');
  if (messages.length !== 1) throw new Error('a player ended without a word');
  return messages[0] as Played;
}

function tell({ history, wrong }: NonNullable<Played['failure']>): void {
  for (const one of wrong) say(`WRONG: ${one}`);
  say(`once more: HISTORY='${JSON.stringify(history)}' bash .ci/steps/histories.sh`);
}

async function playAll(seed: number, histories: number): Promise<boolean> {
  const started = performance.now();
  const share = Math.ceil(histories / PLAYERS);
  const played = await Promise.all(Array.from({ length: PLAYERS }, (_, index) => player(seed + index, share)));
  const total = (name: 'histories' | 'removals'): string => String(played.reduce((sum, one) => sum + one[name], 0));
  for (const { failure } of played) if (failure) tell(failure);
  const exercised = nothingExercised();
  for (const one of played) addExercised(exercised, one.exercised);
  const { lines, missing } = tellExercised(exercised);
  const seconds = String(Math.round((performance.now() - started) / 1_000));
  say(`- ${total('histories')} histories from seed ${String(seed)} on, ${total('removals')} removals, ${seconds} s`);
  for (const line of lines) say(`- ${line}`);
  if (missing.length > 0) say(`- not among them: ${missing.slice(0, MAX_TOLD).join(', ')}`);
  return played.every(({ failure }) => !failure);
}

async function replay(text: string): Promise<boolean> {
  const history = JSON.parse(text) as History;
  const { wrong } = await playOne(history, await createLives());
  for (const one of wrong) say(`WRONG: ${one}`);
  say(`- 1 history once more`);
  return wrong.length === 0;
}

/** Histories that find nothing in a broken controller would find nothing in one that breaks. */
async function findPlanted(name: string, seed: number): Promise<boolean> {
  const lives = await createLives(plantNamed(name));
  const game = { seed, histories: PLANTED_HISTORIES, seconds: PLANTED_HISTORIES * SECONDS_EACH, shrinks: false };
  const { histories, failure } = await play(game, lives);
  say(failure ? `- planted fault ${name}: found after ${String(histories)}` : `WRONG: ${name} is not found`);
  return failure !== undefined;
}

const options = { seed: { type: 'string' }, histories: { type: 'string' }, plant: { type: 'string' } } as const;
const { values } = parseArgs({ options });
const { SEED: seedText = String(SEED), HISTORIES: countText = String(HISTORIES), HISTORY: text } = process.env;
if (process.send) {
  const [seed, histories] = [Number(values.seed), Number(values.histories)];
  const game = { seed, histories, seconds: histories * SECONDS_EACH, shrinks: true };
  process.send(await play(game, await createLives()));
  process.disconnect();
} else {
  const seed = Number(seedText);
  const isWell =
    values.plant !== undefined
      ? await findPlanted(values.plant, seed)
      : await (text === undefined ? playAll(seed, Number(countText)) : replay(text));
  process.exitCode = isWell ? 0 : 1;
}
