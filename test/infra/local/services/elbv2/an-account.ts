/** A local account with a network in two zones, spoken to by the unmodified SDK. */
import { EC2 } from '@aws-sdk/client-ec2';
import type {
  Action,
  CreateListenerCommandInput,
  CreateTargetGroupCommandInput,
  TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { Scope } from '../../../../../infra/local/kernel/scope';
import { ec2 } from '../../../../../infra/local/services/ec2/ec2';
import { findImage, IMAGES } from '../../../../../infra/local/services/ec2/image';
import type { Instance } from '../../../../../infra/local/services/ec2/instance';
import { findInstanceType } from '../../../../../infra/local/services/ec2/instance-type';
import { launchInstances } from '../../../../../infra/local/services/ec2/launch';
import { openSockets } from '../../../../../infra/local/services/ec2/listening';
import type { NetworkInterface } from '../../../../../infra/local/services/ec2/network-interface';
import { interfacesOfInstance } from '../../../../../infra/local/services/ec2/network-interface';
import { createNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface-lifecycle';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { addRules, defaultGroupOf } from '../../../../../infra/local/services/ec2/security-group';
import type { Subnet } from '../../../../../infra/local/services/ec2/subnet';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import type { Vpc } from '../../../../../infra/local/services/ec2/vpc';
import { elbv2 } from '../../../../../infra/local/services/elbv2/elbv2';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { slice } from '../ec2/a-network';

/** Longer than a load balancer takes to be set up. */
const SET_UP_MS = 60_000;

export interface Site {
  readonly account: LocalAccount;
  readonly scope: Scope;
  readonly clock: SimulatedClock;
  readonly client: ElasticLoadBalancingV2Client;
  readonly ec2: EC2;
  readonly vpc: Vpc;
  /** IPv4 and IPv6, zone a. */
  readonly dualA: Subnet;
  /** IPv4 and IPv6, zone b. */
  readonly dualB: Subnet;
  /** IPv4 alone, zone c. */
  readonly ipv4C: Subnet;
}

export async function aSite(): Promise<Site> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [ec2, elbv2], clock });
  const { scope } = account;
  const vpc = createNetwork(scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const subnet = (zone: string, third: number, ipv6: boolean): Subnet =>
    createSubnet(scope, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${third}.0/24`,
      ipv6CidrBlock: ipv6 ? slice(vpc, third) : undefined,
      zoneName: `eu-west-2${zone}`,
    });
  admitEveryone(scope, vpc);
  return {
    ...{ account, scope, clock, vpc, ec2: new EC2(clientSettings(account)) },
    client: new ElasticLoadBalancingV2Client(clientSettings(account)),
    dualA: subnet('a', 1, true),
    dualB: subnet('b', 2, true),
    ipv4C: subnet('c', 3, false),
  };
}

/** Opens the VPC's default group, in which everything is that names none. */
function admitEveryone(scope: Scope, vpc: Vpc): void {
  const everything = { egress: false, protocol: '-1', fromPort: undefined, toPort: undefined, description: undefined };
  addRules(scope, defaultGroupOf(scope, vpc.id), [
    { ...everything, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } },
    { ...everything, peer: { kind: 'ipv6', cidr: '::/0' } },
  ]);
}

/** Has something listen on the ports that the tests use. */
function startListening(scope: Scope, { id }: NetworkInterface): void {
  const ports = [80, 8080, 9000];
  openSockets(
    scope,
    id,
    ports.map((port) => ({ interfaceId: id, protocol: 'tcp', port })),
  );
}

/** A target group for addresses, over HTTP on port 80 unless told otherwise. */
export async function aTargetGroup(
  site: Site,
  overrides: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  return arnOf(await describeNew(site, overrides));
}

export async function describeNew(
  { client, vpc }: Site,
  overrides: Partial<CreateTargetGroupCommandInput>,
): Promise<TargetGroup> {
  const input = { Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: vpc.id, TargetType: 'ip', ...overrides } as const;
  const { TargetGroups } = await client.send(new CreateTargetGroupCommand(input));
  const [group] = TargetGroups ?? [];
  if (!group) throw new Error('CreateTargetGroup answered no target group.');
  return group;
}

function arnOf({ TargetGroupArn }: TargetGroup): string {
  if (TargetGroupArn === undefined) throw new Error('CreateTargetGroup answered no ARN.');
  return TargetGroupArn;
}

/** An active, dual-stack Application Load Balancer in zones a and b. */
export async function aLoadBalancer(
  { client, clock, dualA, dualB }: Site,
  ipAddressType = 'dualstack',
): Promise<string> {
  const Subnets = [dualA.id, dualB.id];
  const IpAddressType = ipAddressType === 'ipv4' ? 'ipv4' : 'dualstack';
  const { LoadBalancers } = await client.send(new CreateLoadBalancerCommand({ Name: 'front', Subnets, IpAddressType }));
  await clock.advance(SET_UP_MS);
  return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
}

/** The one action that forwards everything to a group. */
export function forwardTo(TargetGroupArn: string): Action[] {
  return [{ Type: 'forward', TargetGroupArn }];
}

/** A listener on HTTP, port 80, unless told otherwise; answers its ARN. */
export async function listen({ client }: Site, request: Partial<CreateListenerCommandInput>): Promise<string> {
  const input: CreateListenerCommandInput = {
    ...{ LoadBalancerArn: undefined, Protocol: 'HTTP', Port: 80, DefaultActions: [] },
    ...request,
  };
  const { Listeners } = await client.send(new CreateListenerCommand(input));
  return Listeners?.[0]?.ListenerArn ?? '';
}

/** Puts the target group behind a new load balancer. */
export async function putInUse(site: Site, targetGroupArn: string): Promise<void> {
  await listen(site, { LoadBalancerArn: await aLoadBalancer(site), DefaultActions: forwardTo(targetGroupArn) });
}

/** An interface that holds one IPv4 and one IPv6 address, and on which something listens. */
export function anInterface(
  { scope }: Site,
  subnet: Subnet,
): NetworkInterface & { readonly v4: string; readonly v6: string } {
  const networkInterface = createNetworkInterface(scope, { subnetId: subnet.id, ipv6: { count: 1 } });
  startListening(scope, networkInterface);
  const v6 = networkInterface.ipv6[0]?.address ?? '';
  return Object.assign(networkInterface, { v4: networkInterface.ipv4[0] ?? '', v6 });
}

/** A running instance on which something listens, with a primary IPv6 address or none. */
export async function anInstance(
  { scope, clock, dualA }: Site,
  { primaryIpv6 }: { primaryIpv6: boolean },
): Promise<Instance> {
  const image = findImage(IMAGES[0]?.id ?? '');
  const type = findInstanceType('m5.large');
  if (!image || !type) throw new Error('The local account knows no such image or type.');
  const create = { subnetId: dualA.id, ipv6: { count: 1 }, primaryIpv6 };
  const interfaces = [{ deviceIndex: 0, create, deleteOnTermination: true }] as const;
  const [instance] = launchInstances(scope, { image, type, minCount: 1, maxCount: 1, interfaces: [...interfaces] });
  if (!instance) throw new Error('No instance was launched.');
  await clock.advance(SET_UP_MS);
  for (const each of interfacesOfInstance(scope, instance.id)) startListening(scope, each);
  return instance;
}

export async function register(
  { client }: Site,
  TargetGroupArn: string,
  Targets: { Id: string; Port?: number }[],
): Promise<void> {
  await client.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
}

/** `id:port` of every registered target with its state. */
export async function states({ client }: Site, TargetGroupArn: string): Promise<Readonly<Record<string, string>>> {
  const { TargetHealthDescriptions = [] } = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return Object.fromEntries(
    TargetHealthDescriptions.map(({ Target, TargetHealth }) => [
      `${Target?.Id ?? ''}:${Target?.Port ?? 0}`,
      [TargetHealth?.State, TargetHealth?.Reason].filter(Boolean).join(' '),
    ]),
  );
}
