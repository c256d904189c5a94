/** `explain --error`, from its words to its exit code; no account, no region, no credentials. */
import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { run } from '../../../lib/cli/run';

const root = path.join(import.meta.dirname, '..', '..', '..');
const KNOWN = 'task ENI is IPv6-only but has no IPv6 subnet gateway address';

async function explain(...words: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await run(['explain', ...words], {
    print: (line) => stdout.push(line),
    complain: (line) => stderr.push(line),
  });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

it('ends with 0 when it knows the error', async () => {
  const { code, stdout, stderr } = await explain('--error', KNOWN);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^The interface of a task has no IPv6 gateway \[interface-without-ipv6-gateway\]/);
});

it('ends with 3 when it does not', async () => {
  expect(await explain('--error', 'ThrottlingException: Rate exceeded')).toMatchObject({ code: 3, stderr: '' });
});

it('gives the same as JSON', async () => {
  const { stdout } = await explain('--error', KNOWN, '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'ecs-ipv6/error/v1',
    recognised: true,
    explanations: [{ id: 'interface-without-ipv6-gateway', certainty: 'sure' }],
  });
});

it.each([
  [[], /name what to explain/],
  [['--error', ' \n'], /^ecs-ipv6: --error: name the text of an error, or - /],
])('refuses %j', async (words, says) => {
  expect(await explain(...words)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
});

it('reads stdin', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', 'explain', '--error', '-'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`2026-11-22T09:00:00Z ${KNOWN}\n`);
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('[interface-without-ipv6-gateway]') });
});
