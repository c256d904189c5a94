/** `iam`, from its words to its exit codes. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../lib/cli/run';
import type { PolicyDocument } from '../../lib/permissions/policy-document';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'iam-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function cli(...words: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await run(['iam', ...words], {
    print: (line) => stdout.push(line),
    complain: (line) => stderr.push(line),
  });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

async function document(...words: readonly string[]): Promise<PolicyDocument> {
  const { code, stdout } = await cli(...words);
  expect(code).toBe(0);
  return JSON.parse(stdout) as PolicyDocument;
}

async function aPolicyFile(text: string): Promise<string> {
  const file = path.join(folder, 'policy.yaml');
  await writeFile(file, text);
  return file;
}

const resources = ({ Statement }: PolicyDocument): readonly string[] => Statement.flatMap(({ Resource }) => Resource);
const sids = ({ Statement }: PolicyDocument): readonly string[] => Statement.map(({ Sid }) => Sid);

describe('prints', () => {
  it('the same text each time, for reads alone unless more is asked for', async () => {
    const first = await cli();
    expect(await cli()).toEqual(first);
    expect(await cli('--permissions', 'observe')).toEqual(first);
    expect(first.stdout).not.toMatch(/:(Tag|Untag|Add|Remove|Create|Delete|Deregister|Update|Modify)/);
  });

  it.each([
    [[], ['*', '*', '*']],
    [
      ['--region', 'us-gov-west-1'],
      ['aws-us-gov', 'us-gov-west-1', '*'],
    ],
    [
      ['--region', 'cn-north-1', '--account', '111122223333'],
      ['aws-cn', 'cn-north-1', '111122223333'],
    ],
    [
      ['--partition', 'aws-cn'],
      ['aws-cn', '*', '*'],
    ],
    [
      ['--region', '*', '--account', '*', '--partition', '*'],
      ['*', '*', '*'],
    ],
  ])('ARNs of the place that is named: %j', async (words, [partition, region, account]) => {
    const arns = resources(await document('--permissions', 'enforce', ...words)).filter((each) => each !== '*');
    for (const arn of arns)
      expect(arn.split(':').slice(1, 5)).toEqual([partition, expect.any(String), region, account]);
    expect(arns.length).toBeGreaterThan(10);
  });

  it('the parameters of a stack with another prefix', async () => {
    expect(resources(await document('--policy-prefix', '/acme/ipv6'))).toContain(
      'arn:*:ssm:*:*:parameter/acme/ipv6/enforcement',
    );
  });

  it('what a policy needs in its mode', async () => {
    const file = await aPolicyFile('version: 1\nmode: tag\nscopes: [{ name: a, posture: any }]\n');
    const tagging = await cli('--policy', file);
    expect(sids(JSON.parse(tagging.stdout) as PolicyDocument)).toContain('TagEcs');
    expect(await document('--policy', file, '--permissions', 'observe')).not.toMatchObject({
      Statement: expect.arrayContaining([expect.objectContaining({ Sid: 'TagEcs' })]),
    });
    const { code, stdout, stderr } = await cli('--policy', file, '--permissions', 'enforce');
    expect({ code, stdout }).toEqual({ code: 0, stdout: tagging.stdout });
    expect(stderr).toMatch(/asks for tag, --permissions for enforce: tag is enough/);
  });
});

describe('refuses', () => {
  it.each([
    [['--permissions', 'all'], /Allowed choices are observe, tag, enforce/],
    [['--region', 'London'], /Name a region such as eu-west-2, or \*/],
    [['--account', '1234'], /12 digits/],
    [['--partition', 'azure'], /Name a partition such as aws/],
    [['--policy-prefix', 'acme/'], /Parameter Store path/],
    [['--partition', 'aws-cn', '--region', 'eu-west-2'], /--partition aws-cn: eu-west-2 is in aws; leave one/],
    [['--policy', '/none/policy.yaml'], /\/none\/policy\.yaml: is not there; check its name/],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await cli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('a policy with faults, each with its place', async () => {
    const file = await aPolicyFile('version: 1\nmode: watch\nscopes: []\n');
    const { code, stderr } = await cli('--policy', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/policy\.yaml:2:1: mode must be/);
  });
});
