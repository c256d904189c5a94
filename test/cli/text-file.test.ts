import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTextFile } from '../../lib/cli/text-file';

/** A user id that owns nothing here. */
const NOBODY = 65_534;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'text-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function aFile(content: string | Buffer): string {
  const file = path.join(folder, 'file.yaml');
  writeFileSync(file, content);
  return file;
}

/** Root may read everything, and stops being root meanwhile. */
async function withoutPrivileges<Result>(read: () => Promise<Result>): Promise<Result> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await read();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

it('reads a text, signs beyond ASCII included', async () => {
  expect(await readTextFile('--policy', aFile('name: Zürich ✔\n'))).toBe('name: Zürich ✔\n');
});

it.each([
  ['zeros', Buffer.from([0, 1, 2])],
  ['another encoding', Buffer.from('Zürich', 'latin1')],
])('refuses %s', async (_name, content) => {
  const file = aFile(content);
  await expect(readTextFile('--policy', file)).rejects.toMatchObject({
    name: 'UsageError',
    message: `--policy ${file}: is no text file; name a YAML or JSON file`,
  });
});

it('says that a file may not be read', async () => {
  const file = aFile('version: 1\n');
  chmodSync(file, 0);
  await expect(withoutPrivileges(() => readTextFile('--policy', file))).rejects.toMatchObject({
    name: 'UsageError',
    message: `--policy ${file}: may not be read; check its permissions`,
  });
});

it('says that a part of the path is a file', async () => {
  const file = path.join(aFile('version: 1\n'), 'below.yaml');
  await expect(readTextFile('--weather', file)).rejects.toMatchObject({
    message: `--weather ${file}: is not there; check its name`,
  });
});
