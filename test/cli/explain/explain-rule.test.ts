/** `explain <rule>`, from its words to its exit code. */
import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ruleText } from '../../../lib/cli/explain/rule-text';
import { rulePage } from '../../../lib/cli/explain/rule-page';
import { run } from '../../../lib/cli/run';
import { explainRule } from '../../../lib/explain/explain-rule';
import { rules } from '../../../lib/rules/registry';

async function explain(...words: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await run(['explain', ...words], {
    print: (line) => stdout.push(line),
    complain: (line) => stderr.push(line),
  });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

const now = new Date('2026-11-22');

describe.each(rules)('$meta.id', (rule) => {
  const { id } = rule.meta;
  const answer = explainRule({ rule, page: rulePage(id), overrides: {}, now });

  it('is explained by its metadata and its page', async () => {
    const { code, stdout, stderr } = await explain(id);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const title of ['Why', 'Example', 'When not to use it', 'What the controller will do']) {
      expect(stdout).toContain(`\n${title}\n`);
    }
    expect(stdout).toContain(rule.meta.source.url);
  });

  it.each([60, 80, 100])('has no prose that is wider than %d columns', (width) => {
    const isFree = (line: string): boolean => /https:|^ {2}|^\s*\S+$/.test(line);
    const wide = ruleText(answer, width)
      .split('\n')
      .filter((line) => line.length > width && !isFree(line));
    expect(wide).toEqual([]);
  });
});

describe('what a policy says of it', () => {
  it('is shown', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'explain-'));
    const file = path.join(folder, 'policy.yaml');
    writeFileSync(
      file,
      'version: 1\nscopes: [{ name: all, posture: any }]\nrules:\n  image-not-dual-stack: { severity: low, remedy: none, options: { allowRegistries: [ghcr.io] } }\n  target-orphaned: off\n',
    );
    const image = await explain('image-not-dual-stack', '--policy', file);
    const target = await explain('target-orphaned', '--policy', file);
    const task = await explain('task-without-ipv6', '--policy', file);
    rmSync(folder, { recursive: true });
    expect(image.stdout).toMatch(/^Policy +severity low, remedy none$/m);
    expect(image.stdout).toMatch(/^Options +allowRegistries \(default \[\], set to \["ghcr\.io"\] by the policy\)$/m);
    expect(target.stdout).toMatch(/^Policy +turned off$/m);
    expect(task.stdout).toMatch(/^Policy +neither turned off nor graded anew\n +by .*policy\.yaml$/m);
  });
});

it('gives the same as JSON', async () => {
  const { stdout } = await explain('task-without-ipv6', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ schema: 'ecs-ipv6/rule/v1', rule: 'task-without-ipv6', kind: 'task' });
});

it('marks facts that are stale, overridden or in doubt', () => {
  const answer = explainRule({ rule: rules[0] ?? fail(), page: '', overrides: {}, now });
  const fact = { id: 'f', title: 'T', value: 1, url: 'https://x', checked: '2026-01-01', recheck: '2026-06-01' };
  const facts = [{ ...fact, stale: true, doubt: 'nobody knows', overriddenBy: 2 }];
  const text = ruleText({ ...answer, facts }, 100);
  expect(text).toMatch(/Due for a new check since 2026-06-01/);
  expect(text).toMatch(/The policy says 2 instead\./);
  expect(text).toMatch(/In doubt: nobody knows/);
});

function fail(): never {
  throw new Error('there are no rules');
}

it.each([
  [['task-without-ipv'], /^ecs-ipv6: task-without-ipv is no rule \(did you mean task-without-ipv6\?\); the rules are /],
  [['zzz'], /^ecs-ipv6: zzz is no rule; the rules are .*task-without-ipv6/],
  [['task-without-ipv6', '--error', 'x'], /one thing at a time/],
  [['task-without-ipv6', '--policy', 'none.yaml'], /policy none\.yaml: is not there/],
])('refuses %j', async (words, says) => {
  expect(await explain(...words)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
});
