/** What an audit knows of earlier runs, and that it leaves that as it is. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pointAt, startLocal } from '../../lib/cli/local';
import { run } from '../../lib/cli/run';
import type { Report } from '../../lib/report/report';
import { clientSettings } from '../support/local-account';

const before = { ...process.env };
let account: Awaited<ReturnType<typeof startLocal>>['account'];
let folder: string;

beforeAll(async () => {
  ({ account } = await startLocal({ seed: { name: 'empty' }, port: 0 }));
  pointAt(account);
  folder = await mkdtemp(path.join(tmpdir(), 'audit-state-'));
});

afterAll(async () => {
  await account.stop();
  await rm(folder, { recursive: true, force: true });
  process.env = { ...before };
});

async function write(policy: string): Promise<void> {
  const name = { Name: '/ecs-ipv6/policy', Type: 'String', Overwrite: true } as const;
  await new SSMClient(clientSettings(account)).send(new PutParameterCommand({ ...name, Value: policy }));
}

async function report(...words: readonly string[]): Promise<Report> {
  const lines: string[] = [];
  await run([...words, '--format', 'json'], {
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
  });
  return JSON.parse(lines.join('\n')) as Report;
}

it('goes by the last valid policy of earlier runs, and writes nothing there', async () => {
  const state = path.join(folder, 'state.json');
  await write('version: 1\nmode: tag\nscopes: [{ name: all, posture: any }]\n');
  await report('reconcile', '--state', state);
  const remembered = await readFile(state, 'utf8');
  await write('version: 1\nmode: x\n');
  expect(await report('audit', '--state', state)).toMatchObject({ policyOrigin: 'last-valid', mode: 'observe' });
  expect(await report('audit')).toMatchObject({ policyOrigin: 'built-in', mode: 'observe' });
  expect(await readFile(state, 'utf8')).toBe(remembered);
});

it('begins no memory', async () => {
  await report('audit', '--state', path.join(folder, 'none.json'));
  expect(await readdir(folder)).not.toContain('none.json');
});
