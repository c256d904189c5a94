import { describe, expect, it } from '@jest/globals';
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../infra/local/kernel/api-error';
import { createNetwork } from '../../infra/local/services/ec2/network';
import { createSubnet } from '../../infra/local/services/ec2/subnet';
import { elbv2 } from '../../infra/local/services/elbv2/elbv2';
import { createElbv2Reads } from '../../lib/aws/elbv2-reads';
import { withLocalAccount } from '../support/local-account';
import { workloadClients } from '../support/workload-clients';

const gone = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/gone/0123456789abcdef';

async function groups(count: number) {
  const account = await withLocalAccount({ services: [elbv2] });
  const vpc = createNetwork(account.scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  createSubnet(account.scope, { vpcId: vpc.id, cidrBlock: '10.0.1.0/24', zoneName: 'eu-west-2a' });
  const clients = workloadClients(account);
  const arns: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const input = { Name: `group-${index}`, Protocol: 'HTTP', Port: 80, VpcId: vpc.id, TargetType: 'ip' } as const;
    const { TargetGroups = [] } = await clients.elbv2.send(new CreateTargetGroupCommand(input));
    arns.push(TargetGroups[0]?.TargetGroupArn ?? '');
  }
  clients.meter.take();
  return { account, clients, arns, reads: createElbv2Reads(clients.elbv2) };
}

const calls = (count: number) => ({ apiCalls: { 'elasticloadbalancing:DescribeTargetGroups': count }, throttled: 0 });

describe('describeTargetGroups', () => {
  it('asks for a few by name, in one call', async () => {
    const { arns, reads, clients } = await groups(3);
    const read = await reads.describeTargetGroups(arns.slice(1));
    expect(read.items.map(({ TargetGroupArn }) => TargetGroupArn).sort()).toEqual(arns.slice(1).sort());
    expect(clients.meter.take()).toEqual(calls(1));
  });

  it('finds out which of them is gone', async () => {
    const { arns, reads } = await groups(2);
    const read = await reads.describeTargetGroups([...arns, gone]);
    expect(read.items).toHaveLength(2);
    expect(read).toMatchObject({ missing: [gone], failures: [] });
  });

  it('lists all of them to find many', async () => {
    const { arns, reads, clients } = await groups(22);
    const read = await reads.describeTargetGroups([...arns.slice(1), gone]);
    expect(read.items).toHaveLength(21);
    expect(read).toMatchObject({ missing: [gone], failures: [] });
    expect(clients.meter.take()).toEqual(calls(1));
  });

  it('names no group as gone when the list could not be read', async () => {
    const { account, arns, reads } = await groups(1);
    account.interceptors.push(() => {
      throw new ApiError('AccessDenied', 'not authorized', 403);
    });
    const many = [...arns, ...Array.from({ length: 20 }, (_, index) => `${gone}${index}`)];
    expect(await reads.describeTargetGroups(many)).toMatchObject({
      items: [],
      missing: [],
      failures: [{ kind: 'AccessDenied' }],
    });
    expect(await reads.describeTargetGroups(arns)).toMatchObject({ failures: [{ kind: 'AccessDenied', keys: arns }] });
  });
});

describe('describeTargetHealth', () => {
  it('gives all targets of a group, and says when the group is gone', async () => {
    const { arns, reads, clients } = await groups(1);
    const targets = [
      { Id: '10.0.1.5', Port: 8080 },
      { Id: '10.0.1.6', Port: 8080 },
    ];
    await clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: arns[0], Targets: targets }));
    const read = await reads.describeTargetHealth(arns[0] ?? '');
    expect(read.items.map(({ Target }) => Target?.Id).sort()).toEqual(['10.0.1.5', '10.0.1.6']);
    expect(await reads.describeTargetHealth(gone)).toEqual({ items: [], missing: [gone], failures: [] });
  });
});

async function balancers(count: number) {
  const made = await groups(0);
  const { scope } = made.account;
  const vpc = createNetwork(scope, { cidrBlock: '10.1.0.0/16', ipv6: true });
  const zones = ['eu-west-2a', 'eu-west-2b'];
  const subnets = zones.map((zoneName, index) =>
    createSubnet(scope, { vpcId: vpc.id, cidrBlock: `10.1.${index}.0/24`, zoneName }),
  );
  const arns: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const input = { Name: `balancer-${index}`, Scheme: 'internal', Subnets: subnets.map(({ id }) => id) } as const;
    const { LoadBalancers = [] } = await made.clients.elbv2.send(new CreateLoadBalancerCommand(input));
    arns.push(LoadBalancers[0]?.LoadBalancerArn ?? '');
  }
  made.clients.meter.take();
  return { ...made, arns };
}

describe('describeLoadBalancers', () => {
  const goneBalancer = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/gone/0123456789abcdef';

  it('asks for a few by name, and finds out which of them is gone', async () => {
    const { arns, reads, clients } = await balancers(2);
    const read = await reads.describeLoadBalancers(arns);
    expect(read.items.map(({ LoadBalancerArn }) => LoadBalancerArn).sort()).toEqual([...arns].sort());
    expect(clients.meter.take().apiCalls).toEqual({ 'elasticloadbalancing:DescribeLoadBalancers': 1 });
    expect(await reads.describeLoadBalancers([...arns, goneBalancer])).toMatchObject({
      items: [{ LoadBalancerArn: arns[0] }, { LoadBalancerArn: arns[1] }],
      missing: [goneBalancer],
      failures: [],
    });
  });

  it('lists all of them to find many', async () => {
    const { arns, reads, clients } = await balancers(21);
    const read = await reads.describeLoadBalancers([...arns.slice(0, 20), goneBalancer]);
    expect(read.items).toHaveLength(20);
    expect(read.missing).toEqual([goneBalancer]);
    expect(clients.meter.take().apiCalls).toEqual({ 'elasticloadbalancing:DescribeLoadBalancers': 1 });
  });
});

describe('describeTargetGroupAttributes', () => {
  it('asks for one group, and finds out that it is gone', async () => {
    const { arns, reads } = await groups(1);
    const [arn = ''] = arns;
    const { items } = await reads.describeTargetGroupAttributes(arn);
    expect(items.map(({ Key }) => Key)).toContain('deregistration_delay.timeout_seconds');
    const gone = arn.replace(/\w+$/, '0123456789abcdef');
    expect(await reads.describeTargetGroupAttributes(gone)).toMatchObject({ items: [], missing: [gone], failures: [] });
  });
});

describe('describeTags', () => {
  it('asks for twenty at a time', async () => {
    const { arns, reads, clients } = await groups(21);
    const read = await reads.describeTags(arns);
    expect(read.items).toHaveLength(21);
    expect(clients.meter.take()).toEqual({ apiCalls: { 'elasticloadbalancing:DescribeTags': 2 }, throttled: 0 });
  });
});
