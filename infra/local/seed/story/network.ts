/** The story's network: a dual-stack VPC with two IPv6-only subnets and one that still has IPv4 only. */
import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  DescribeVpcsCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { need, type SeedClients } from '../seed-clients';

export interface StoryNetwork {
  readonly vpcId: string;
  /** IPv6-only, in two zones. */
  readonly nativeSubnetIds: readonly [string, string];
  /** Dual-stack, in the same zones: for the load balancer. */
  readonly dualStackSubnetIds: readonly [string, string];
  /** IPv4-only: where the workload comes from. */
  readonly ipv4SubnetId: string;
  readonly securityGroupId: string;
  /** First 64 bits of the first IPv6-only subnet, e.g. `2600:1f1c:0:100`. */
  readonly nativePrefix: string;
}

/** `2600:1f1c:12:3400::/56` and 2 -> `2600:1f1c:12:3402::/64` */
function cidr64(cidr56: string, index: number): string {
  const groups = cidr56.split('::')[0]?.split(':') ?? [];
  const last = (parseInt(groups[3] ?? '0', 16) & 0xff00) + index;
  return `${[...groups.slice(0, 3), last.toString(16)].join(':')}::/64`;
}

async function createVpc({ ec2 }: SeedClients): Promise<{ vpcId: string; cidr56: string }> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }));
  const vpcId = need(Vpc?.VpcId, 'VpcId');
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
  return { vpcId, cidr56: need(Vpcs[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock, 'Ipv6CidrBlock') };
}

async function openToWorld({ ec2 }: SeedClients, vpcId: string): Promise<void> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const gatewayId = need(InternetGateway?.InternetGatewayId, 'InternetGatewayId');
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gatewayId, VpcId: vpcId }));
  const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const RouteTableId = need(RouteTables[0]?.RouteTableId, 'RouteTableId');
  for (const destination of [{ DestinationCidrBlock: '0.0.0.0/0' }, { DestinationIpv6CidrBlock: '::/0' }]) {
    await ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId: gatewayId, ...destination }));
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const DYNAMIC_PORTS = { FromPort: 32_768, ToPort: 65_535 };

async function createSecurityGroup({ ec2 }: SeedClients, vpcId: string): Promise<string> {
  const group = { GroupName: 'web', Description: 'Port 8080 from everywhere, host ports from itself', VpcId: vpcId };
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand(group));
  const everyone = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, ...everyone },
    // The load balancer reaches tasks in bridge mode at ports that their hosts choose.
    { IpProtocol: 'tcp', ...DYNAMIC_PORTS, UserIdGroupPairs: [{ GroupId }] },
  ];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return need(GroupId, 'GroupId');
}

export async function createStoryNetwork(clients: SeedClients, region: string): Promise<StoryNetwork> {
  const { vpcId, cidr56 } = await createVpc(clients);
  await openToWorld(clients, vpcId);
  const subnet = async (zone: string, settings: object): Promise<string> => {
    const wanted = { VpcId: vpcId, AvailabilityZone: `${region}${zone}`, ...settings };
    const { Subnet } = await clients.ec2.send(new CreateSubnetCommand(wanted));
    return need(Subnet?.SubnetId, 'SubnetId');
  };
  const native = (zone: string, index: number) =>
    subnet(zone, { Ipv6Native: true, Ipv6CidrBlock: cidr64(cidr56, index) });
  const dual = async (zone: string, index: number): Promise<string> => {
    const blocks = { CidrBlock: `10.0.${String(index)}.0/24`, Ipv6CidrBlock: cidr64(cidr56, index) };
    const id = await subnet(zone, blocks);
    const AssignIpv6AddressOnCreation = { Value: true };
    await clients.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: id, AssignIpv6AddressOnCreation }));
    return id;
  };
  return {
    vpcId,
    nativeSubnetIds: [await native('a', 1), await native('b', 2)],
    dualStackSubnetIds: [await dual('a', 3), await dual('b', 4)],
    ipv4SubnetId: await subnet('a', { CidrBlock: '10.0.9.0/24' }),
    securityGroupId: await createSecurityGroup(clients, vpcId),
    nativePrefix: cidr64(cidr56, 1).replace('::/64', ''),
  };
}
