/**
 * Resources of a snapshot with sensible values, for tests: a healthy, IPv6-only workload `api` in cluster `prod` of
 * account 111122223333 in eu-west-2. Name only what the test is about.
 */
import type { Account } from '../../lib/snapshot/account-resources';
import type { AutoScalingGroup, Image, InstanceType, LaunchTemplate } from '../../lib/snapshot/host-resources';
import type { FileSystem, MountTarget } from '../../lib/snapshot/storage-resources';
import type {
  CloudMapInstance,
  CloudMapService,
  Cluster,
  ContainerInstance,
  Instance,
  Service,
  Subnet,
  Target,
  TargetGroup,
  Task,
  TaskDefinition,
  Vpc,
} from '../../lib/snapshot/snapshot';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-2';
/** What the builders call "now". */
export const NOW = new Date('2026-11-30T12:00:00.000Z');

export const CLUSTER_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/prod`;
export const SERVICE_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:service/prod/api`;
export const TASK_DEFINITION_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:task-definition/api:3`;
export const TARGET_GROUP_ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/api/0123456789abcdef`;
export const REGISTRY_ARN = `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:service/srv-api`;
export const CONTAINER_INSTANCE_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:container-instance/prod/c0ffee`;
/** Address of the task that `aTask()` makes. */
export const TASK_ADDRESS = '2001:db8:0:1::a';

export function aCluster(over: Partial<Cluster> = {}): Cluster {
  const cluster = { arn: CLUSTER_ARN, name: 'prod', status: 'ACTIVE', containerInsights: 'enhanced' };
  return { ...cluster, capacityProviders: [], tags: {}, ...over };
}

/** An awsvpc service on Fargate with one target group, one running task, steady. */
export function aService(over: Partial<Service> = {}): Service {
  const name = over.name ?? 'api';
  return {
    arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:service/prod/${name}`,
    name,
    clusterArn: CLUSTER_ARN,
    status: 'ACTIVE',
    launchType: 'FARGATE',
    capacityProviders: [],
    deploymentController: 'ECS',
    taskDefinitionArn: TASK_DEFINITION_ARN,
    subnetIds: ['subnet-1'],
    securityGroupIds: ['sg-1'],
    loadBalancers: [{ targetGroupArn: TARGET_GROUP_ARN, containerName: 'app', containerPort: 8080 }],
    registries: [],
    deployments: [
      { id: 'ecs-svc/1', status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinitionArn: TASK_DEFINITION_ARN },
    ],
    latticeTargetGroupArns: [],
    serviceConnect: false,
    desiredCount: 1,
    runningCount: 1,
    execEnabled: false,
    propagateTags: 'NONE',
    tags: {},
    ...over,
  };
}

/** A running awsvpc task of the service `api` on Fargate. */
export function aTask(over: Partial<Task> = {}): Task {
  const id = over.id ?? 'a1';
  return {
    arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task/prod/${id}`,
    id,
    clusterArn: CLUSTER_ARN,
    serviceName: 'api',
    startedBy: 'ecs-svc/1',
    launchType: 'FARGATE',
    taskDefinitionArn: TASK_DEFINITION_ARN,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    availabilityZone: `${REGION}a`,
    networkInterfaceId: `eni-${id}`,
    subnetId: 'subnet-1',
    ipv4Addresses: [],
    ipv6Addresses: [TASK_ADDRESS],
    execEnabled: false,
    tags: {},
    ...over,
  };
}

/** A running bridge task of the service `api` on the instance `i-1`, host port 32768. */
export function aBridgeTask(over: Partial<Task> = {}): Task {
  return aTask({
    launchType: 'EC2',
    containerInstanceArn: CONTAINER_INSTANCE_ARN,
    networkInterfaceId: undefined,
    subnetId: undefined,
    ipv6Addresses: [],
    bindings: [{ containerName: 'app', bindIp: '::', containerPort: 8080, hostPort: 32768, protocol: 'tcp' }],
    ...over,
  });
}

export function aTaskDefinition(over: Partial<TaskDefinition> = {}): TaskDefinition {
  return {
    arn: TASK_DEFINITION_ARN,
    family: 'api',
    revision: 3,
    networkMode: 'awsvpc',
    operatingSystem: 'linux',
    requiresCompatibilities: [],
    containers: [{ name: 'app', image: `${ACCOUNT}.dkr-ecr.${REGION}.on.aws/api:1` }],
    fileSystemIds: [],
    tags: {},
    ...over,
  };
}

/** The instance `i-1` as ECS sees it. */
export function aContainerInstance(over: Partial<ContainerInstance> = {}): ContainerInstance {
  return {
    arn: CONTAINER_INSTANCE_ARN,
    clusterArn: CLUSTER_ARN,
    ec2InstanceId: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    agentVersion: '1.105.1',
    operatingSystem: 'linux',
    attributes: {},
    tags: {},
    ...over,
  };
}

/** The running instance `i-1` in an IPv6-only subnet, with a primary IPv6 address. */
export function anInstance(over: Partial<Instance> = {}): Instance {
  const id = over.id ?? 'i-1';
  return {
    id,
    arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${id}`,
    state: 'running',
    instanceType: 'm7g.large',
    imageId: 'ami-1',
    operatingSystem: 'linux',
    vpcId: 'vpc-1',
    subnetId: 'subnet-1',
    interfaces: [
      {
        id: 'eni-host',
        deviceIndex: 0,
        subnetId: 'subnet-1',
        type: 'interface',
        ipv4Addresses: [],
        ipv6Addresses: [{ address: '2001:db8:0:1::100', isPrimary: true }],
        ipv6Prefixes: [],
        securityGroupIds: ['sg-1'],
      },
    ],
    tags: {},
    ...over,
  };
}

/** An IPv6-only subnet. */
export function aSubnet(over: Partial<Subnet> = {}): Subnet {
  return {
    id: 'subnet-1',
    vpcId: 'vpc-1',
    availabilityZone: `${REGION}a`,
    ipv6Native: true,
    ipv6Cidrs: ['2001:db8:0:1::/64'],
    assignsIpv6: true,
    dns64: false,
    tags: {},
    ...over,
  };
}

export function aVpc(over: Partial<Vpc> = {}): Vpc {
  return { id: 'vpc-1', ipv4Cidrs: ['10.0.0.0/16'], ipv6Cidrs: ['2001:db8::/56'], tags: {}, ...over };
}

/** An IPv6 group of type `ip`. */
export function aTargetGroup(over: Partial<TargetGroup> = {}): TargetGroup {
  return {
    arn: TARGET_GROUP_ARN,
    name: 'api',
    targetType: 'ip',
    ipAddressType: 'ipv6',
    protocol: 'HTTP',
    port: 8080,
    vpcId: 'vpc-1',
    loadBalancerArns: [],
    tags: {},
    ...over,
  };
}

/** The registration of the task that `aTask()` makes; the key follows from group, id and port. */
export function aTarget(over: Partial<Target> = {}): Target {
  const { targetGroupArn = TARGET_GROUP_ARN, targetId = TASK_ADDRESS, port = 8080 } = over;
  return {
    key: `${targetGroupArn}#${targetId}:${port}`,
    targetGroupArn,
    targetId,
    port,
    availabilityZone: `${REGION}a`,
    state: 'healthy',
    ...over,
  };
}

export function aCloudMapService(over: Partial<CloudMapService> = {}): CloudMapService {
  return { arn: REGISTRY_ARN, id: 'srv-api', name: 'api', recordTypes: ['AAAA'], tags: {}, ...over };
}

/** The registration of the task that `aTask()` makes. */
export function aCloudMapInstance(over: Partial<CloudMapInstance> = {}): CloudMapInstance {
  const { serviceArn = REGISTRY_ARN, instanceId = 'a1' } = over;
  return {
    key: `${serviceArn}#${instanceId}`,
    serviceArn,
    instanceId,
    ipv6: TASK_ADDRESS,
    ecsClusterName: 'prod',
    ecsServiceName: 'api',
    attributes: { REGION },
    ...over,
  };
}

/** What the groups of the instance `i-1` launch from: `$Default` is version 1, which asks for a primary IPv6 address. */
export function aLaunchTemplate(over: Partial<LaunchTemplate> = {}): LaunchTemplate {
  const id = over.id ?? 'lt-1';
  return {
    id,
    arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:launch-template/${id}`,
    name: 'hosts',
    isConfiguration: false,
    versions: new Map([['$Default', { number: 1, hasPrimaryInterface: true, primaryIpv6: true }]]),
    ...over,
  };
}

/** The group `hosts`, which launches from the default version of `lt-1`. */
export function anAutoScalingGroup(over: Partial<AutoScalingGroup> = {}): AutoScalingGroup {
  const name = over.name ?? 'hosts';
  return {
    name,
    arn: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/${name}`,
    templates: [{ templateId: 'lt-1', version: '$Default' }],
    ...{ isMixed: false, subnetIds: ['subnet-1'] },
    ...over,
  };
}

/** The account with its ECS settings. */
export function anAccount(settings: Account['settings'] = { dualStackIPv6: 'enabled' }): Account {
  return { id: ACCOUNT, settings };
}

/** The image of the instance `i-1`: ECS-optimized. */
export function anImage(over: Partial<Image> = {}): Image {
  return { id: 'ami-1', name: 'al2023-ami-ecs-hvm-2023.0.20260929-kernel-6.1-arm64', ownerAlias: 'amazon', ...over };
}

/** The type of the instance `i-1`. */
export function anInstanceType(over: Partial<InstanceType> = {}): InstanceType {
  const traits = { hypervisor: 'nitro', bareMetal: false, ipv6Supported: true, architectures: ['arm64'], vcpus: 2 };
  return { name: 'm7g.large', ...traits, ...over };
}

/** An available IPv6-only mount target in the subnet that `aSubnet()` makes. */
export function aMountTarget(over: Partial<MountTarget> = {}): MountTarget {
  return {
    id: 'fsmt-1',
    subnetId: 'subnet-1',
    vpcId: 'vpc-1',
    availabilityZone: `${REGION}a`,
    state: 'available',
    ipv6Address: '2001:db8:0:1::f',
    ...over,
  };
}

export function aFileSystem(over: Partial<FileSystem> = {}): FileSystem {
  return { id: 'fs-1', mountTargets: [aMountTarget()], ...over };
}
