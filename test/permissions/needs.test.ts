import { describe, expect, it } from '@jest/globals';
import { needsOfAnyPolicy, needsOfPolicy, highestMode } from '../../lib/permissions/needs';
import { toRead } from '../../lib/permissions/reads';
import { statementsOf } from '../../lib/permissions/statements';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { modes, type Mode, type Policy } from '../../lib/policy/policy';
import { rules } from '../../lib/rules/registry';

const options = { rules, parameterPrefix: '/ecs-ipv6' };

function aPolicy(text: string): Policy {
  const { policy, problems } = parsePolicy([{ place: 'test', text: `version: 1\n${text}` }], rules);
  if (!policy) throw new Error(JSON.stringify(problems));
  return policy;
}

const everythingOff = (...except: readonly string[]): string =>
  rules
    .filter(({ meta }) => !except.includes(meta.id))
    .map(({ meta }) => `  ${meta.id}: off`)
    .join('\n');

const actionsUnder = (text: string, ceiling: Mode = 'enforce'): readonly string[] =>
  needsOfPolicy(aPolicy(text), ceiling, options).map(({ action }) => action);

const anyScope = 'scopes: [{ name: all, posture: any }]';

describe('whatever the policy', () => {
  const actions = (level: Mode) => needsOfAnyPolicy(level, options).map(({ action }) => action);

  it.each([
    ['observe', []],
    ['tag', ['ec2:CreateTags', 'ecs:UntagResource']],
    ['enforce', ['ecs:UpdateService', 'ec2:ModifyNetworkInterfaceAttribute', 'servicediscovery:DeregisterInstance']],
  ] as const)('%s allows what it adds, and everything below it', (level, more) => {
    const below = modes.slice(0, modes.indexOf(level));
    for (const lower of below) expect(actions(level)).toEqual(expect.arrayContaining([...actions(lower)]));
    expect(actions(level)).toEqual(expect.arrayContaining([...more]));
    for (const action of more) for (const lower of below) expect(actions(lower)).not.toContain(action);
  });

  it('every read of every rule is granted, once', () => {
    const statements = statementsOf(needsOfAnyPolicy('observe', options));
    const granted = statements.flatMap((statement) => statement.actions);
    expect(granted).toEqual(expect.arrayContaining(rules.flatMap(({ meta }) => meta.reads)));
    expect(new Set(granted).size).toBe(granted.length);
  });

  it('nothing that observes can write', () => {
    for (const action of actions('observe')) expect(action).toMatch(/:(Describe|Get|List)/);
  });
});

describe('under a policy', () => {
  it('without rules, only what places resources in scopes is read', () => {
    const text = `mode: observe\n${anyScope}\nrules:\n${everythingOff()}`;
    expect(actionsUnder(text).filter((action) => !/^(ecs|ssm):/.test(action))).toEqual([
      'ec2:DescribeInstances',
      'ec2:DescribeSubnets',
    ]);
  });

  it('one rule brings what it reads', () => {
    const text = `mode: observe\n${anyScope}\nrules:\n${everythingOff('flow-logs-off')}`;
    expect(actionsUnder(text)).toEqual(expect.arrayContaining(['ec2:DescribeFlowLogs', 'ec2:DescribeVpcs']));
    expect(actionsUnder(text)).not.toContain('ec2:DescribeSecurityGroups');
  });

  it.each([
    ['', []],
    ['  target-orphaned: { remedy: suggest }', []],
    ['  target-orphaned: { remedy: auto }', ['elasticloadbalancing:DeregisterTargets']],
    ['  service-exec-enabled: { remedy: auto }', ['ecs:UpdateService']],
    ['  instance-without-primary-ipv6: { remedy: auto }', ['ec2:ModifyNetworkInterfaceAttribute']],
  ])('it acts where a rule that is on has the remedy: %s', (setting, expected) => {
    const named = /^ {2}([a-z0-9-]+):/.exec(setting)?.[1] ?? '';
    const text = `mode: enforce\n${anyScope}\nrules:\n${setting}\n${everythingOff(named)}`;
    expect(actionsUnder(text).filter((action) => /:(Deregister|Update|Modify)/.test(action))).toEqual(expected);
  });

  it('the ceiling holds', () => {
    for (const action of actionsUnder(`mode: enforce\n${anyScope}`, 'observe'))
      expect(action).toMatch(/:(Describe|Get|List)/);
  });

  it('a scope that matches by tags needs them', () => {
    const scoped = 'scopes: [{ name: a, posture: any, match: { tags: { team: x } } }]';
    expect(actionsUnder(`mode: observe\n${scoped}`)).toContain('elasticloadbalancing:DescribeTags');
    expect(actionsUnder(`mode: observe\n${anyScope}`)).not.toContain('elasticloadbalancing:DescribeTags');
  });

  it('tags are written with its own prefix only', () => {
    const permissions = needsOfPolicy(aPolicy(`mode: tag\n${anyScope}\ntags: { prefix: acme }`), 'tag', options);
    const tag = permissions.find(({ action }) => action === 'ec2:CreateTags');
    expect(tag?.on.conditions).toEqual({
      'ForAllValues:StringLike': { 'aws:TagKeys': ['acme:rules', 'acme:since', 'acme:status'] },
      Null: { 'aws:TagKeys': ['false'] },
    });
  });

  it.each([
    ['mode: enforce\nscopes: [{ name: a, posture: any, mode: tag }]', 'tag'],
    ['mode: observe\nscopes: [{ name: a, posture: any }, { name: b, posture: any, mode: enforce }]', 'enforce'],
  ])('the mode is the highest of its scopes: %s', (text, mode) => {
    expect(highestMode(aPolicy(text))).toBe(mode);
  });

  it('the mode is its own where nothing is in scope', () => {
    expect(highestMode({ ...aPolicy(anyScope), mode: 'tag', scopes: [] })).toBe('tag');
  });
});

it('a read that nobody described is refused', () => {
  expect(() => toRead('s3:GetObject')).toThrow(/s3:GetObject is no read/);
});
