/** Hosts: each fault once, beside a host that does the same right. */
import { CreateAutoScalingGroupCommand, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand,
  DescribeInstancesCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateCapacityProviderCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import type { LocalAccount } from '../../local-account';
import { createSeedClients, need, type SeedClients } from '../seed-clients';
import {
  agentSettings,
  giveNat64,
  imageNamed,
  joinByHand,
  launchHost,
  optimizedImage,
  startOn,
  type HostWish,
} from './host-parts';
import { makeCluster, makeSubnet, makeVpc, recordTraffic, type MadeVpc } from './network-parts';
import type { DemoPart } from './part';

/** All its hosts run Linux; those of `tills` do not all. */
const FACTORY = 'factory';
const TILLS = 'tills';
/** The one task definition in bridge mode: it watches its host. */
const GAUGE = 'gauge';

/** Longer than NAT gateways, hosts and their agents take to come up, and tasks on them. */
const SETTLE_MS = 120_000;

interface Site {
  readonly account: LocalAccount;
  readonly clients: SeedClients;
  readonly vpc: MadeVpc;
  /** ECS-optimized. */
  readonly imageId: string;
}

const settle = ({ account }: Site): Promise<void> => account.world.clock.advance(SETTLE_MS);

const launch = ({ clients, imageId }: Site, wish: Omit<HostWish, 'imageId'>): Promise<string> =>
  launchHost(clients, { imageId, ...wish });

/** A subnet from which hosts reach IPv4 by NAT64; what goes there is recorded. */
async function nat64Subnet(site: Site): Promise<string> {
  const { clients, vpc } = site;
  const [subnetId, publicSubnetId] = [
    await makeSubnet(clients, vpc, { kind: 'ipv6-only', index: 1 }),
    await makeSubnet(clients, vpc, { kind: 'dual-stack', index: 2 }),
  ];
  await giveNat64(clients, { vpcId: vpc.id, subnetId, publicSubnetId });
  await recordTraffic(clients, vpc);
  await settle(site);
  return subnetId;
}

/** The agent of `press` was told that it is an IPv4 host, as it was once; that of `lathe` sees for itself. */
async function makeMismatch(site: Site): Promise<void> {
  const { clients } = site;
  const subnetId = await nat64Subnet(site);
  const old = agentSettings(FACTORY, 'ECS_INSTANCE_IP_COMPATIBILITY=ipv4');
  const instanceIds = [
    await launch(site, { name: 'press', subnetId, userData: old }),
    await launch(site, { name: 'lathe', subnetId, userData: agentSettings(FACTORY) }),
  ];
  await settle(site);
  const image = `111122223333.dkr-ecr.eu-west-2.on.aws/${GAUGE}:1`;
  const container = { name: GAUGE, image, memory: 64, portMappings: [{ containerPort: 9100, hostPort: 0 }] };
  const definition = { family: GAUGE, networkMode: 'bridge' as const, containerDefinitions: [container] };
  await clients.ecs.send(new RegisterTaskDefinitionCommand(definition));
  await startOn(clients, FACTORY, { taskDefinition: GAUGE, instanceIds });
}

/** `kiln` is plain Amazon Linux on which somebody has put an agent, `oven` is ECS-optimized. */
async function makeOtherImage(site: Site, subnetId: string): Promise<void> {
  const imageId = await imageNamed(site.clients, 'al2023-ami-2023*');
  const instanceId = await launchHost(site.clients, { name: 'kiln', subnetId, imageId });
  await launch(site, { name: 'oven', subnetId, userData: agentSettings(FACTORY) });
  await settle(site);
  await joinByHand(site.clients, { cluster: FACTORY, instanceId, os: 'linux' });
}

/** `crane` is of an old type, which an IPv6-only subnet would not take; `hoist` could move there. */
async function makeOldType(site: Site): Promise<void> {
  const subnetId = await makeSubnet(site.clients, site.vpc, { kind: 'dual-stack', index: 4 });
  const wish = { subnetId, userData: agentSettings(FACTORY) };
  await launch(site, { ...wish, name: 'crane', type: 't2.large' });
  await launch(site, { ...wish, name: 'hoist' });
}

/** `till` runs Windows, `scale` does not. */
async function makeWindows(site: Site, subnetId: string): Promise<void> {
  const imageId = await imageNamed(site.clients, 'Windows_Server-*-ECS_Optimized-*');
  const instanceId = await launchHost(site.clients, { name: 'till', subnetId, imageId });
  await launch(site, { name: 'scale', subnetId, userData: agentSettings(TILLS) });
  await settle(site);
  await joinByHand(site.clients, { cluster: TILLS, instanceId, os: 'windows' });
}

interface GroupWish {
  readonly name: string;
  readonly subnetId: string;
  readonly primaryIpv6: boolean;
  /** How many hosts it has from the first. */
  readonly hosts: number;
}

async function makeGroup(site: Site, group: GroupWish): Promise<void> {
  const { ec2, autoScaling } = site.clients;
  const { name, subnetId: VPCZoneIdentifier, primaryIpv6: PrimaryIpv6, hosts } = group;
  const LaunchTemplateData = {
    ...({ ImageId: site.imageId, InstanceType: 'm5.large', UserData: agentSettings(FACTORY) } as const),
    NetworkInterfaces: [{ DeviceIndex: 0, Ipv6AddressCount: 1, ...(PrimaryIpv6 && { PrimaryIpv6 }) }],
  };
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData }));
  const size = { MinSize: hosts, MaxSize: 3, DesiredCapacity: hosts };
  const LaunchTemplate = { LaunchTemplateName: name };
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({ AutoScalingGroupName: name, ...size, LaunchTemplate, VPCZoneIdentifier }),
  );
}

/** Somebody gave the host of `welders` its primary IPv6 address by hand; only `painters` gives it to every host. */
async function makeGroups(site: Site, subnetId: string): Promise<void> {
  const { ec2, autoScaling } = site.clients;
  for (const name of ['welders', 'painters'])
    await makeGroup(site, { name, subnetId, primaryIpv6: name === 'painters', hosts: 1 });
  await settle(site);
  const named = { AutoScalingGroupNames: ['welders'] };
  const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand(named));
  const InstanceIds = (AutoScalingGroups[0]?.Instances ?? []).map(({ InstanceId }) => need(InstanceId, 'InstanceId'));
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  for (const { NetworkInterfaces = [] } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
    const { NetworkInterfaceId } = need(NetworkInterfaces[0], 'an interface');
    await ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, EnablePrimaryIpv6: true }));
  }
}

/** `apprentices` has launched nothing yet, and would launch for `factory` what is in order. */
async function makeEmptyGroup(site: Site, subnetId: string): Promise<void> {
  const { ecs, autoScaling } = site.clients;
  const name = 'apprentices';
  await makeGroup(site, { name, subnetId, primaryIpv6: true, hosts: 0 });
  const named = { AutoScalingGroupNames: [name] };
  const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand(named));
  const autoScalingGroupProvider = { autoScalingGroupArn: AutoScalingGroups[0]?.AutoScalingGroupARN };
  await ecs.send(new CreateCapacityProviderCommand({ name, autoScalingGroupProvider }));
  const association = { cluster: FACTORY, capacityProviders: [name], defaultCapacityProviderStrategy: [] };
  await ecs.send(new PutClusterCapacityProvidersCommand(association));
}

async function seedHosts(account: LocalAccount): Promise<void> {
  const clients = createSeedClients(account);
  for (const cluster of [FACTORY, TILLS]) await makeCluster(clients, cluster);
  const imageId = await optimizedImage(clients);
  const site = { account, clients, vpc: await makeVpc(clients), imageId };
  await makeMismatch(site);
  const subnetId = await makeSubnet(clients, site.vpc, { kind: 'ipv6-only', index: 3 });
  await makeOtherImage(site, subnetId);
  await makeOldType(site);
  await makeWindows(site, subnetId);
  await makeGroups(site, subnetId);
  await makeEmptyGroup(site, subnetId);
  await settle(site);
}

export const hostsPart: DemoPart = {
  name: 'hosts',
  scopes: [{ name: 'hosts', match: { clusters: [FACTORY, TILLS] }, posture: 'ipv6-only' }],
  exemptions: [
    {
      rule: 'network-mode-not-awsvpc',
      resource: `arn:aws:ecs:*:*:task-definition/${GAUGE}:*`,
      reason: 'measures its host, and so is reached by it',
      owner: 'factory',
      until: '2099-12-31',
    },
  ],
  seed: seedHosts,
};
