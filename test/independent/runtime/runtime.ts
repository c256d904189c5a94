/**
 * Every function as Lambda would run it: its bundle under AWS's Runtime Interface Emulator and AWS's runtime interface
 * client, the stack's own environment and role, and an account to look at. Functions behind a queue get a batch with one
 * poison record and have to name exactly that one. Planted faults show that a function that does otherwise is noticed.
 * `runtime.ts EMULATOR CLIENT NODE`: paths of what .ci/steps/runtime.sh has installed.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cases, victim, type Case } from './cases';
import { invokeCold, type Tools } from './emulator';
import { plants, type Plant } from './plants';
import { createWorld, type World } from './world';

const BUNDLES = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'functions');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function toolsOf([emulator, client, node]: readonly string[]): Tools {
  if (emulator === undefined || client === undefined || node === undefined) {
    throw new Error('usage: runtime.ts EMULATOR CLIENT NODE');
  }
  return { emulator, client, node };
}

const tools = toolsOf(process.argv.slice(2));

interface Tried {
  readonly changes: readonly string[];
  readonly complaints: readonly string[];
  readonly printed: string;
}

async function attempt(tried: Case, { world, told, folder }: Attempt): Promise<Tried> {
  const answer = await invokeCold(tools, world.deployment(tried.part, folder), tried.event(world, told));
  const changes = await world.changes();
  const complaints = tried.judge({ answer, changes, alerts: await world.alerts() });
  return { changes, complaints, printed: answer.printed };
}

interface Attempt {
  readonly world: World;
  /** Changes that were told before. */
  readonly told: readonly string[];
  readonly folder: string;
}

/** @returns number of functions with something wrong */
async function tryAll(world: World): Promise<number> {
  const told: string[] = [];
  let wrong = 0;
  for (const tried of cases) {
    const folder = path.join(BUNDLES, tried.bundle);
    const { changes, complaints, printed } = await attempt(tried, { world, told, folder });
    told.push(...changes);
    if (complaints.length === 0) continue;
    wrong++;
    say(`WRONG: ${tried.bundle}: ${complaints.join('; ')}\n${printed}`);
  }
  return wrong;
}

/** A bundle of its own folder, as each is deployed. */
async function plantIn(folder: string, { source }: Plant): Promise<void> {
  const real = path.join(BUNDLES, victim.bundle, 'index.js');
  await writeFile(
    path.join(folder, 'index.js'),
    `const { handler: real } = require(${JSON.stringify(real)});\n${source}\n`,
  );
}

/** @returns number of faults that were not noticed */
async function tryPlants(world: World, folder: string): Promise<number> {
  let missed = 0;
  for (const plant of plants) {
    await plantIn(folder, plant);
    const { complaints } = await attempt(victim, { world, told: [], folder });
    if (complaints.some((complaint) => plant.noticed.test(complaint))) continue;
    missed++;
    say(`NOT NOTICED: ${plant.name}: ${complaints.join('; ') || 'no complaint'}`);
  }
  return missed;
}

async function inWorld(work: (world: World) => Promise<number>): Promise<number> {
  const world = await createWorld();
  try {
    return await work(world);
  } finally {
    await world.stop();
  }
}

async function inFolder(work: (folder: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'planted-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const wrong = await inWorld(tryAll);
const missed = await inFolder((folder) => inWorld((world) => tryPlants(world, folder)));
say(`- ${String(cases.length - wrong)} of ${String(cases.length)} functions answer as they should`);
say(`- ${String(plants.length - missed)} of ${String(plants.length)} planted faults are noticed`);
if (wrong + missed > 0) process.exitCode = 1;
