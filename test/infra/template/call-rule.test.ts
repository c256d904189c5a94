import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { parseTemplate } from '../../../infra/local/runtime/template/parse-template';
import { parseEventPattern } from '../../../infra/local/services/eventbridge/pattern/event-pattern';
import { matchesEventPattern } from '../../../infra/local/services/eventbridge/pattern/matches-pattern';
import { entries } from './template-reader';

const OWN_ROLE = 'arn:aws:iam::111122223333:role/ecs-ipv6-eu-west-2-reconcile';

const template = parseTemplate(readFileSync('infra/template.yaml', 'utf8'), 'template.yaml');
const { EventPattern } = entries(entries(entries(template['Resources'])['CallRule'])['Properties']);
const pattern = parseEventPattern(
  JSON.stringify(EventPattern).replaceAll('{"Fn::GetAtt":["ReconcileRole","Arn"]}', JSON.stringify(OWN_ROLE)),
);

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const callOf = (userIdentity: object, detail: object = {}): string =>
  JSON.stringify({
    source: 'aws.elasticloadbalancing',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventName: 'RegisterTargets', userIdentity, ...detail },
  });
const session = (arn: string, more: object = {}): object => ({
  type: 'AssumedRole',
  sessionContext: { sessionIssuer: { type: 'Role', arn } },
  ...more,
});

it.each([
  ['a user', callOf({ type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ann' }), true],
  ['a session of a role', callOf(session('arn:aws:iam::111122223333:role/deploy')), true],
  [
    'another service',
    callOf(session('arn:aws:iam::111122223333:role/deploy', { invokedBy: 'autoscaling.amazonaws.com' })),
    true,
  ],
  [
    'ECS',
    callOf(session('arn:aws:iam::111122223333:role/aws-service-role/ecs', { invokedBy: 'ecs.amazonaws.com' })),
    false,
  ],
  [
    'a user, about an interface',
    callOf({ type: 'IAMUser' }, { eventName: 'ModifyNetworkInterfaceAttribute' }).replace(
      'elasticloadbalancing',
      'ec2',
    ),
    true,
  ],
  ['the controller', callOf(session(OWN_ROLE)), false],
  ['someone who was refused', callOf({ type: 'IAMUser' }, { errorCode: 'AccessDenied' }), false],
  ['someone who only looks', callOf({ type: 'IAMUser' }, { eventName: 'DescribeTargetHealth' }), false],
])('a call made by %s is taken or left', (_who, event, taken) => {
  const parsed: unknown = JSON.parse(event);
  expect(matchesEventPattern(pattern, parsed)).toBe(taken);
});
