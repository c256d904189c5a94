/** Load balancers, target groups, registries and services of the demo's registration part. */
import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import {
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  type CreateServiceCommandInput,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  type IpAddressType,
  type TargetGroupIpAddressTypeEnum,
  type TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateServiceCommand as CreateRegistryCommand,
  RegisterInstanceCommand,
  type RecordType,
} from '@aws-sdk/client-servicediscovery';
import type { LocalAccount } from '../../local-account';
import { need, type SeedClients } from '../seed-clients';
import { makeSubnet, makeVpc, type MadeVpc, type SubnetKind } from './network-parts';

/** Where the apps listen. */
export const PORT = 8080;

/** A cluster and the VPC where its services stand. */
export interface Site {
  readonly account: LocalAccount;
  readonly clients: SeedClients;
  readonly cluster: string;
  readonly vpc: MadeVpc;
  /** Of the services. */
  readonly subnet: string;
  /** Dual-stack, in two zones: for load balancers. */
  readonly balancerSubnets: readonly string[];
}

export async function makeSite(
  account: LocalAccount,
  clients: SeedClients,
  { cluster, kind }: { readonly cluster: string; readonly kind: SubnetKind },
): Promise<Site> {
  const vpc = await makeVpc(clients);
  const subnet = await makeSubnet(clients, vpc, { kind, index: 1 });
  const at = (zone: string, index: number) =>
    makeSubnet(clients, vpc, { kind: 'dual-stack', index, zone: `${account.region}${zone}` });
  return { account, clients, cluster, vpc, subnet, balancerSubnets: [await at('a', 2), await at('b', 3)] };
}

export async function makeBalancer({ clients, balancerSubnets }: Site, Name: string, IpAddressType: IpAddressType) {
  const wanted = { Name, IpAddressType, Subnets: [...balancerSubnets] };
  const { LoadBalancers = [] } = await clients.elbv2.send(new CreateLoadBalancerCommand(wanted));
  return need(LoadBalancers[0]?.LoadBalancerArn, 'LoadBalancerArn');
}

export interface Group {
  readonly name: string;
  readonly balancerArn: string;
  readonly listenerPort: number;
  readonly type?: TargetTypeEnum;
  readonly family?: TargetGroupIpAddressTypeEnum;
}

/** A Network Load Balancer in the VPC's default security group, as its services are, and a group of IPv6 addresses behind it. */
export async function makeNetworkGroup({ clients, vpc, balancerSubnets }: Site, Name: string): Promise<string> {
  const { elbv2 } = clients;
  const SecurityGroups = [await defaultGroup(clients, vpc)];
  const wanted = { Name, Type: 'network', IpAddressType: 'dualstack', SecurityGroups } as const;
  const made = await elbv2.send(new CreateLoadBalancerCommand({ ...wanted, Subnets: [...balancerSubnets] }));
  const group = { Name, TargetType: 'ip', IpAddressType: 'ipv6', VpcId: vpc.id, Protocol: 'TCP', Port: PORT } as const;
  const { TargetGroups = [] } = await elbv2.send(new CreateTargetGroupCommand(group));
  const TargetGroupArn = need(TargetGroups[0]?.TargetGroupArn, 'TargetGroupArn');
  const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn;
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  await elbv2.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions }));
  return TargetGroupArn;
}

async function defaultGroup({ ec2 }: SeedClients, { id }: MadeVpc): Promise<string> {
  const Filters = [
    { Name: 'vpc-id', Values: [id] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return need(SecurityGroups[0]?.GroupId, 'GroupId');
}

const wantedGroup = ({ vpc }: Site, { name: Name, type: TargetType = 'ip', family = 'ipv6' }: Group) =>
  ({ Name, TargetType, IpAddressType: family, VpcId: vpc.id, Protocol: 'HTTP', Port: PORT }) as const;

/** A target group with a listener of its own; of IPv6 addresses, if nothing else is said. */
export async function makeGroup(site: Site, group: Group): Promise<string> {
  const { clients } = site;
  const { balancerArn: LoadBalancerArn, listenerPort } = group;
  const { TargetGroups = [] } = await clients.elbv2.send(new CreateTargetGroupCommand(wantedGroup(site, group)));
  const TargetGroupArn = need(TargetGroups[0]?.TargetGroupArn, 'TargetGroupArn');
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
  const listener = { LoadBalancerArn, Protocol: 'HTTP', Port: listenerPort, DefaultActions } as const;
  await clients.elbv2.send(new CreateListenerCommand(listener));
  return TargetGroupArn;
}

/** A second group like it, and a rule of its listener that leads to both, so that a service can go from one to the other. */
export async function makePair(site: Site, group: Group, second: TargetTypeEnum) {
  const { elbv2 } = site.clients;
  const targetGroupArn = await makeGroup(site, group);
  const { TargetGroups: made = [] } = await elbv2.send(
    new CreateTargetGroupCommand({ ...wantedGroup(site, { ...group, type: second }), Name: `${group.name}-green` }),
  );
  const alternateTargetGroupArn = need(made[0]?.TargetGroupArn, 'TargetGroupArn');
  const { Listeners = [] } = await elbv2.send(new DescribeListenersCommand({ LoadBalancerArn: group.balancerArn }));
  const ListenerArn = Listeners.find(({ Port }) => Port === group.listenerPort)?.ListenerArn;
  const both = [targetGroupArn, alternateTargetGroupArn].map((arn, index) => ({
    TargetGroupArn: arn,
    Weight: 1 - index,
  }));
  const { Rules = [] } = await elbv2.send(
    new CreateRuleCommand({
      ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups: both } }],
    }),
  );
  const productionListenerRule = need(Rules[0]?.RuleArn, 'RuleArn');
  const roleArn = `arn:aws:iam::${site.account.account}:role/ecs-load-balancing`;
  const advancedConfiguration = { alternateTargetGroupArn, productionListenerRule, roleArn };
  return {
    loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: PORT, advancedConfiguration }],
    deploymentConfiguration: { strategy: 'BLUE_GREEN' as const },
  };
}

/** How a service is behind a target group. */
export const behind = (targetGroupArn: string) => ({
  loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: PORT }],
});

export interface Registry {
  readonly id: string;
  readonly arn: string;
}

/** A service of Cloud Map. */
export async function makeRegistry(
  { clients }: Pick<Site, 'clients'>,
  NamespaceId: string,
  { name: Name, records }: { readonly name: string; readonly records: readonly RecordType[] },
): Promise<Registry> {
  const DnsConfig = { DnsRecords: records.map((Type) => ({ Type, TTL: 10 })) };
  const command = new CreateRegistryCommand({ Name, NamespaceId, DnsConfig });
  const { Service } = await clients.serviceDiscovery.send(command);
  return { id: need(Service?.Id, 'Id'), arn: need(Service?.Arn, 'Arn') };
}

/** Registers something that is no task of ECS, as people do. */
export async function registerByHand(
  { clients }: Site,
  { id: ServiceId }: Registry,
  instance: { readonly name: string; readonly ipv4?: string; readonly ipv6?: string },
): Promise<void> {
  const { name: InstanceId, ipv4, ipv6 } = instance;
  const addresses = { ...(ipv4 && { AWS_INSTANCE_IPV4: ipv4 }), ...(ipv6 && { AWS_INSTANCE_IPV6: ipv6 }) };
  const Attributes = { ...addresses, AWS_INSTANCE_PORT: String(PORT) };
  await clients.serviceDiscovery.send(new RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));
}

type Definition = Omit<RegisterTaskDefinitionCommandInput, 'family' | 'containerDefinitions'>;

const FARGATE: Definition = { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' };

/** Windows knows no bridge: it has a network of its own kind where no mode is stated. */
const WINDOWS: Definition = {
  requiresCompatibilities: ['EC2'],
  runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
};

async function define({ account, clients }: Site, family: string, definition: Definition): Promise<string> {
  const image = `${account.account}.dkr-ecr.${account.region}.on.aws/${family}:1`;
  const portMappings = [{ containerPort: PORT, hostPort: PORT, name: 'web' }];
  const containerDefinitions = [{ name: 'app', image, memory: 512, essential: true, portMappings }];
  const command = new RegisterTaskDefinitionCommand({ ...definition, family, containerDefinitions });
  const { taskDefinition } = await clients.ecs.send(command);
  return need(taskDefinition?.taskDefinitionArn, 'taskDefinitionArn');
}

/** What tasks on Fargate are started with. */
export async function onFargate(site: Site, family: string) {
  const awsvpcConfiguration = { subnets: [site.subnet] };
  const taskDefinition = await define(site, family, FARGATE);
  return { launchType: 'FARGATE', taskDefinition, networkConfiguration: { awsvpcConfiguration } } as const;
}

/** What tasks on Windows hosts are started with. */
export async function onWindows(site: Site, family: string) {
  return { launchType: 'EC2', taskDefinition: await define(site, family, WINDOWS) } as const;
}

const BRIDGE: Definition = { networkMode: 'bridge', requiresCompatibilities: ['EC2'] };

/** What tasks on Linux hosts are started with, whose addresses they share. */
export async function onHosts(site: Site, family: string) {
  return { launchType: 'EC2', taskDefinition: await define(site, family, BRIDGE) } as const;
}

type Wanted = Omit<CreateServiceCommandInput, 'cluster' | 'serviceName'>;

/** A service without tasks, if nothing else is said: where it would register them is all that counts. */
export async function makeService({ clients, cluster }: Site, serviceName: string, wanted: Wanted): Promise<void> {
  await clients.ecs.send(new CreateServiceCommand({ cluster, serviceName, desiredCount: 0, ...wanted }));
}
