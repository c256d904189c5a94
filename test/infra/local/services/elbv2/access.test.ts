import { expect, test } from '@jest/globals';
import {
  AddTagsCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Authorization } from '../../../../../infra/local/kernel/operation';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { elbv2 } from '../../../../../infra/local/services/elbv2/elbv2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { ownQuestions } from '../../../../support/own-questions';

/** A tagged target group, and what IAM was asked since. */
async function aTaggedGroup() {
  const asked: Authorization[] = [];
  const authorize = (_: unknown, questions: readonly Authorization[]): void => {
    asked.push(...ownQuestions(questions));
  };
  const account = await withLocalAccount({ services: [elbv2], authorize });
  const client = new ElasticLoadBalancingV2Client(clientSettings(account));
  const VpcId = createNetwork(account.scope, { cidrBlock: '10.0.0.0/16' }).id;
  const { TargetGroups } = await client.send(
    new CreateTargetGroupCommand({
      ...{ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'ip' },
      Tags: [{ Key: 'Team', Value: 'payments' }],
    }),
  );
  const created = asked.splice(0);
  return { asked, client, created, arn: TargetGroups?.[0]?.TargetGroupArn ?? '' };
}

const TEAM = {
  'aws:resourcetag/team': ['payments'],
  'elasticloadbalancing:resourcetag/team': ['payments'],
};

test('creating is a question about what shall come to be, with the tags that it shall bear', async () => {
  const { created } = await aTaggedGroup();
  expect(created).toEqual([
    {
      action: 'elasticloadbalancing:CreateTargetGroup',
      resource: 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/*',
      context: { 'aws:tagkeys': ['Team'], 'aws:requesttag/team': ['payments'] },
    },
  ]);
});

test('deregistering is a question about the target group and its tags', async () => {
  const { asked, client, arn } = await aTaggedGroup();
  await client.send(new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: [{ Id: '10.0.1.9' }] }));
  expect(asked).toEqual([{ action: 'elasticloadbalancing:DeregisterTargets', resource: arn, context: TEAM }]);
});

test('tagging is a question about each resource and the tags that come or go', async () => {
  const { asked, client, arn } = await aTaggedGroup();
  await client.send(new AddTagsCommand({ ResourceArns: [arn], Tags: [{ Key: 'Stage', Value: 'prod' }] }));
  await client.send(new RemoveTagsCommand({ ResourceArns: [arn], TagKeys: ['Stage'] }));
  expect(asked).toEqual([
    {
      action: 'elasticloadbalancing:AddTags',
      resource: arn,
      context: { ...TEAM, 'aws:tagkeys': ['Stage'], 'aws:requesttag/stage': ['prod'] },
    },
    {
      action: 'elasticloadbalancing:RemoveTags',
      resource: arn,
      context: {
        ...TEAM,
        ...{ 'aws:resourcetag/stage': ['prod'], 'elasticloadbalancing:resourcetag/stage': ['prod'] },
        'aws:tagkeys': ['Stage'],
      },
    },
  ]);
});

test('describing knows no resource', async () => {
  const { asked, client, arn } = await aTaggedGroup();
  await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
  expect(asked).toMatchObject([{ action: 'elasticloadbalancing:DescribeTargetHealth', resource: '*' }]);
});
