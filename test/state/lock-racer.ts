/**
 * A process that opens each of the files it is given, at instants that all racers share, and keeps what it gets. Says
 * `ready`, reads when to start, and says of which files it got hold. Ends with its standard input.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { openFileStore } from '../../lib/state/file-store';

/** Between one round and the next. */
const ROUND_MS = 20;

async function race(file: string, at: number): Promise<boolean> {
  // a timer would come a millisecond early or late: more than a race takes
  while (Date.now() < at);
  try {
    await openFileStore(file, () => new Date());
    return true;
  } catch {
    // another was first
    return false;
  }
}

const lines = createInterface(process.stdin);
process.stdout.write('ready\n');
const [start] = (await once(lines, 'line')) as [string];
const won: boolean[] = [];
for (const [round, file] of process.argv.slice(2).entries())
  won.push(await race(file, Number(start) + round * ROUND_MS));
process.stdout.write(`${JSON.stringify(won)}\n`);
