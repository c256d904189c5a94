/** docs/enforcement.md: what stops each action from doing harm, and the test that shows it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const page = readFileSync('docs/enforcement.md', 'utf8');
const [, table = ''] = page.split('## What could go wrong, and what stops it');
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (action|-+) /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** Every write to the workload, as the ledger and reports name it. */
const actions = [
  ...['tag', 'untag', 'deregister-target', 'deregister-cloudmap-instance', 'enable-primary-ipv6', 'disable-exec'],
  ...['register-target', 'register-cloudmap-instance'],
];

/** A `*` in the last part stands for some file. */
function isThere(file: string): boolean {
  if (!file.includes('*')) return existsSync(file);
  const ending = path.basename(file).replace('*', '');
  return readdirSync(path.dirname(file)).some((name) => name.endsWith(ending));
}

describe('the table of what could go wrong', () => {
  it('is about every action, and about nothing else', () => {
    const named = rows.flatMap(([, action = '']) => action.split(', '));
    const known = [...actions, 'all', 'all but tag and untag'];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(actions.filter((action) => !named.includes(action))).toEqual([]);
  });

  it.each(rows.map(([, action = '', fault = '', stop = '', tests = '']) => ({ action, fault, stop, tests })))(
    '$action: $fault',
    ({ stop, tests }) => {
      expect(stop).not.toBe('');
      const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
      expect(files).not.toEqual([]);
      for (const file of files) expect(file).toMatch(/^(test\/.*\.test\.ts|\.ci\/steps\/.*\.sh)$/);
      expect(files.filter((file) => !isThere(file))).toEqual([]);
    },
  );
});
