/** Hosts of the demo's hosts part: what they are made from, and how they join a cluster. */
import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DescribeImagesCommand,
  DescribeRouteTablesCommand,
  ModifySubnetAttributeCommand,
  RunInstancesCommand,
  type _InstanceType,
} from '@aws-sdk/client-ec2';
import { ListContainerInstancesCommand, RegisterContainerInstanceCommand, StartTaskCommand } from '@aws-sdk/client-ecs';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { capabilities } from '../../services/ecs/container-instance-registration';
import { makeNatGateway } from './network-parts';
import { need, type SeedClients } from '../seed-clients';

/** Of today's agents. */
const AGENT = '1.105.1';
const OPTIMIZED = '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id';

/** The newest ECS-optimized Amazon Linux. */
export async function optimizedImage({ ssm }: SeedClients): Promise<string> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: OPTIMIZED }));
  return need(Parameter?.Value, 'an image');
}

/** One of Amazon's, by a name with `*`. */
export async function imageNamed({ ec2 }: SeedClients, name: string): Promise<string> {
  const Filters = [{ Name: 'name', Values: [name] }];
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'], Filters }));
  return need(Images[0]?.ImageId, 'an image');
}

/** What brings an ECS-optimized host into the cluster, and more lines for its agent. */
export function agentSettings(cluster: string, ...lines: readonly string[]): string {
  const written = [`ECS_CLUSTER=${cluster}`, ...lines].map((line) => `echo ${line} >> /etc/ecs/ecs.config`);
  return Buffer.from(['#!/bin/bash', ...written, ''].join('\n')).toString('base64');
}

export interface HostWish {
  readonly name: string;
  readonly subnetId: string;
  readonly imageId: string;
  readonly type?: _InstanceType;
  readonly userData?: string;
}

/** A host with a primary IPv6 address. */
export async function launchHost({ ec2 }: SeedClients, wish: HostWish): Promise<string> {
  const { name, subnetId: SubnetId, imageId: ImageId, type: InstanceType = 'm5.large', userData: UserData } = wish;
  const named = [{ ResourceType: 'instance' as const, Tags: [{ Key: 'Name', Value: name }] }];
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ...{ ImageId, InstanceType, UserData, MinCount: 1, MaxCount: 1, TagSpecifications: named },
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, Ipv6AddressCount: 1, PrimaryIpv6: true }],
    }),
  );
  return need(Instances[0]?.InstanceId, 'InstanceId');
}

/** As an agent does that somebody put on a running host by hand. */
export async function joinByHand(
  { ecs }: SeedClients,
  { cluster, instanceId, os }: { readonly cluster: string; readonly instanceId: string; readonly os: string },
): Promise<void> {
  const abilities = capabilities({ agentVersion: AGENT }).filter(({ name }) => name !== 'ecs.os-type');
  await ecs.send(
    new RegisterContainerInstanceCommand({
      cluster,
      instanceIdentityDocument: JSON.stringify({ instanceId }),
      versionInfo: { agentVersion: AGENT, agentHash: 'c2b9a4d1', dockerVersion: 'DockerVersion: 25.0.14' },
      attributes: [...abilities, { name: 'ecs.os-type', value: os }],
    }),
  );
}

/** Starts a task on every one of these hosts. */
export async function startOn(
  { ecs }: SeedClients,
  cluster: string,
  { taskDefinition, instanceIds }: { readonly taskDefinition: string; readonly instanceIds: readonly string[] },
): Promise<void> {
  for (const id of instanceIds) {
    const filter = `ec2InstanceId == ${id}`;
    const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster, filter }));
    const host = need(containerInstanceArns[0], `a container instance of ${id}`);
    await ecs.send(new StartTaskCommand({ cluster, taskDefinition, containerInstances: [host] }));
  }
}

/** Gives the subnet DNS64 and a way to NAT64, by a NAT gateway in another subnet, and both ways out. */
export async function giveNat64(
  clients: SeedClients,
  { vpcId: VpcId, subnetId, publicSubnetId }: { vpcId: string; subnetId: string; publicSubnetId: string },
): Promise<void> {
  const { ec2 } = clients;
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const [main] = RouteTables;
  const GatewayId = main?.Routes?.find(({ DestinationIpv6CidrBlock: to }) => to === '::/0')?.GatewayId;
  const everywhere = { DestinationCidrBlock: '0.0.0.0/0', GatewayId };
  await ec2.send(new CreateRouteCommand({ RouteTableId: main?.RouteTableId, ...everywhere }));
  const NatGatewayId = await makeNatGateway(clients, publicSubnetId);
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = need(RouteTable?.RouteTableId, 'RouteTableId');
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationIpv6CidrBlock: '::/0', GatewayId }));
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationIpv6CidrBlock: '64:ff9b::/96', NatGatewayId }));
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: subnetId }));
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: subnetId, EnableDns64: { Value: true } }));
}
