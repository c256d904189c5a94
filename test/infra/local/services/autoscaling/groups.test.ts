import {
  AttachLoadBalancerTargetGroupsCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DetachLoadBalancerTargetGroupsCommand,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { autoscaling } from '../../../../../infra/local/services/autoscaling/autoscaling';
import { elbv2 } from '../../../../../infra/local/services/elbv2/elbv2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

const empty = { MinSize: 0, MaxSize: 4, LaunchTemplate: { LaunchTemplateName: 'hosts' } };

async function anAccount() {
  const account = await withLocalAccount({ services: [autoscaling, elbv2] });
  const vpc = createNetwork(account.scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const elb = new ElasticLoadBalancingV2Client(clientSettings(account));
  const input = { Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: vpc.id } as const;
  const { TargetGroups = [] } = await elb.send(new CreateTargetGroupCommand(input));
  return { client: new AutoScalingClient(clientSettings(account)), arn: TargetGroups[0]?.TargetGroupArn ?? '' };
}

const create = (name: string, more: object = {}) =>
  new CreateAutoScalingGroupCommand({ AutoScalingGroupName: name, ...empty, ...more });

describe('Auto Scaling groups', () => {
  it('say which target groups are attached to them', async () => {
    const { client, arn } = await anAccount();
    await client.send(create('a', { TargetGroupARNs: [arn] }));
    await client.send(create('b'));
    const attached = { AutoScalingGroupName: 'b', TargetGroupARNs: [arn] };
    const groups = async () => {
      const { AutoScalingGroups = [] } = await client.send(new DescribeAutoScalingGroupsCommand({}));
      return AutoScalingGroups.map(({ AutoScalingGroupName, TargetGroupARNs, TrafficSources }) => [
        AutoScalingGroupName,
        TargetGroupARNs,
        TrafficSources?.map(({ Identifier }) => Identifier),
      ]);
    };
    expect(await groups()).toEqual([
      ['a', [arn], [arn]],
      ['b', [], []],
    ]);
    await client.send(new AttachLoadBalancerTargetGroupsCommand(attached));
    expect(await groups()).toEqual([
      ['a', [arn], [arn]],
      ['b', [arn], [arn]],
    ]);
    await client.send(new DetachLoadBalancerTargetGroupsCommand(attached));
    await client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: 'a' }));
    expect(await groups()).toEqual([['b', [], []]]);
  });

  it('come page by page', async () => {
    const { client } = await anAccount();
    for (let index = 0; index < 5; index += 1) await client.send(create(`group-${index}`));
    const names: (string | undefined)[] = [];
    for await (const { AutoScalingGroups = [] } of paginateDescribeAutoScalingGroups({ client, pageSize: 2 }, {})) {
      names.push(...AutoScalingGroups.map(({ AutoScalingGroupName }) => AutoScalingGroupName));
    }
    expect(names).toEqual(['group-0', 'group-1', 'group-2', 'group-3', 'group-4']);
    const named = await client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['group-3', 'gone'] }),
    );
    expect(named.AutoScalingGroups).toHaveLength(1);
  });

  it.each([
    ['the same name twice', create('a'), 'AlreadyExists'],
    ['no launch template', create('b', { LaunchTemplate: undefined }), 'ValidationError'],
    ['a target group that is not there', create('b', { TargetGroupARNs: ['arn:x'] }), 'ValidationError'],
    ['instances, which are not simulated', create('b', { DesiredCapacity: 1 }), 'NotImplemented'],
  ])('are refused with %s', async (_name, command, code) => {
    const { client } = await anAccount();
    await client.send(create('a'));
    await expect(client.send(command)).rejects.toMatchObject({ name: expect.stringContaining(code) });
  });

  it('are refused where the group or the page does not exist', async () => {
    const { client, arn } = await anAccount();
    const attach = new AttachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName: 'x', TargetGroupARNs: [arn] });
    await expect(client.send(attach)).rejects.toMatchObject({ name: 'ValidationError' });
    const page = (MaxRecords: number, NextToken?: string) =>
      client.send(new DescribeAutoScalingGroupsCommand({ MaxRecords, NextToken }));
    await expect(page(101)).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(page(1, 'odd')).rejects.toMatchObject({ name: expect.stringContaining('InvalidNextToken') });
  });
});
