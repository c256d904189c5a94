import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventFixture, eventFolder, eventNames } from '../support/event-fixture';

const root = path.join(import.meta.dirname, '..', '..');

interface Entry {
  readonly file: string;
  readonly requests?: unknown;
  readonly reason?: string;
  readonly error?: string;
}

function replay(args: readonly string[], input = '') {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/replay.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  return { status: run.status, stderr: run.stderr, entries: JSON.parse(run.stdout || '[]') as readonly Entry[] };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'replay-'));
  mkdirSync(path.join(folder, 'deeper'));
  writeFileSync(path.join(folder, 'deeper', 'task.json'), JSON.stringify(eventFixture('ecs-task-running')));
  writeFileSync(path.join(folder, 'broken.json'), '{"a": 1,}');
  writeFileSync(path.join(folder, 'notes.txt'), 'not an event');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('replay', () => {
  it('answers every file of a folder, and exits 0', () => {
    const { status, stderr, entries } = replay([eventFolder]);
    expect({ status, stderr, files: entries.map(({ file }) => path.basename(file)) }).toEqual({
      status: 0,
      stderr: '',
      files: eventNames.map((name) => `${name}.json`).sort(),
    });
  });

  it('goes on after a file that is no JSON, names the place and exits 2', () => {
    const { status, stderr, entries } = replay([folder]);
    expect(status).toBe(2);
    expect(stderr).toBe(`${path.join(folder, 'broken.json')}: not JSON: line 1, column 9: expected a key\n`);
    expect(entries).toEqual([
      { file: path.join(folder, 'broken.json'), error: expect.any(String) },
      { file: path.join(folder, 'deeper', 'task.json'), requests: [expect.objectContaining({ kind: 'task' })] },
    ]);
  });

  it('reads events from standard input', () => {
    const { status, entries } = replay(['-'], JSON.stringify(eventFixture('parameter-store-other')));
    expect({ status, entries }).toEqual({ status: 0, entries: [{ file: '-', reason: expect.any(String) }] });
  });

  it.each([
    [[], 'usage: '],
    [['--fast', 'x.json'], 'unknown flag --fast'],
    [['no-such-file.json'], 'no-such-file.json: ENOENT'],
  ])('with %j exits 2 and one clear message', (args, message) => {
    const { status, stderr } = replay(args);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
    expect(stderr).not.toMatch(/ {4}at /);
  });
});
