import { expect, it } from '@jest/globals';
import { explainFailure, UsageError } from '../../lib/cli/failure';
import { toTable } from '../../lib/cli/table';
import { aFinding, aReport } from './a-report';

it('says in one line that there is nothing to do', () => {
  expect(toTable(aReport({ scanned: { task: 1 }, apiCalls: { 'ecs:ListTasks': 2 } }))).toBe(
    'no violations | 0 unknown | 1 resource looked at with 2 API calls in 1.5 s | account 111122223333, eu-west-2 | policy v1, mode observe',
  );
});

it('shows a finding with its fix, and each gap once', () => {
  const gap = { call: 'ecs:ListTasks', reason: 'AccessDeniedException', resources: [] };
  const lines = toTable(aReport({ findings: [aFinding()], gaps: [gap, gap] })).split('\n');
  expect(lines.slice(0, -1)).toEqual([
    'Violations (1)',
    'high      task-without-ipv6  task/prod/1',
    '          Task 1 has no IPv6 address.',
    '          fix: aws ecs describe-tasks',
    '',
    'not read: ecs:ListTasks (AccessDeniedException)',
  ]);
});

it('says what an answer has no room for, and where it is to be had', () => {
  const omitted = { findings: 1, actions: 0, gaps: 2, rest: 'run ecs-ipv6 audit' };
  expect(toTable(aReport({ omitted })).split('\n')[0]).toBe(
    'left out: 1 finding, 0 actions, 2 gaps: run ecs-ipv6 audit',
  );
});

it('says what the policy sets without effect', () => {
  const policyWarnings = [{ place: 'p', line: 3, path: 'guard.heal', message: 'has no effect' }];
  expect(toTable(aReport({ policyWarnings })).split('\n')[0]).toBe('policy p:3: guard.heal has no effect');
});

it('says which facts the policy overrides', () => {
  const fact = { id: 'minimum-agent', value: '1.102.0', checked: '2027-01-10', recheck: '2027-07-11' };
  expect(toTable(aReport({ overriddenFacts: [fact] })).split('\n')[0]).toBe(
    'policy: fact minimum-agent is "1.102.0", checked 2027-01-10, stale from 2027-07-11 on',
  );
});

it.each([
  [new Error('Region is missing'), 'no region: set AWS_REGION, or add --region'],
  [
    Object.assign(new Error('expired'), { name: 'ExpiredTokenException' }),
    /^AWS credentials: expired; set AWS_PROFILE/,
  ],
  [Object.assign(new Error('no'), { code: 'ENOTFOUND' }), /^cannot reach AWS: no; check/],
  [new UsageError('write this'), 'write this'],
  ['odd', 'odd'],
])('explains %s', (error, text) => {
  expect(explainFailure(error)).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
});
