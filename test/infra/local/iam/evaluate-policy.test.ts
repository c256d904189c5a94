import { describe, expect, it } from '@jest/globals';
import type { AccessRequest } from '../../../../infra/local/iam/evaluate-policy';
import { evaluateAccess, resourcePolicyAllows } from '../../../../infra/local/iam/evaluate-policy';
import { parsePolicyDocument } from '../../../../infra/local/iam/policy-document';

const roleArn = 'arn:aws:iam::111122223333:role/sweep';
const sessionArn = 'arn:aws:sts::111122223333:assumed-role/sweep/run';
const taskArn = 'arn:aws:ecs:eu-west-2:111122223333:task/prod/0123';

/** A policy variable as a policy spells it. */
function variable(name: string): string {
  return `$\{${name}}`;
}

function request(overrides: Partial<AccessRequest> = {}): AccessRequest {
  return {
    caller: { arn: sessionArn, roleArn, account: '111122223333' },
    action: 'ecs:TagResource',
    resource: taskArn,
    context: {},
    ...overrides,
  };
}

function policy(...statements: readonly object[]) {
  return parsePolicyDocument({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...statement })),
  });
}

function identityAllows(statement: object, overrides: Partial<AccessRequest> = {}): boolean {
  return evaluateAccess(request(overrides), { identity: [policy(statement)] }).allowed;
}

describe('actions and resources', () => {
  it.each([
    ['exact action', { Action: 'ecs:TagResource' }, true],
    ['case of an action does not count', { Action: 'ECS:tagresource' }, true],
    ['another action', { Action: 'ecs:UntagResource' }, false],
    ['wildcard', { Action: 'ecs:*Resource' }, true],
    ['wildcard of another service', { Action: 'ec2:*' }, false],
    ['one character', { Action: 'ecs:?agResource' }, true],
    ['a list', { Action: ['ec2:CreateTags', 'ecs:TagResource'] }, true],
    ['NotAction of it', { Action: undefined, NotAction: ['ecs:Tag*'] }, false],
    ['NotAction of others', { Action: undefined, NotAction: ['iam:*'] }, true],
    ['exact resource', { Resource: taskArn }, true],
    ['case of a resource counts', { Resource: taskArn.toUpperCase() }, false],
    ['resource with wildcard', { Resource: 'arn:aws:ecs:*:111122223333:task/prod/*' }, true],
    ['resource of another cluster', { Resource: 'arn:aws:ecs:*:111122223333:task/test/*' }, false],
    ['NotResource of it', { Resource: undefined, NotResource: 'arn:aws:ecs:*:*:task/prod/*' }, false],
    ['NotResource of others', { Resource: undefined, NotResource: 'arn:aws:ecs:*:*:task/test/*' }, true],
    ['variable in a resource', { Resource: `arn:aws:ecs:*:*:task/${variable('aws:PrincipalTag/team')}/*` }, true],
    [
      'variable before the fifth colon',
      { Resource: `arn:aws:ecs:*:${variable('aws:PrincipalAccount')}:task/*` },
      false,
    ],
    ['variable without a value', { Resource: `arn:aws:ecs:*:*:task/${variable('aws:PrincipalTag/cluster')}/*` }, false],
    [
      'variable with a default',
      { Resource: `arn:aws:ecs:*:*:task/${variable("aws:PrincipalTag/cluster, 'prod'")}/*` },
      true,
    ],
  ])('%s', (_, statement, allowed) => {
    expect(identityAllows(statement, { context: { 'aws:principaltag/team': ['prod'] } })).toBe(allowed);
  });

  it('takes a wildcard that a variable brings in as text', () => {
    const statement = { Resource: `arn:aws:ecs:*:*:task/${variable('aws:PrincipalTag/cluster')}/*` };
    expect(identityAllows(statement, { context: { 'aws:principaltag/cluster': ['*'] } })).toBe(false);
  });

  it('denies what nothing allows', () => {
    expect(evaluateAccess(request(), { identity: [] })).toEqual({ allowed: false, explicit: false, kind: 'identity' });
  });

  it('lets a deny win over any allow', () => {
    const policies = { identity: [policy({}), policy({ Effect: 'Deny', Action: 'ecs:Tag*' })] };
    expect(evaluateAccess(request(), policies)).toEqual({ allowed: false, explicit: true, kind: 'identity' });
  });
});

const context = {
  'aws:requesttag/team': ['payments'],
  'aws:tagkeys': ['team', 'env'],
  'aws:empty': [],
  'aws:sourcearn': ['arn:aws:events:eu-west-2:111122223333:rule/bus/tasks'],
  'aws:sourceip': ['203.0.113.7'],
  'aws:securetransport': ['true'],
  'aws:currenttime': ['2026-11-22T00:00:00Z'],
  'aws:multifactorauthage': ['120'],
};

describe('conditions', () => {
  it.each<[string, object, boolean]>([
    ['StringEquals', { StringEquals: { 'aws:RequestTag/team': 'payments' } }, true],
    ['case of a key does not count', { StringEquals: { 'AWS:requesttag/TEAM': 'payments' } }, true],
    ['StringEquals takes no wildcard', { StringEquals: { 'aws:RequestTag/team': 'pay*' } }, false],
    ['StringLike takes one', { StringLike: { 'aws:RequestTag/team': 'pay*' } }, true],
    ['StringNotLike', { StringNotLike: { 'aws:RequestTag/team': 'pay*' } }, false],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { 'aws:RequestTag/team': 'PAYMENTS' } }, true],
    ['values are alternatives', { StringEquals: { 'aws:RequestTag/team': ['orders', 'payments'] } }, true],
    ['StringNotEquals: none of them', { StringNotEquals: { 'aws:RequestTag/team': ['orders', 'payments'] } }, false],
    ['missing key fails', { StringEquals: { 'aws:RequestTag/owner': 'x' } }, false],
    ['missing key satisfies a negated operator', { StringNotEquals: { 'aws:RequestTag/owner': 'x' } }, true],
    ['missing key with IfExists', { StringEqualsIfExists: { 'aws:RequestTag/owner': 'x' } }, true],
    ['present key with IfExists', { StringEqualsIfExists: { 'aws:RequestTag/team': 'x' } }, false],
    ['Null true of a missing key', { Null: { 'aws:RequestTag/owner': 'true' } }, true],
    ['Null true of a present key', { Null: { 'aws:RequestTag/team': 'true' } }, false],
    ['Null false of a present key', { Null: { 'aws:RequestTag/team': false } }, true],
    ['Null true of a key without values', { Null: { 'aws:Empty': 'true' } }, true],
    ['Null false of a key without values', { Null: { 'aws:Empty': 'false' } }, false],
    ['ForAllValues: all', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'env', 'x'] } }, true],
    ['ForAllValues: one too many', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
    ['ForAllValues of a missing key', { 'ForAllValues:StringEquals': { 'aws:Other': ['team'] } }, true],
    ['ForAnyValue: one', { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['e*'] } }, true],
    ['ForAnyValue: none', { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['x*'] } }, false],
    ['ForAnyValue of a missing key', { 'ForAnyValue:StringEquals': { 'aws:Other': ['team'] } }, false],
    ['ForAnyValue, negated: one differs', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['team'] } }, true],
    ['ArnLike', { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:111122223333:rule/bus/*' } }, true],
    ['ArnEquals takes wildcards too', { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }, true],
    ['ArnLike: no wildcard over a colon', { ArnLike: { 'aws:SourceArn': 'arn:aws:*:111122223333:rule/*' } }, false],
    ['ArnNotLike', { ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }, true],
    ['IpAddress', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, true],
    ['IpAddress outside', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, false],
    ['IpAddress of the other family', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, false],
    ['NotIpAddress', { NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '192.0.2.1'] } }, true],
    ['Bool', { Bool: { 'aws:SecureTransport': true } }, true],
    ['Bool false', { Bool: { 'aws:SecureTransport': 'false' } }, false],
    ['DateGreaterThan', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, true],
    ['DateLessThan', { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }, false],
    ['NumericLessThan', { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } }, true],
    ['NumericGreaterThanEquals', { NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': 120 } }, true],
    ['NumericNotEquals', { NumericNotEquals: { 'aws:MultiFactorAuthAge': '120' } }, false],
    ['variable', { StringEquals: { 'aws:RequestTag/team': variable('aws:RequestTag/team') } }, true],
    [
      'every condition must hold',
      { StringEquals: { 'aws:RequestTag/team': 'payments' }, Bool: { 'aws:SecureTransport': 'false' } },
      false,
    ],
  ])('%s', (_, condition, allowed) => {
    expect(identityAllows({ Condition: condition }, { context })).toBe(allowed);
  });

  it('knows no variables before version 2012-10-17', () => {
    const old = parsePolicyDocument({
      Statement: {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringLike: { 'aws:x': variable('aws:x') } },
      },
    });
    const ask = (value: string) => evaluateAccess(request({ context: { 'aws:x': [value] } }), { identity: [old] });
    expect(ask('y').allowed).toBe(false);
    expect(ask(variable('aws:x')).allowed).toBe(true);
  });
});

describe('permissions boundary', () => {
  const boundary = policy({ Action: 'ecs:Describe*' });

  it('limits what identity policies allow', () => {
    const decision = evaluateAccess(request(), { identity: [policy({})], boundary });
    expect(decision).toEqual({ allowed: false, explicit: false, kind: 'boundary' });
    expect(evaluateAccess(request({ action: 'ecs:DescribeTasks' }), { identity: [policy({})], boundary }).allowed).toBe(
      true,
    );
  });

  it('grants nothing by itself', () => {
    const decision = evaluateAccess(request({ action: 'ecs:DescribeTasks' }), { identity: [], boundary });
    expect(decision).toEqual({ allowed: false, explicit: false, kind: 'identity' });
  });

  it.each([
    ['the role', roleArn, false],
    ['the session', sessionArn, true],
  ])('and a resource policy that names %s', (_, principal, allowed) => {
    const resource = policy({ Principal: { AWS: principal } });
    expect(evaluateAccess(request(), { identity: [], boundary, resource }).allowed).toBe(allowed);
  });
});

describe('resource policies', () => {
  it.each([
    ['names the role', { AWS: roleArn }, true],
    ['names the session', { AWS: sessionArn }, true],
    ['names anyone', '*', true],
    ['names anyone, in long', { AWS: '*' }, true],
    ['names another role', { AWS: 'arn:aws:iam::111122223333:role/other' }, false],
    ['leaves it to the account', { AWS: 'arn:aws:iam::111122223333:root' }, false],
    ['names a service', { Service: 'events.amazonaws.com' }, false],
  ])('one that %s', (_, principal, allowed) => {
    const resource = policy({ Principal: principal });
    expect(evaluateAccess(request(), { identity: [], resource }).allowed).toBe(allowed);
  });

  it.each([
    ['the account', { AWS: '111122223333' }],
    ['anyone', '*'],
    ['the role', { AWS: [roleArn] }],
  ])('one that denies %s wins', (_, principal) => {
    const resource = policy({ Effect: 'Deny', Principal: principal });
    expect(evaluateAccess(request(), { identity: [policy({})], resource })).toEqual({
      allowed: false,
      explicit: true,
      kind: 'resource',
    });
  });

  it('let a service in only by name and condition', () => {
    const source = 'arn:aws:events:eu-west-2:111122223333:rule/tasks';
    const asked = request({ caller: { service: 'events.amazonaws.com' }, context: { 'aws:sourcearn': [source] } });
    const allow = (principal: object, arn: string) =>
      resourcePolicyAllows(asked, policy({ Principal: principal, Condition: { ArnLike: { 'aws:SourceArn': arn } } }));
    expect(allow({ Service: 'events.amazonaws.com' }, 'arn:aws:events:*:111122223333:rule/*')).toBe(true);
    expect(allow({ Service: 'sns.amazonaws.com' }, 'arn:aws:events:*:111122223333:rule/*')).toBe(false);
    expect(allow({ Service: 'events.amazonaws.com' }, 'arn:aws:events:*:444455556666:rule/*')).toBe(false);
    expect(resourcePolicyAllows(asked, undefined)).toBe(false);
  });
});

describe('documents that IAM would refuse', () => {
  it.each<[string, unknown, RegExp]>([
    ['text that is not JSON', '{', /not JSON/],
    ['a list', [], /must be an object/],
    ['no statement', { Version: '2012-10-17' }, /no Statement/],
    ['another version', { Version: '2020-01-01', Statement: [] }, /Version/],
    [
      'an unknown element',
      { Statement: { Effect: 'Allow', Action: '*', Resources: '*' } },
      /unknown element Resources/,
    ],
    ['no effect', { Statement: { Action: '*', Resource: '*' } }, /Effect/],
    ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }, /Action or NotAction/],
    ['both forms', { Statement: { Effect: 'Allow', Action: '*', NotAction: '*' } }, /exclude each other/],
    ['an action without a service', { Statement: { Effect: 'Allow', Action: 'TagResource' } }, /service:Action/],
    [
      'an unknown operator',
      { Statement: { Effect: 'Allow', Action: '*', Condition: { StringIs: { a: 'b' } } } },
      /StringIs is no condition operator/,
    ],
  ])('%s', (_, source, message) => {
    expect(() => parsePolicyDocument(source)).toThrow(message);
  });
});
