/**
 * Compares the local account's evaluation of IAM policies with iam-simulate, on requests and policies made at random
 * from a fixed seed. iam-simulate is AGPL: it is asked here, in CI, and is no dependency of the project.
 *
 * Usage: tsx test/independent/iam-simulate/compare.ts FOLDER-WITH-NODE_MODULES
 */
import fc from 'fast-check';
import type { AccessRequest } from '../../../infra/local/iam/evaluate-policy';
import { evaluateAccess } from '../../../infra/local/iam/evaluate-policy';
import { parsePolicyDocument } from '../../../infra/local/iam/policy-document';
import { loadSimulator, type Question } from './simulator';

const SEED = 20261122;
const QUESTIONS = 2_500;
const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/sweep`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/sweep/run`;

/** A policy variable as a policy spells it. */
function variable(name: string): string {
  return `$\{${name}}`;
}

const subjects = fc.constantFrom(
  ['ecs:TagResource', `arn:aws:ecs:eu-west-2:${ACCOUNT}:task/prod/0123456789abcdef0123456789abcdef`],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-2:${ACCOUNT}:tasks`],
  ['ec2:CreateTags', `arn:aws:ec2:eu-west-2:${ACCOUNT}:instance/i-0123456789abcdef0`],
);
const actions = fc.constantFrom(
  '*',
  'ecs:*',
  'ecs:TagResource',
  'ecs:Tag*',
  'ECS:tagresource',
  'sqs:Send*',
  'ec2:CreateTags',
  'ec2:?reateTags',
  'sqs:ReceiveMessage',
);
const resources = fc.constantFrom(
  '*',
  'arn:aws:ecs:*:*:task/prod/*',
  'arn:aws:ecs:*:*:task/test/*',
  `arn:aws:sqs:*:${ACCOUNT}:*`,
  `arn:aws:sqs:eu-west-2:${ACCOUNT}:tas?s`,
  `arn:aws:ec2:*:${variable('aws:PrincipalAccount')}:instance/*`,
  `arn:aws:ecs:*:*:task/${variable('aws:PrincipalTag/cluster')}/*`,
  `arn:aws:ecs:*:*:task/${variable("aws:PrincipalTag/none, 'prod'")}/*`,
);

const texts = fc.constantFrom('prod', 'pro*', 'PROD', 'test', '*', variable('aws:PrincipalTag/cluster'));
const stringKeys = fc.constantFrom('aws:PrincipalTag/cluster', 'aws:PrincipalTag/none', 'AWS:principaltag/CLUSTER');
const some = <Value>(values: fc.Arbitrary<Value>) => fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 2 }));
function test(operators: readonly string[], keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>) {
  return fc
    .tuple(fc.constantFrom(...operators), keys, some(values))
    .map(([operator, key, value]) => ({ [operator]: { [key]: value } }));
}

const conditions = fc.oneof(
  test(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'], stringKeys, texts),
  test(['StringEqualsIfExists', 'StringNotEqualsIfExists', 'StringLikeIfExists'], stringKeys, texts),
  test(
    ['ArnLike', 'ArnEquals', 'ArnNotLike'],
    fc.constant('aws:PrincipalArn'),
    fc.constantFrom(ROLE, 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*'),
  ),
  test(
    ['IpAddress', 'NotIpAddress'],
    fc.constant('aws:SourceIp'),
    fc.constantFrom('203.0.113.0/24', '203.0.113.7', '198.51.100.0/24', '2001:db8::/32'),
  ),
  test(
    ['DateLessThan', 'DateGreaterThanEquals'],
    fc.constant('aws:CurrentTime'),
    fc.constantFrom('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
  ),
  test(
    ['Bool', 'BoolIfExists'],
    fc.constantFrom('aws:SecureTransport', 'aws:MultiFactorAuthPresent'),
    fc.constantFrom('true', 'false'),
  ),
  test(['Null'], stringKeys, fc.constantFrom('true', 'false')),
);

const statement = fc
  .record({
    Effect: fc.oneof({ weight: 4, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') }),
    action: fc.tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constant('Action') }, { weight: 1, arbitrary: fc.constant('NotAction') }),
      some(actions),
    ),
    resource: fc.tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constant('Resource') }, { weight: 1, arbitrary: fc.constant('NotResource') }),
      some(resources),
    ),
    Condition: fc.option(conditions, { nil: undefined, freq: 2 }),
  })
  .map(({ Effect, action: [actionName, action], resource: [resourceName, resource], Condition }) => ({
    Effect,
    [actionName]: action,
    [resourceName]: resource,
    ...(Condition && { Condition }),
  }));

const policy = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Version: '2012-10-17', Statement }));

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: ROLE },
  { AWS: SESSION },
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  { AWS: `arn:aws:iam::${ACCOUNT}:role/other` },
  { Service: 'events.amazonaws.com' },
);
const resourcePolicy = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: principals,
    Condition: fc.option(conditions, { nil: undefined }),
  })
  .map(({ Effect, Principal, Condition }) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect,
        Principal,
        Action: 'sqs:SendMessage',
        Resource: `arn:aws:sqs:eu-west-2:${ACCOUNT}:tasks`,
        ...(Condition && { Condition }),
      },
    ],
  }));

const context = fc.record({
  'aws:PrincipalTag/cluster': fc.constantFrom('prod', 'test'),
  'aws:SourceIp': fc.constantFrom('203.0.113.7', '198.51.100.9'),
  'aws:CurrentTime': fc.constant('2026-11-22T00:00:00Z'),
  'aws:SecureTransport': fc.constantFrom('true', 'false'),
  'aws:PrincipalAccount': fc.constant(ACCOUNT),
  'aws:PrincipalArn': fc.constant(ROLE),
});

const questions = fc
  .record({
    subject: subjects,
    context,
    identity: policy.map((document) => [document]),
    boundary: fc.option(policy, { nil: undefined, freq: 1 }),
    resourcePolicy: fc.option(resourcePolicy, { nil: undefined, freq: 2 }),
  })
  .map(({ subject: [action = '', resource = ''], ...others }): Question => ({
    ...others,
    principal: SESSION,
    account: ACCOUNT,
    action,
    resource,
    resourcePolicy: action === 'sqs:SendMessage' ? others.resourcePolicy : undefined,
  }));

function ourAnswer(question: Question): string {
  const values = Object.entries(question.context).map(([key, value]) => [key.toLowerCase(), [value].flat()]);
  const request: AccessRequest = {
    caller: { arn: SESSION, roleArn: ROLE, account: ACCOUNT },
    action: question.action,
    resource: question.resource,
    context: Object.fromEntries(values) as AccessRequest['context'],
  };
  const { allowed } = evaluateAccess(request, {
    identity: question.identity.map(parsePolicyDocument),
    boundary: question.boundary && parsePolicyDocument(question.boundary),
    resource: question.resourcePolicy && parsePolicyDocument(question.resourcePolicy),
  });
  return allowed ? 'allowed' : 'denied';
}

const [folder = '.'] = process.argv.slice(2);
const ask = await loadSimulator(folder);

const counts: Record<string, number> = {};
const differences: string[] = [];
for (const question of fc.sample(questions, { seed: SEED, numRuns: QUESTIONS })) {
  const theirs = await ask(question);
  if (typeof theirs !== 'string')
    throw new Error(`iam-simulate refuses ${JSON.stringify(question)}: ${theirs.refused}`);
  counts[theirs] = (counts[theirs] ?? 0) + 1;
  const ours = ourAnswer(question);
  if (ours !== theirs) differences.push(`${JSON.stringify(question)}: ours ${ours}, iam-simulate ${theirs}`);
}
const report = [
  `- ${QUESTIONS} IAM decisions compared with iam-simulate: ${JSON.stringify(counts)}`,
  ...differences.slice(0, 10),
  ...(differences.length > 0 ? [`${differences.length} answers differ`] : []),
];
process.stdout.write(`${report.join('\n')}\n`);
process.exitCode = differences.length > 0 ? 1 : 0;
