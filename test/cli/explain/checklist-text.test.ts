import { expect, it } from '@jest/globals';
import { checklistText } from '../../../lib/cli/explain/checklist-text';
import type { Checklist, Condition } from '../../../lib/explain/checklist';
import type { Verdict } from '../../../lib/explain/verdict';

const RESOURCE = 'arn:aws:ecs:eu-west-2:111122223333:task/prod/0a1b';

function aCondition(over: Partial<Condition>, ...verdicts: readonly Partial<Verdict>[]): Condition {
  const base = { id: 'task-running', stage: 'start', holds: 'Tasks run', isRule: false, status: 'green' } as const;
  const whole = { ...base, ...over };
  const verdict: Verdict = { resource: RESOURCE, kind: 'task', status: whole.status, fix: [] };
  return { ...whole, verdicts: verdicts.map((one) => ({ ...verdict, ...one })) };
}

function aList(over: Partial<Checklist>): Checklist {
  return {
    schema: 'ecs-ipv6/checklist/v1',
    subject: { kind: 'task', key: RESOURCE },
    account: '111122223333',
    region: 'eu-west-2',
    policyVersion: 'v1',
    firstRed: null,
    counts: { red: 0, unknown: 0, advice: 0, exempt: 0, green: 0, 'not-applicable': 0 },
    conditions: [],
    gaps: [],
    ...over,
  };
}

it('leads with what fails first, and shows each fix once', () => {
  const red = aCondition(
    {
      id: 'task-without-ipv6',
      stage: 'address',
      holds: 'Tasks have an IPv6 address',
      isRule: true,
      status: 'red',
      severity: 'high',
    },
    { message: 'Task 0a1b has no IPv6 address.', fix: ['aws ecs update-service'] },
  );
  const conditions = [
    aCondition({}, {}),
    red,
    aCondition({ id: 'target-healthy', stage: 'health', holds: 'The targets are healthy', status: 'not-applicable' }),
  ];
  const text = checklistText(
    aList({ firstRed: red.id, conditions, counts: { ...aList({}).counts, red: 1, green: 1, 'not-applicable': 1 } }),
    100,
  );
  expect(text.split('\n')).toEqual([
    'task/prod/0a1b: something on its way fails',
    '1 red, 0 unknown, 1 green, 1 not applicable | account 111122223333, eu-west-2 | policy v1',
    '',
    'First to mend: task-without-ipv6, high',
    '         Task 0a1b has no IPv6 address.',
    '         fix: aws ecs update-service',
    '',
    'Start of the task',
    'green    Tasks run [task-running]',
    '',
    'Addresses',
    'RED      Tasks have an IPv6 address [task-without-ipv6]: see above',
    '',
    'Not applicable: target-healthy',
  ]);
});

it('shows a few of many, with their names where no rule names them', () => {
  const verdicts = Array.from({ length: 5 }, () => ({ message: 'It is PENDING, not yet RUNNING.' }));
  const list = aList({
    conditions: [aCondition({ status: 'unknown' }, ...verdicts)],
    counts: { ...aList({}).counts, unknown: 1, advice: 1, exempt: 1 },
    gaps: [{ call: 'ecs:ListTasks', reason: 'AccessDenied' }],
  });
  const lines = checklistText(list, 80).split('\n');
  expect(lines[0]).toBe('task/prod/0a1b: nothing on its way is known to fail, but not everything could be');
  expect(lines).toContain('unknown  Tasks run (5) [task-running]');
  expect(lines.filter((line) => line === '         task/prod/0a1b: It is PENDING, not yet RUNNING.').length).toBe(3);
  expect(lines).toContain('         and 2 more; --format json has all of them');
  expect(lines.at(-1)).toBe('not read: ecs:ListTasks (AccessDenied)');
});

it('says that all is well', () => {
  const list = aList({ subject: { kind: 'instance', key: 'i-0a' }, conditions: [aCondition({}, {})] });
  expect(checklistText(list, 80)).toMatch(/^instance\/i-0a: nothing on its way fails\n/);
});
