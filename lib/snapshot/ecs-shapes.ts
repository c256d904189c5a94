/** ECS's answers in our own terms. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Types.html */
import type * as ecs from '@aws-sdk/client-ecs';
import type { Deployment, ServiceLoadBalancer } from './service-resources';
import type { Cluster, ContainerInstance, LaunchType, PortBinding, Service, Tags, Task } from './snapshot';
import { systemOf } from './operating-system';
import { distinct, pick, stated } from './pick';
import { registrationFailureOf } from './registration-failure';

export const launchTypes: readonly LaunchType[] = ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'];
const controllers: readonly Service['deploymentController'][] = ['ECS', 'CODE_DEPLOY', 'EXTERNAL'];
const rolloutStates: readonly NonNullable<Deployment['rolloutState']>[] = ['COMPLETED', 'FAILED', 'IN_PROGRESS'];
const propagations: readonly Service['propagateTags'][] = ['SERVICE', 'TASK_DEFINITION', 'NONE'];

export function toTags(tags: readonly ecs.Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ key = '', value = '' }) => [key, value]));
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

export function toCluster(cluster: ecs.Cluster): Cluster {
  const { clusterArn: arn = '', clusterName: name = '', status = '', settings = [], tags } = cluster;
  const containerInsights = settings.find((setting) => setting.name === 'containerInsights')?.value;
  const capacityProviders = distinct(cluster.capacityProviders ?? []);
  return { arn, name, status, containerInsights, capacityProviders, tags: toTags(tags) };
}

function toLoadBalancer(balancer: ecs.LoadBalancer): ServiceLoadBalancer {
  const { targetGroupArn, loadBalancerName, containerName, containerPort, advancedConfiguration } = balancer;
  const alternateTargetGroupArn = advancedConfiguration?.alternateTargetGroupArn;
  return { targetGroupArn, loadBalancerName, containerName, containerPort, alternateTargetGroupArn };
}

const groupsOf = (balancers: readonly ecs.LoadBalancer[] | undefined): readonly string[] =>
  distinct((balancers ?? []).map(({ targetGroupArn }) => targetGroupArn));

/** Services that are not deployed by ECS itself have task sets in place of deployments. */
function toDeployments({ deployments, taskSets }: ecs.Service): readonly Deployment[] {
  const own = (deployments ?? []).map(({ id = '', status = '', rolloutState, taskDefinition, createdAt }) => {
    const state = pick(rolloutStates, rolloutState);
    return { id, status, rolloutState: state, taskDefinitionArn: taskDefinition, createdAt };
  });
  const sets = (taskSets ?? []).map(({ id = '', status = '', taskDefinition, createdAt, loadBalancers }) => {
    return { id, status, taskDefinitionArn: taskDefinition, createdAt, targetGroupArns: groupsOf(loadBalancers) };
  });
  return [...own, ...sets];
}

function toNetwork({ networkConfiguration, taskSets }: ecs.Service) {
  const all = [networkConfiguration, ...(taskSets ?? []).map((set) => set.networkConfiguration)].map(
    (network) => network?.awsvpcConfiguration,
  );
  return {
    subnetIds: distinct(all.flatMap((network) => network?.subnets ?? [])),
    securityGroupIds: distinct(all.flatMap((network) => network?.securityGroups ?? [])),
  };
}

/** What a service says in one word each. */
function toSettings(service: ecs.Service) {
  return {
    launchType: pick(launchTypes, service.launchType),
    deploymentController: pick(controllers, service.deploymentController?.type) ?? 'ECS',
    execEnabled: service.enableExecuteCommand ?? false,
    propagateTags: pick(propagations, service.propagateTags) ?? 'NONE',
  };
}

/** Every member by name, like `toTask`. */
export function toService(service: ecs.Service): Service {
  const { serviceArn: arn = '', serviceName: name = '', clusterArn = '', status = '' } = service;
  const { desiredCount = 0, runningCount = 0, taskDefinition: taskDefinitionArn } = service;
  const { launchType, deploymentController, execEnabled, propagateTags } = toSettings(service);
  const { subnetIds, securityGroupIds } = toNetwork(service);
  const { latticeTargetGroupArns, serviceConnect } = toConnections(service);
  return {
    arn,
    name,
    clusterArn,
    status,
    desiredCount,
    runningCount,
    taskDefinitionArn,
    launchType,
    deploymentController,
    execEnabled,
    propagateTags,
    subnetIds,
    securityGroupIds,
    capacityProviders: distinct((service.capacityProviderStrategy ?? []).map((item) => item.capacityProvider)),
    loadBalancers: (service.loadBalancers ?? []).map(toLoadBalancer),
    registries: toRegistries(service.serviceRegistries),
    deployments: toDeployments(service),
    latticeTargetGroupArns,
    serviceConnect,
    registrationFailure: registrationFailureOf(service.events),
    tags: toTags(service.tags),
  };
}

/** What the current deployment says; older ones are on their way out. */
function toConnections({ deployments }: ecs.Service) {
  const current = deployments?.find(({ status }) => status === 'PRIMARY');
  const groups = (current?.vpcLatticeConfigurations ?? []).map(({ targetGroupArn }) => targetGroupArn);
  return {
    latticeTargetGroupArns: distinct(groups),
    serviceConnect: current?.serviceConnectConfiguration?.enabled ?? false,
  };
}

function toRegistries(registries: readonly ecs.ServiceRegistry[] | undefined): Service['registries'] {
  return (registries ?? []).flatMap(({ registryArn, containerName, containerPort, port }) =>
    registryArn === undefined ? [] : [{ registryArn, containerName, containerPort, port }],
  );
}

/** `service:api` names the service that runs the task; a task of its own has `family:...` or a name of its owner's. */
const SERVICE_GROUP = 'service:';

function serviceNameOf(group: string | undefined): string | undefined {
  return group?.startsWith(SERVICE_GROUP) ? group.slice(SERVICE_GROUP.length) : undefined;
}

/** The interface of an awsvpc task; the list also holds attachments of load balancers, volumes and Service Connect. */
const INTERFACE_TYPES = new Set(['ElasticNetworkInterface', 'eni']);

function interfaceDetails(attachments: readonly ecs.Attachment[] | undefined): Readonly<Record<string, string>> {
  const found = attachments?.find(({ type = '' }) => INTERFACE_TYPES.has(type));
  return Object.fromEntries((found?.details ?? []).map(({ name = '', value = '' }) => [name, value]));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_NetworkInterface.html and, for IPv4, API_Attachment */
function addressesOf({ containers }: ecs.Task, details: Readonly<Record<string, string>>) {
  const interfaces = (containers ?? []).flatMap((container) => container.networkInterfaces ?? []);
  return {
    ipv4Addresses: distinct([
      ...interfaces.map(({ privateIpv4Address }) => stated(privateIpv4Address)),
      details['privateIPv4Address'],
    ]),
    ipv6Addresses: distinct(interfaces.map(({ ipv6Address }) => stated(ipv6Address))),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
const BEFORE_RUNNING = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING']);

/** Known once the containers run: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_NetworkBinding.html */
function bindingsOf({ containers, lastStatus = '' }: ecs.Task): readonly PortBinding[] | undefined {
  if (BEFORE_RUNNING.has(lastStatus)) return undefined;
  return (containers ?? []).flatMap(({ name, networkBindings }) =>
    (networkBindings ?? []).map(({ bindIP, containerPort, hostPort, protocol }) => {
      return { containerName: name, bindIp: bindIP, containerPort, hostPort, protocol };
    }),
  );
}

/** Every member by name: objects that others are spread into have a layout each, and a fleet has 100,000 tasks. */
export function toTask(task: ecs.Task): Task {
  const details = interfaceDetails(task.attachments);
  const networkInterfaceId = details['networkInterfaceId'];
  const { ipv4Addresses, ipv6Addresses } = addressesOf(task, details);
  const { taskArn: arn = '', clusterArn = '', taskDefinitionArn = '', lastStatus = '', desiredStatus = '' } = task;
  return {
    arn,
    clusterArn,
    taskDefinitionArn,
    lastStatus,
    desiredStatus,
    containerInstanceArn: task.containerInstanceArn,
    availabilityZone: task.availabilityZone,
    networkInterfaceId,
    subnetId: details['subnetId'],
    ipv4Addresses,
    ipv6Addresses,
    bindings: networkInterfaceId === undefined ? bindingsOf(task) : undefined,
    id: lastPart(arn),
    serviceName: serviceNameOf(task.group),
    startedBy: task.startedBy,
    launchType: pick(launchTypes, task.launchType),
    execEnabled: task.enableExecuteCommand ?? false,
    platformVersion: task.platformVersion,
    operatingSystem: task.platformFamily === undefined ? undefined : systemOf(task.platformFamily),
    createdAt: task.createdAt,
    pullStoppedAt: task.pullStoppedAt,
    tags: toTags(task.tags),
  };
}

/** ECS does not say to which cluster it belongs, and short ARNs do not either. */
export function toContainerInstance(host: ecs.ContainerInstance, clusterArn: string): ContainerInstance {
  const { containerInstanceArn: arn = '', ec2InstanceId, status = '', agentConnected = false } = host;
  const attributes = Object.fromEntries((host.attributes ?? []).map(({ name = '', value = '' }) => [name, value]));
  return {
    arn,
    clusterArn,
    ec2InstanceId,
    status,
    agentConnected,
    attributes,
    agentVersion: host.versionInfo?.agentVersion,
    operatingSystem: systemOf(attributes['ecs.os-type']),
    tags: toTags(host.tags),
  };
}
