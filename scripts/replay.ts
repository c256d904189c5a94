/**
 * `npm run -s replay -- FILE|FOLDER|-`: what each event would make the controller look at, or why nothing; a JSON list
 * on stdout. Nothing is read from AWS. Exit 2 if something is no event file; the others are replayed all the same.
 */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { endWithReader } from '../lib/cli/broken-pipe';
import { eventFiles } from './replay/event-files';
import { replayText, type Replayed } from './replay/replay-text';

const USAGE = 'usage: npm run -s replay -- FILE|FOLDER|- ...   (events as JSON; - reads standard input)';
const STDIN = '-';

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function replayFile(file: string): Promise<readonly Replayed[]> {
  try {
    return replayText(file, file === STDIN ? await text(process.stdin) : await readFile(file, 'utf8'));
  } catch (error) {
    return [{ file, error: said(error) }];
  }
}

async function replayPath(path: string): Promise<readonly Replayed[]> {
  if (path === STDIN) return replayFile(STDIN);
  try {
    const files = await eventFiles(path);
    if (files.length === 0) return [{ file: path, error: 'no *.json file below this folder' }];
    return (await Promise.all(files.map(replayFile))).flat();
  } catch (error) {
    return [{ file: path, error: said(error) }];
  }
}

function print(replayed: readonly Replayed[]): void {
  console.log(`[\n${replayed.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`);
  const faults = replayed.filter((entry) => entry.error !== undefined);
  for (const { file, error } of faults) console.error(`${file}: ${error ?? ''}`);
  if (faults.length > 0) process.exitCode = 2;
}

endWithReader(process.stdout);
const paths = process.argv.slice(2);
const flag = paths.find((path) => path.startsWith('-') && path !== STDIN);
if (flag === '--help' || flag === '-h') {
  console.log(USAGE);
} else if (paths.length === 0 || flag !== undefined) {
  console.error(flag === undefined ? USAGE : `unknown flag ${flag}\n${USAGE}`);
  process.exitCode = 2;
} else {
  print((await Promise.all(paths.map(replayPath))).flat());
}
