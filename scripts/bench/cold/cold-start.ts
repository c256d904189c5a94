/**
 * `cold.ratioToEmpty.<function>`, `cold.ratioToFloor.<function>`: processor time from the start of a process until the
 * handler can be called, over that of an empty handler, and over that of the same clients and commands alone. All of them
 * take turns, so that what slows the machine down slows each of them; the median of the rounds' ratios counts.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Bench, Measured } from '../bench';
import { median } from '../median';
import { buildFloor } from './floor';
import { builtPath, functionNames, functionParts, type FunctionParts } from './function-parts';
import { compareFirstPasses } from './first-pass';
import { deployedNode, load } from './processes';

const ROUNDS = 25;

const EMPTY = 'exports.handler = async () => {};\n';

/** Files that a process loads, by what they are. */
interface Subjects {
  readonly ready: readonly string[];
  readonly floor: readonly string[];
  /** With what the first event loads. */
  readonly whole: readonly string[];
  readonly wholeFloor: readonly string[];
}

type Times = Readonly<Record<keyof Subjects, number>>;

interface Round {
  readonly empty: number;
  readonly functions: ReadonlyMap<string, Times>;
}

const rounded = (ratio: number): number => Math.round(ratio * 100) / 100;

async function subjectsOf({ name, ready, whole, rest }: FunctionParts, folder: string): Promise<Subjects> {
  const floor = path.join(folder, `${name}-floor.cjs`);
  const wholeFloor = path.join(folder, `${name}-whole-floor.cjs`);
  await writeFile(floor, await buildFloor(ready.calls));
  await writeFile(wholeFloor, await buildFloor(whole.calls));
  const index = builtPath(`${name}/index.js`);
  return { ready: [index], whole: [index, rest], floor: [floor], wholeFloor: [wholeFloor] };
}

function round(node: string, empty: string, subjects: ReadonlyMap<string, Subjects>): Round {
  const time = (files: readonly string[]): number => load(node, files);
  const functions = [...subjects].map(([name, { ready, floor, whole, wholeFloor }]) => {
    const times = { ready: time(ready), floor: time(floor), whole: time(whole), wholeFloor: time(wholeFloor) };
    return [name, times] as const;
  });
  return { empty: time([empty]), functions: new Map(functions) };
}

function summary(name: string, rounds: readonly Round[]): Measured {
  const ratio = (over: (times: Times, empty: number) => number): number =>
    rounded(
      median(
        rounds.map(({ empty, functions }) => {
          const times = functions.get(name);
          return times ? over(times, empty) : Number.NaN;
        }),
      ),
    );
  const whole = ratio((times, empty) => times.whole / empty);
  const floor = ratio(({ floor: alone }, empty) => alone / empty);
  const wholeFloor = ratio((times, empty) => times.wholeFloor / empty);
  const toWhole = ratio((times) => times.whole / times.wholeFloor);
  return {
    figures: {
      [`cold.ratioToEmpty.${name}`]: ratio(({ ready }, empty) => ready / empty),
      [`cold.ratioToFloor.${name}`]: ratio(({ ready, floor: alone }) => ready / alone),
    },
    remarks: [
      `${name}: its floor takes ${String(floor)} of empty; all loaded it takes ${String(whole)}, the floor of that ${String(wholeFloor)}, ratio ${String(toWhole)}`,
    ],
  };
}

async function measure(names: readonly string[], folder: string): Promise<Measured> {
  const node = deployedNode();
  const empty = path.join(folder, 'empty.cjs');
  await writeFile(empty, EMPTY);
  const subjects = new Map<string, Subjects>();
  for (const name of names) subjects.set(name, await subjectsOf(await functionParts(name), folder));
  const rounds = Array.from({ length: ROUNDS }, () => round(node, empty, subjects));
  const parts = names.map((name) => summary(name, rounds));
  const milliseconds = median(rounds.map((one) => one.empty)).toFixed(1);
  return {
    figures: Object.fromEntries(parts.flatMap(({ figures }) => Object.entries(figures))),
    remarks: [
      `cold starts: ${String(ROUNDS)} rounds on ${node}; the empty handler takes ${milliseconds} ms of processor time`,
      ...parts.flatMap(({ remarks = [] }) => remarks),
      await compareFirstPasses(node, ROUNDS),
    ],
  };
}

export const coldStart: Bench = {
  prefix: 'cold.',
  async run(isWanted) {
    const wanted = (name: string) => ['ratioToEmpty', 'ratioToFloor'].some((kind) => isWanted(`cold.${kind}.${name}`));
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cold-'));
    try {
      return await measure((await functionNames()).filter(wanted), folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
