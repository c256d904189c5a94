/** The story's Auto Scaling group: empty at first, and its template gives every host a primary IPv6 address. */
import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand } from '@aws-sdk/client-ec2';
import { disturbDeliveries } from '../../services/eventbridge/disturb';
import { HOST_TYPE, hostImage, type Story } from './workload';
import { need } from '../seed-clients';

const GROUP = 'edge-hosts';

export async function createHostGroup({ clients, network }: Story): Promise<void> {
  const at = { DeviceIndex: 0, Groups: [network.securityGroupId], Ipv6AddressCount: 1, PrimaryIpv6: true };
  const LaunchTemplateData = { ImageId: await hostImage(clients), InstanceType: HOST_TYPE, NetworkInterfaces: [at] };
  const template = { LaunchTemplateName: GROUP, LaunchTemplateData };
  await clients.ec2.send(new CreateLaunchTemplateCommand(template));
  const group = {
    ...{ AutoScalingGroupName: GROUP, MinSize: 0, MaxSize: 2 },
    LaunchTemplate: { LaunchTemplateName: GROUP },
    VPCZoneIdentifier: network.nativeSubnetIds.join(','),
  };
  await clients.autoScaling.send(new CreateAutoScalingGroupCommand(group));
}

/** Someone asks the group for a host. */
export async function growGroup({ clients }: Story): Promise<void> {
  const wanted = { AutoScalingGroupName: GROUP, DesiredCapacity: 1 };
  await clients.autoScaling.send(new SetDesiredCapacityCommand(wanted));
}

/** The host that the group launched, once it is in service. */
export async function hostOfGroup({ clients }: Story): Promise<string> {
  const names = { AutoScalingGroupNames: [GROUP] };
  const { AutoScalingGroups = [] } = await clients.autoScaling.send(new DescribeAutoScalingGroupsCommand(names));
  const host = AutoScalingGroups[0]?.Instances?.find(({ LifecycleState }) => LifecycleState === 'InService');
  return need(host?.InstanceId, 'an instance of the group');
}

/** What EC2 itself says of its instances is lost from now on. Answers how to end it. */
export function loseNotifications({ account }: Story): () => void {
  return disturbDeliveries(account.scope, ({ event }) => (event.source === 'aws.ec2' ? { kind: 'lose' } : undefined));
}
