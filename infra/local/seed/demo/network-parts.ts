/** VPCs, subnets and services of the demo's network part, by the calls that anyone would use. */
import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  DescribeVpcsCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { need, type SeedClients } from '../seed-clients';

export interface MadeVpc {
  readonly id: string;
  /** What all its IPv6 addresses begin with: `2600:1f1c:12:34`. Absent: it has none. */
  readonly prefix?: string;
}

const GROUPS = 4;

/** `2600:1f1c:12:3400::/56` -> `2600:1f1c:12:34`; of `2600:1f1c:12::/56`, whose last group is zero, `2600:1f1c:12:00`. */
export function prefixOf(cidr56: string): string {
  const groups = cidr56.replace(/::\/56$/, '').split(':');
  const zeros = Array<string>(GROUPS - groups.length).fill('0000');
  return [...groups, ...zeros].join(':').slice(0, -2);
}

/** Leads out of the main table of the VPC by an internet gateway of its own. */
async function openToWorld({ ec2 }: SeedClients, VpcId: string): Promise<void> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const GatewayId = need(InternetGateway?.InternetGatewayId, 'InternetGatewayId');
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId }));
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const RouteTableId = need(RouteTables[0]?.RouteTableId, 'RouteTableId');
  await ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, DestinationIpv6CidrBlock: '::/0' }));
}

/** With a default route, and as AWS opens ACL and groups for IPv6. */
export async function makeVpc({ ec2, ...others }: SeedClients): Promise<MadeVpc> {
  const blocks = { CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true };
  const { Vpc } = await ec2.send(new CreateVpcCommand(blocks));
  const id = need(Vpc?.VpcId, 'VpcId');
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [id] }));
  const cidr = need(Vpcs[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock, 'Ipv6CidrBlock');
  await openToWorld({ ec2, ...others }, id);
  return { id, prefix: prefixOf(cidr) };
}

/** Records all traffic of the VPC. */
export async function recordTraffic({ ec2 }: SeedClients, { id }: MadeVpc): Promise<void> {
  const logs = { ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 's3' } as const;
  const LogDestination = 'arn:aws:s3:::flow-logs';
  await ec2.send(new CreateFlowLogsCommand({ ...logs, LogDestination, ResourceIds: [id] }));
}

/** As VPCs were before IPv6. */
export async function makeOldVpc({ ec2 }: SeedClients): Promise<MadeVpc> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  return { id: need(Vpc?.VpcId, 'VpcId') };
}

export type SubnetKind = 'ipv6-only' | 'dual-stack' | 'ipv4-only';

/** The `index`th subnet of the VPC, which assigns IPv6 addresses if it has some; in the zone, if it matters. */
export async function makeSubnet(
  { ec2 }: SeedClients,
  { id: VpcId, prefix }: MadeVpc,
  { kind, index, zone }: { readonly kind: SubnetKind; readonly index: number; readonly zone?: string },
): Promise<string> {
  const ipv4 = kind === 'ipv6-only' ? {} : { CidrBlock: `10.0.${String(index)}.0/24` };
  const ipv6 = kind === 'ipv4-only' ? {} : { Ipv6CidrBlock: `${need(prefix, 'a block')}0${String(index)}::/64` };
  const blocks = { VpcId, ...ipv4, ...ipv6, Ipv6Native: kind === 'ipv6-only', AvailabilityZone: zone };
  const { Subnet } = await ec2.send(new CreateSubnetCommand(blocks));
  const SubnetId = need(Subnet?.SubnetId, 'SubnetId');
  const AssignIpv6AddressOnCreation = { Value: true };
  if (kind === 'dual-stack')
    await ec2.send(new ModifySubnetAttributeCommand({ SubnetId, AssignIpv6AddressOnCreation }));
  return SubnetId;
}

/** With a public address of its own; its id. */
export async function makeNatGateway({ ec2 }: SeedClients, SubnetId: string): Promise<string> {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
  return need(NatGateway?.NatGatewayId, 'NatGatewayId');
}

export async function makeCluster({ ecs }: SeedClients, clusterName: string): Promise<void> {
  const settings = [{ name: 'containerInsights' as const, value: 'enabled' }];
  await ecs.send(new CreateClusterCommand({ clusterName, settings }));
}

export interface Placing {
  readonly cluster: string;
  readonly name: string;
  readonly subnets: readonly string[];
  readonly securityGroups?: readonly string[];
}

/** A service on Fargate that has no tasks: where it would place them is all that counts. */
export async function makeService({ ecs }: SeedClients, placing: Placing): Promise<void> {
  const { cluster, name, subnets, securityGroups = [] } = placing;
  const image = `111122223333.dkr-ecr.eu-west-2.on.aws/${name}:1`;
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      ...{ family: name, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
      containerDefinitions: [{ name: 'app', image, essential: true }],
    }),
  );
  const awsvpcConfiguration = { subnets: [...subnets], securityGroups: [...securityGroups] };
  const wanted = { cluster, serviceName: name, taskDefinition: name, launchType: 'FARGATE', desiredCount: 0 } as const;
  await ecs.send(new CreateServiceCommand({ ...wanted, networkConfiguration: { awsvpcConfiguration } }));
}
