import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { describe, expect, it } from '@jest/globals';
import { openFileStore, StateFileError } from '../../lib/state/file-store';
import { NOW } from '../support/builders';
import { aStateFile } from './stores';

const now = () => NOW;
const write = { partition: 'p', key: 'k', value: 1, expected: undefined };
/** Above the highest process id of any system that this runs on. */
const NO_PROCESS = 2 ** 30;

const ROUNDS = 40;
const RACERS = 3;
const RACER = path.join(import.meta.dirname, 'lock-racer.ts');

const DEATHS = 5;
const WRITER = path.join(import.meta.dirname, 'file-writer.ts');

const startRacer = (files: readonly string[]) =>
  spawn(process.execPath, ['--import', 'tsx', RACER, ...files], { stdio: ['pipe', 'pipe', 'inherit'] });

async function written(file: string, content: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

describe('openFileStore', () => {
  it('keeps everything for the next run, in a file of its own', async () => {
    const file = await aStateFile();
    const first = await openFileStore(file, now);
    const expiresAt = new Date(NOW.getTime() + 1);
    await Promise.all([first.put(write), first.put({ ...write, key: 'l', expiresAt })]);
    await first.close();
    const second = await openFileStore(file, now);
    expect(await second.get('p', 'k')).toMatchObject({ value: 1, version: 1 });
    expect(await second.get('p', 'l')).toMatchObject({ expiresAt });
    await second.close();
    expect(await readdir(path.dirname(file))).toEqual(['state.json']);
  });

  it('replaces the file as a whole, in the order of the changes', async () => {
    const file = await aStateFile();
    const store = await openFileStore(file, now);
    const puts = Array.from({ length: 50 }, (_, value) => store.put({ ...write, key: String(value), value }));
    await Promise.all(puts);
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(parsed).toMatchObject({ items: Array.from({ length: 50 }, (_, value) => ({ value })) });
    await store.remove('p', '0', 1);
    expect(await readFile(file, 'utf8')).not.toContain('"key":"0"');
    await store.close();
  });

  it('is refused while another run holds it, and says what to do', async () => {
    const file = await aStateFile();
    const holder = await openFileStore(file, now);
    const refused = openFileStore(file, now);
    await expect(refused).rejects.toThrow(StateFileError);
    await expect(refused).rejects.toThrow(`${file} is in use by another run; wait for it, or name another file`);
    await holder.close();
    await (await openFileStore(file, now)).close();
  });

  it('lets one of many that open it at once in', async () => {
    const file = await aStateFile();
    const racing = await Promise.allSettled(Array.from({ length: 10 }, () => openFileStore(file, now)));
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lets one of many processes take over the lock of one that is gone', async () => {
    const folder = path.dirname(await aStateFile());
    const files = Array.from({ length: ROUNDS }, (_, round) => path.join(folder, `${String(round)}.json`));
    for (const file of files) await written(`${file}.lock`, String(NO_PROCESS));
    const racers = Array.from({ length: RACERS }, () => startRacer(files));
    // all are loaded before the first round begins
    const lines = racers.map((racer) => createInterface(racer.stdout)[Symbol.asyncIterator]());
    for (const line of lines) expect((await line.next()).value).toBe('ready');
    const start = Date.now() + 50;
    for (const racer of racers) racer.stdin.write(`${String(start)}\n`);
    const won = await Promise.all(
      lines.map(async (line) => JSON.parse(String((await line.next()).value)) as boolean[]),
    );
    for (const racer of racers) racer.stdin.end();
    const winners = files.map((_, round) => won.filter((rounds) => rounds[round]).length);
    expect(winners).toEqual(files.map(() => 1));
  });

  it('takes over the lock of a process that is gone', async () => {
    const file = await aStateFile();
    await written(`${file}.lock`, String(NO_PROCESS));
    const store = await openFileStore(file, now);
    expect(await readFile(`${file}.lock`, 'utf8')).toMatch(new RegExp(`^${String(process.pid)} `));
    await store.close();
    expect(await readdir(path.dirname(file))).toEqual([]);
  });

  it.each([
    ['not JSON', 'hello'],
    ['other JSON', '{"items":[]}'],
    ['a broken item', '{"schema":"ecs-ipv6/state/v1","items":[{"key":1}]}'],
    ['half of one', '{"schema":"ecs-ipv6/state/v1","items":[{"partition":"p","key":"k","vers'],
    ['nothing', ''],
  ])('refuses a file that is not ours and leaves it alone: %s', async (_, content) => {
    const file = await written(await aStateFile(), content);
    await expect(openFileStore(file, now)).rejects.toThrow(`${file} is no state file of ecs-ipv6`);
    expect(await readFile(file, 'utf8')).toBe(content);
    expect(await readdir(path.dirname(file))).toEqual(['state.json']);
  });

  it('is whole, with all that was promised, however a process that writes it dies', async () => {
    const file = await aStateFile();
    for (let round = 0; round < DEATHS; round++) {
      const writer = spawn(process.execPath, ['--import', 'tsx', WRITER, file, String(round)]);
      const lines = createInterface(writer.stdout)[Symbol.asyncIterator]();
      const promised: string[] = [];
      while (promised.length < (round + 1) * 3) promised.push(String((await lines.next()).value));
      const ended = once(writer, 'exit');
      writer.kill('SIGKILL');
      await ended;
      const store = await openFileStore(file, now);
      const keys = (await store.list('p')).map(({ key }) => key);
      expect(keys).toEqual(expect.arrayContaining(promised));
      await store.close();
    }
  });

  it('says that a folder is no file', async () => {
    const file = await aStateFile();
    await mkdir(file, { recursive: true });
    await expect(openFileStore(file, now)).rejects.toThrow(`${file} is a folder; name a file with --state`);
  });
});
