import type { CreateAutoScalingGroupCommandInput, Instance } from '@aws-sdk/client-auto-scaling';
import { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { BusEvent } from '../../../../../infra/local/kernel/events';
import { subscribe } from '../../../../../infra/local/kernel/events';
import { autoscaling } from '../../../../../infra/local/services/autoscaling/autoscaling';
import { ec2 as ec2Service } from '../../../../../infra/local/services/ec2/ec2';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import { elbv2 } from '../../../../../infra/local/services/elbv2/elbv2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

/** x86_64, made for ECS. */
const IMAGE = 'ami-0ec5a120230000001';

/** An account with a dual-stack subnet in each of two zones, a launch template `hosts`, and a clock that stands still. */
export async function aSite(content: RequestLaunchTemplateData = {}) {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [autoscaling, ec2Service, elbv2], clock });
  const vpc = createNetwork(account.scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const subnet = (zone: string, n: number, cidrBlock = `10.0.${String(n)}.0/24`): string => {
    const block = vpc.ipv6[0]?.cidr.text.replace(/00::\/56$/, `0${String(n)}::/64`);
    const request = { vpcId: vpc.id, cidrBlock, ipv6CidrBlock: block, zoneName: `eu-west-2${zone}` };
    return createSubnet(account.scope, request).id;
  };
  const ec2 = new EC2(clientSettings(account));
  const client = new AutoScaling(clientSettings(account));
  const LaunchTemplateData = { ImageId: IMAGE, InstanceType: 't3.micro' as const, ...content };
  await ec2.createLaunchTemplate({ LaunchTemplateName: 'hosts', LaunchTemplateData });
  const events: BusEvent[] = [];
  subscribe(account.scope, (event) => events.push(event));
  return {
    ...{ account, clock, ec2, client, vpcId: vpc.id, subnet, events },
    elb: new ElasticLoadBalancingV2(clientSettings(account)),
    subnets: [subnet('a', 1), subnet('b', 2)] as const,
  };
}

export type Site = Awaited<ReturnType<typeof aSite>>;

/** Longer than a launch or a termination takes. */
export const SOON = 30_000;

/** A group `g` from `hosts` in both subnets, given time to settle. */
export async function aGroup(site: Site, input: Partial<CreateAutoScalingGroupCommandInput> = {}): Promise<void> {
  await site.client.createAutoScalingGroup({
    ...{ AutoScalingGroupName: 'g', MinSize: 0, MaxSize: 10, LaunchTemplate: { LaunchTemplateName: 'hosts' } },
    VPCZoneIdentifier: site.subnets.join(','),
    ...input,
  });
  await site.clock.advance(SOON);
}

export async function theGroup({ client }: Site) {
  const { AutoScalingGroups: [group] = [] } = await client.describeAutoScalingGroups({ AutoScalingGroupNames: ['g'] });
  if (!group) throw new Error('there is no group g');
  return group;
}

export async function members(site: Site): Promise<readonly Instance[]> {
  return (await theGroup(site)).Instances ?? [];
}

export async function ids(site: Site): Promise<readonly string[]> {
  return (await members(site)).map(({ InstanceId = '' }) => InstanceId);
}

/** Ids of the instances that run, whoever launched them. */
export async function running({ ec2 }: Site): Promise<readonly string[]> {
  const Filters = [{ Name: 'instance-state-name', Values: ['running'] }];
  const { Reservations = [] } = await ec2.describeInstances({ Filters });
  return Reservations.flatMap(({ Instances = [] }) => Instances).map(({ InstanceId = '' }) => InstanceId);
}

/** Events of Auto Scaling so far, by what they are about. */
export function scalingEvents({ events }: Site, detailType: string): readonly BusEvent[] {
  return events.filter((event) => event.source === 'aws.autoscaling' && event['detail-type'] === detailType);
}
