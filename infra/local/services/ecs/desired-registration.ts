/** Where a task belongs: its targets and its Cloud Map instance, from what it is and what its deployment says. */
import type { LoadBalancer, ServiceRegistry, VpcLatticeConfiguration } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { targetGroup } from '../elbv2/state';
import { requireTargetGroup } from '../vpclattice/state';
import { hostAddresses } from './host';
import type { ContainerPort } from './lattice-check';
import { namedPort } from './lattice-check';
import { connectionsOf, registryOf, type Connection } from './service-connect';
import { groupOn } from './traffic';
import type {
  DiscoveryRegistration,
  LatticeRegistration,
  Registration,
  TargetRegistration,
  TaskInterface,
  TaskRecord,
} from './records';

export interface DesiredRegistration {
  /** As service events name it. */
  readonly place: string;
  /** Throws the other service's `ApiError` where the target group or Cloud Map service is gone. */
  readonly resolve: (scope: Scope) => Registration;
}

export function desiredRegistrations(task: TaskRecord): DesiredRegistration[] {
  if (!task.deployment) return [];
  const { revision } = task.deployment;
  const { loadBalancers, serviceRegistries, lattice } = revision;
  return [
    ...loadBalancers.map((each) => behindBalancer(task, each)),
    ...serviceRegistries.map((each) => ({
      place: registryPlace(each.registryArn ?? ''),
      resolve: (scope: Scope) => discoveryOf(scope, task, each),
    })),
    ...lattice.map((each) => ({
      place: targetPlace(each.targetGroupArn ?? ''),
      resolve: (scope: Scope) => latticeTargetOf(scope, task, each),
    })),
    ...connectionsOf(revision).map((each) => ({
      place: registryPlace(each.name),
      resolve: (scope: Scope) => connectedAs(scope, task, each),
    })),
  ];
}

function behindBalancer(task: TaskRecord, balancer: LoadBalancer): DesiredRegistration {
  const { loadBalancerName } = balancer;
  if (loadBalancerName !== undefined) {
    const instanceId = task.instance?.ec2InstanceId ?? '';
    return {
      place: classicPlace(loadBalancerName),
      resolve: () => ({ kind: 'classic', loadBalancerName, instanceId }),
    };
  }
  return {
    place: targetPlace(groupOn(task.deployment?.side ?? 'primary', balancer)),
    resolve: (scope: Scope) => targetOf(scope, task, balancer),
  };
}

export function placeOf(registration: Registration): string {
  switch (registration.kind) {
    case 'discovery':
      return registryPlace(registration.serviceArn);
    case 'classic':
      return classicPlace(registration.loadBalancerName);
    default:
      return targetPlace(registration.targetGroupArn);
  }
}

/** AWS's word for it is `elb`; the rest is a guess. */
function classicPlace(name: string): string {
  return `instances in (elb ${name})`;
}

function targetPlace(arn: string): string {
  return `targets in (target-group ${arn})`;
}

function registryPlace(arn: string): string {
  return `instance in (service-registry ${arn})`;
}

function targetOf(scope: Scope, task: TaskRecord, loadBalancer: LoadBalancer): TargetRegistration {
  const { containerName = '', containerPort = 0 } = loadBalancer;
  const targetGroupArn = groupOn(task.deployment?.side ?? 'primary', loadBalancer);
  const { ipAddressType } = targetGroup(scope, targetGroupArn);
  if (task.networkInterface) {
    const id = addressFor(ipAddressType, task.networkInterface);
    return { kind: 'target', targetGroupArn, id, port: containerPort };
  }
  const port = hostPort(task, { containerName, containerPort }) ?? containerPort;
  return { kind: 'target', targetGroupArn, id: task.instance?.ec2InstanceId ?? '', port };
}

/** By address: the task's own, or its host's with the port that the host chose. */
function latticeTargetOf(scope: Scope, task: TaskRecord, given: VpcLatticeConfiguration): LatticeRegistration {
  const { targetGroupArn = '', portName = '' } = given;
  const family = requireTargetGroup(scope, targetGroupArn).ipAddressType === 'IPV6' ? 'ipv6' : 'ipv4';
  const container = namedPort(task.definition, portName) ?? { containerName: '', containerPort: 0 };
  if (task.networkInterface) {
    const id = addressFor(family, task.networkInterface);
    return { kind: 'lattice', targetGroupArn, id, port: container.containerPort };
  }
  const { ipv4, primaryIpv6: ipv6 } = hostAddresses(scope, task.instance?.ec2InstanceId ?? '');
  const port = hostPort(task, container) ?? container.containerPort;
  return { kind: 'lattice', targetGroupArn, id: addressFor(family, { ipv4, ipv6 }), port };
}

/** A task without an address of the group's family is offered with the one it has, and refused. */
function addressFor(family: string, { ipv4 = '', ipv6 = '' }: Pick<TaskInterface, 'ipv4' | 'ipv6'>): string {
  return family === 'ipv6' ? ipv6 || ipv4 : ipv4 || ipv6;
}

/** Attributes that ECS writes: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html */
function discoveryOf(scope: Scope, task: TaskRecord, registry: ServiceRegistry): DiscoveryRegistration {
  const serviceArn = registry.registryArn ?? '';
  const attributes = {
    ...addressAttributes(scope, task),
    AWS_INSTANCE_PORT: portText(task, registry),
    AVAILABILITY_ZONE: task.availabilityZone,
    REGION: scope.region,
    ECS_SERVICE_NAME: task.service?.name,
    ECS_CLUSTER_NAME: task.cluster.name,
    EC2_INSTANCE_ID: task.instance?.ec2InstanceId,
    ECS_TASK_DEFINITION_FAMILY: task.definition.family,
    ECS_TASK_SET_EXTERNAL_ID: task.service?.taskSets.find(({ rollout }) => rollout === task.deployment)?.externalId,
  };
  return { kind: 'discovery', serviceArn, instanceId: task.id, attributes: present(attributes) };
}

/** AWS publishes no list of attributes: these are what a client needs. */
function connectedAs(scope: Scope, task: TaskRecord, connection: Connection): DiscoveryRegistration {
  const attributes = present({
    ...addressAttributes(scope, task),
    AWS_INSTANCE_PORT: String(connection.port.containerPort),
  });
  return { kind: 'discovery', serviceArn: registryOf(scope, connection).arn, instanceId: task.id, attributes };
}

function addressAttributes(scope: Scope, { networkInterface, instance }: TaskRecord) {
  if (networkInterface) return { AWS_INSTANCE_IPV4: networkInterface.ipv4, AWS_INSTANCE_IPV6: networkInterface.ipv6 };
  if (!instance) return {};
  const { ipv4, primaryIpv6 } = hostAddresses(scope, instance.ec2InstanceId);
  return { AWS_INSTANCE_IPV4: ipv4, AWS_INSTANCE_IPV6: primaryIpv6 };
}

/** Known where the registry names a port; SRV records need it. */
function portText(task: TaskRecord, { port, containerName = '', containerPort }: ServiceRegistry): string | undefined {
  const container = containerPort ?? port;
  if (container === undefined) return undefined;
  return String(hostPort(task, { containerName, containerPort: container }) ?? container);
}

/** The host's port for a container's, where the task shares its host's network. */
function hostPort({ containers }: TaskRecord, { containerName, containerPort }: ContainerPort): number | undefined {
  const container = containers.find(({ name }) => name === containerName);
  return container?.bindings.find((binding) => binding.containerPort === containerPort)?.hostPort;
}

function present(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) kept[key] = value;
  return kept;
}
