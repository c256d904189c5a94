import { expect, it } from '@jest/globals';
import { parsePolicyDocument } from '../../infra/local/iam/policy-document';
import { needsOfAnyPolicy } from '../../lib/permissions/needs';
import { policyDocument, toArn } from '../../lib/permissions/policy-document';
import { statementsOf } from '../../lib/permissions/statements';
import { rules } from '../../lib/rules/registry';

const china = { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' };

it.each([
  ['*', '*'],
  ['ecs:service/*', 'arn:aws-cn:ecs:cn-north-1:111122223333:service/*'],
  ['ssm:parameter/a/b:c', 'arn:aws-cn:ssm:cn-north-1:111122223333:parameter/a/b:c'],
])('%s is %s', (resource, arn) => {
  expect(toArn(resource, china)).toBe(arn);
});

/** Characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_MANAGED_POLICY = 6_144;

it('everything that is ever allowed fits into one policy that IAM takes', () => {
  const permissions = needsOfAnyPolicy('enforce', { rules, parameterPrefix: '/ecs-ipv6' });
  const document = policyDocument(statementsOf(permissions), china);
  expect(parsePolicyDocument(document).statements).toHaveLength(document.Statement.length);
  expect(JSON.stringify(document).length).toBeLessThan(MAX_MANAGED_POLICY);
});

it('actions of one statement are sorted, and each is there once', () => {
  const on = { sid: 'Read', resources: ['*'] };
  const permissions = ['b:B', 'a:A', 'b:B'].map((action) => ({ action, on }));
  expect(statementsOf(permissions)).toMatchObject([{ sid: 'Read', actions: ['a:A', 'b:B'] }]);
});
