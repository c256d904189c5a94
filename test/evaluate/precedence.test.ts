import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import { precedences, precedencesUnder, withoutMoot } from '../../lib/evaluate/precedence';
import { aPolicy } from '../support/policy-builders';

const table = [{ moot: 'target-blocks', because: 'instance-bad' }];

function aFinding(rule: string, resource: string, over: Partial<Finding> = {}): Finding {
  return {
    rule,
    resource,
    kind: 'instance',
    severity: 'high',
    status: 'open',
    verify: false,
    message: '',
    desired: {},
    actual: {},
    remedy: 'none',
    fix: [],
    source: { url: 'https://docs.aws.amazon.com/', checked: '2026-11-21' },
    scope: 'all',
    related: [],
    ...over,
  };
}

describe('a rule made moot by another', () => {
  it.each([
    ['on the same resource', aFinding('instance-bad', 'x'), aFinding('target-blocks', 'x')],
    ['on a resource that it touches', aFinding('instance-bad', 'i-1'), aFinding('target-blocks', 'x', { related: ['i-1'] })],
    ['on a resource that the other touches', aFinding('instance-bad', 'i-1', { related: ['x'] }), aFinding('target-blocks', 'x')],
  ])('is silent %s, and named by the other', (_, because, moot) => {
    const heard = withoutMoot([moot, because], [], table);
    expect(heard).toEqual([{ ...because, related: moot.resource === because.resource ? [] : ['x'] }]);
  }); // prettier-ignore

  it.each([
    ['elsewhere', aFinding('instance-bad', 'i-2')],
    ['where the other is exempt', aFinding('instance-bad', 'x', { status: 'exempt' })],
    ['where the other is unknown', aFinding('instance-bad', 'x', { status: 'unknown' })],
  ])('is heard %s', (_, because) => {
    expect(withoutMoot([because, aFinding('target-blocks', 'x')], [], table)).toHaveLength(2);
  });

  it('is unknown where it cannot be told whether the other holds', () => {
    const gap = { call: 'ec2:DescribeInstances', reason: 'AccessDenied' };
    const doubt = aFinding('instance-bad', 'x', { status: 'unknown', gap, message: 'No answer.' });
    const [, heard] = withoutMoot(
      [doubt, aFinding('target-blocks', 'x', { message: 'It blocks.', fix: ['aws'] })],
      [],
      table,
    );
    expect(heard).toMatchObject({ rule: 'target-blocks', status: 'unknown', gap, fix: [] });
    expect(heard?.message).toBe('Not known whether instance-bad explains this: It blocks. No answer.');
  });

  it('is silent in favour of something that is not told here', () => {
    const beside = aFinding('instance-bad', 'i-1');
    expect(withoutMoot([aFinding('target-blocks', 'x', { related: ['i-1'] })], [beside], table)).toEqual([]);
  });

  it('is named by each that makes it moot', () => {
    const moot = aFinding('target-blocks', 'x', { related: ['i-2', 'i-1'] });
    const heard = withoutMoot([aFinding('instance-bad', 'i-1'), moot, aFinding('instance-bad', 'i-2')], [], table);
    expect(heard.map(({ resource, related }) => [resource, related])).toEqual([
      ['i-1', ['x']],
      ['i-2', ['x']],
    ]);
  });
});

it('has nothing to say of what it does not name', () => {
  const findings = [aFinding('a', 'x'), aFinding('b', 'x')];
  expect(withoutMoot(findings)).toEqual(findings);
});

it.each([
  ['sorted', ['b', 'a'], ['a', 'b']],
  ['each once', ['a', 'a', 'b'], ['a', 'b']],
  ['never the resource itself', ['x'], []],
  ['as they are', ['a', 'b'], ['a', 'b']],
])('tells related resources %s', (_, related, told) => {
  expect(withoutMoot([aFinding('a', 'x', { related })])).toEqual([aFinding('a', 'x', { related: told })]);
});

it('makes no rule moot by itself, not even through others', () => {
  const because = new Map(precedences.map((one) => [one.moot, one.because]));
  for (const { moot } of precedences) {
    const seen = new Set([moot]);
    for (let next = because.get(moot); next !== undefined; next = because.get(next)) {
      expect(seen).not.toContain(next);
      seen.add(next);
    }
  }
});

it('what ECS registers is said of the service alone, unless the policy lets it be taken out', () => {
  const { guard } = aPolicy();
  const mootUnder = (ecsManaged: 'never' | 'allow') =>
    precedencesUnder(aPolicy({ guard: { ...guard, deregister: { ...guard.deregister, ecsManaged } } }))
      .filter(({ because }) => /^(service|task)-/.test(because))
      .map(({ moot }) => moot);
  expect(mootUnder('never')).toContain('target-family-mismatch');
  expect(mootUnder('allow')).not.toContain('target-family-mismatch');
  expect(mootUnder('allow')).not.toContain('cloudmap-instance-with-ipv4');
  expect(mootUnder('allow')).toContain('task-with-ipv4');
});
