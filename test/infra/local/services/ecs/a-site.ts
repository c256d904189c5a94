/** A local account with a VPC of every kind of subnet and an ECS cluster, spoken to by the unmodified SDK. */
import type {
  ContainerInstance,
  CreateServiceCommandInput,
  RegisterTaskDefinitionCommandInput,
  Service,
  Task,
} from '@aws-sdk/client-ecs';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListContainerInstancesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { BusEvent } from '../../../../../infra/local/kernel/events';
import { subscribe } from '../../../../../infra/local/kernel/events';
import type { Scope } from '../../../../../infra/local/kernel/scope';
import type { LocalAccount, LocalAccountOptions } from '../../../../../infra/local/local-account';
import { findImage } from '../../../../../infra/local/services/ec2/image';
import type { Instance } from '../../../../../infra/local/services/ec2/instance';
import { findInstanceType } from '../../../../../infra/local/services/ec2/instance-type';
import { launchInstances } from '../../../../../infra/local/services/ec2/launch';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import type { Subnet } from '../../../../../infra/local/services/ec2/subnet';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import type { Vpc } from '../../../../../infra/local/services/ec2/vpc';
import { registerContainerInstance } from '../../../../../infra/local/services/ecs/container-instance-registration';
import type { InstanceRecord } from '../../../../../infra/local/services/ecs/records';
import { services } from '../../../../../infra/local/services';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { slice } from '../ec2/a-network';

const START = new Date('2026-11-22T10:00:00Z');

export interface Site {
  readonly account: LocalAccount;
  readonly scope: Scope;
  readonly clock: SimulatedClock;
  readonly ecs: ECSClient;
  readonly vpc: Vpc;
  /** IPv6 alone, zones a and b. */
  readonly ipv6A: Subnet;
  readonly ipv6B: Subnet;
  /** Both families, zones a and b. */
  readonly dualA: Subnet;
  readonly dualB: Subnet;
  /** IPv4 alone, zone a. */
  readonly ipv4A: Subnet;
  /** Everything put on the bus so far. */
  readonly events: readonly BusEvent[];
}

/** What callers may do; everything if absent. */
export type SiteOptions = Pick<LocalAccountOptions, 'authorize'>;

/** The cluster is called `prod`. */
export async function aSite(options: SiteOptions = {}): Promise<Site> {
  const clock = new SimulatedClock({ start: START, running: false });
  const account = await withLocalAccount({ services, clock, ...options });
  const { scope } = account;
  const vpc = createNetwork(scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const subnet = (zone: string, third: number, families: { ipv4: boolean; ipv6: boolean }): Subnet =>
    createSubnet(scope, {
      vpcId: vpc.id,
      cidrBlock: families.ipv4 ? `10.0.${third}.0/24` : undefined,
      ipv6CidrBlock: families.ipv6 ? slice(vpc, third) : undefined,
      ipv6Native: !families.ipv4,
      zoneName: `eu-west-2${zone}`,
    });
  const events: BusEvent[] = [];
  subscribe(scope, (event) => events.push(event));
  const ecs = new ECSClient(clientSettings(account));
  await ecs.send(new CreateClusterCommand({ clusterName: 'prod', capacityProviders: ['FARGATE', 'FARGATE_SPOT'] }));
  return {
    ...{ account, scope, clock, ecs, vpc, events },
    ipv6A: subnet('a', 1, { ipv4: false, ipv6: true }),
    ipv6B: subnet('b', 2, { ipv4: false, ipv6: true }),
    dualA: subnet('a', 3, { ipv4: true, ipv6: true }),
    dualB: subnet('b', 4, { ipv4: true, ipv6: true }),
    ipv4A: subnet('a', 5, { ipv4: true, ipv6: false }),
  };
}

/** `web`: one container on port 80, for Fargate unless told otherwise. */
export async function aDefinition(
  { ecs }: Site,
  overrides: Partial<RegisterTaskDefinitionCommandInput> = {},
): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'app', image: 'nginx', portMappings: [{ containerPort: 80 }] }],
      ...overrides,
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? '';
}

/** `web` on the bridge of its host, with a port that the host chooses. */
export function aBridgeDefinition(site: Site, overrides: Partial<RegisterTaskDefinitionCommandInput> = {}) {
  return aDefinition(site, {
    ...{ networkMode: 'bridge', requiresCompatibilities: ['EC2'], cpu: undefined, memory: undefined },
    containerDefinitions: [
      { name: 'app', image: 'nginx', cpu: 128, memory: 128, portMappings: [{ containerPort: 80, hostPort: 0 }] },
    ],
    ...overrides,
  });
}

/** A Fargate service `web` of one task in the IPv6-only subnets, unless told otherwise. */
export async function aService(site: Site, overrides: Partial<CreateServiceCommandInput> = {}): Promise<Service> {
  const { ecs, ipv6A, ipv6B } = site;
  const { service } = await ecs.send(
    new CreateServiceCommand({
      cluster: 'prod',
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: [ipv6A.id, ipv6B.id] } },
      ...overrides,
    }),
  );
  return service ?? {};
}

export async function describeService({ ecs }: Site, name = 'web'): Promise<Service> {
  const { services: [service] = [] } = await ecs.send(
    new DescribeServicesCommand({ cluster: 'prod', services: [name], include: ['TAGS'] }),
  );
  return service ?? {};
}

/** Tasks of the cluster, by what they are meant to be. */
export async function describeTasks({ ecs }: Site, desiredStatus: 'RUNNING' | 'STOPPED' = 'RUNNING'): Promise<Task[]> {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: 'prod', desiredStatus }));
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(
    new DescribeTasksCommand({ cluster: 'prod', tasks: taskArns, include: ['TAGS'] }),
  );
  return tasks;
}

/** Container instances of the cluster. */
export async function containerInstances({ ecs }: Site): Promise<ContainerInstance[]> {
  const { containerInstanceArns = [] } = await ecs.send(new ListContainerInstancesCommand({ cluster: 'prod' }));
  if (containerInstanceArns.length === 0) return [];
  const { containerInstances: found = [] } = await ecs.send(
    new DescribeContainerInstancesCommand({ cluster: 'prod', containerInstances: containerInstanceArns }),
  );
  return found;
}

interface HostOptions {
  readonly subnet: Subnet;
  /** An IPv6 address that is the primary one; none, and no IPv6 at all outside IPv6-only subnets, if absent. */
  readonly primaryIpv6?: boolean;
  readonly type?: string;
  readonly agentVersion?: string;
}

/** A running EC2 instance on an ECS-optimized image. */
export async function anInstance({ scope, clock }: Site, options: HostOptions): Promise<Instance> {
  const image = findImage('ami-0ec5a120230000001');
  const type = findInstanceType(options.type ?? 'm5.large');
  if (!image || !type) throw new Error('The local account lost its image or instance type.');
  const { subnet, primaryIpv6 = false } = options;
  const ipv6 = { count: subnet.ipv6Native || primaryIpv6 ? 1 : 0 };
  const [instance] = launchInstances(scope, {
    ...{ image, type, minCount: 1, maxCount: 1 },
    interfaces: [{ deviceIndex: 0, create: { subnetId: subnet.id, ipv6, primaryIpv6 }, deleteOnTermination: true }],
  });
  if (!instance) throw new Error('No instance was launched.');
  await clock.advance(5_000);
  return instance;
}

/** The same, registered with the cluster. */
export async function aHost(site: Site, options: HostOptions): Promise<InstanceRecord> {
  const { id } = await anInstance(site, options);
  return registerContainerInstance(site.scope, {
    cluster: 'prod',
    ec2InstanceId: id,
    versionInfo: options.agentVersion === undefined ? undefined : { agentVersion: options.agentVersion },
  });
}

/** Events of one kind, in order. */
export function eventsOf({ events }: Site, detailType: string): readonly BusEvent[] {
  return events.filter((event) => event['detail-type'] === detailType);
}
