/** Registering instances with Cloud Map: for its own API and for the ECS controller alike. */
import type { CustomHealthStatus } from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { interfacesOfInstance } from '../ec2/network-interface';
import { operationInProgress, startOperation } from './async-operation';
import type { Attributes } from './instance-attributes';
import { checkAttributes } from './instance-attributes';
import { invalidInput } from './invalid-input';
import type { CloudMapInstance, CloudMapService } from './state';
import { cloudMap, namespaceOf, serviceOf } from './state';

/** https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-limits.html */
const MAX_INSTANCES_PER_SERVICE = 1_000;
/** https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html */
const INSTANCE_ID = /^[0-9a-zA-Z_/:.@-]{1,64}$/;

export interface InstanceKey {
  /** Id or ARN of the service. */
  readonly serviceId: string;
  readonly instanceId: string;
}

export interface Registration extends InstanceKey {
  readonly attributes: Attributes;
  readonly creatorRequestId?: string;
}

/**
 * Registers an instance, or replaces it; it can be seen when the operation has succeeded.
 * @returns id of the operation
 * Throws `ServiceNotFound`, `InvalidInput`, `ResourceLimitExceeded`; `DuplicateRequest` or `ResourceInUse` while an
 * earlier operation on the same instance runs.
 */
export function registerInstance(scope: Scope, registration: Registration): string {
  const service = serviceOf(scope, registration.serviceId);
  const { instanceId, attributes } = registration;
  if (!INSTANCE_ID.test(instanceId)) throw invalidInput(`Instance ID ${instanceId} is not valid.`);
  checkAttributes(namespaceOf(scope, service.namespaceId), service, attributes);
  if (!service.instances.has(instanceId) && service.instances.size >= MAX_INSTANCES_PER_SERVICE) {
    throw new ApiError('ResourceLimitExceeded', `The service has ${MAX_INSTANCES_PER_SERVICE} instances.`);
  }
  const instance: CloudMapInstance = {
    id: instanceId,
    creatorRequestId: registration.creatorRequestId ?? scope.ids.uuid(),
    attributes: withAddress(scope, attributes),
    customHealth: initialHealth(service, attributes),
  };
  return startOperation(scope, {
    type: 'REGISTER_INSTANCE',
    targets: { INSTANCE: instanceId, SERVICE: service.id, NAMESPACE: service.namespaceId },
    subject: subjectOf(service, instanceId),
    complete: () => {
      service.instances.set(instanceId, instance);
      service.instancesRevision++;
      return undefined;
    },
  });
}

/**
 * Deregisters an instance; it is gone when the operation has succeeded.
 * @returns id of the operation
 * Throws `ServiceNotFound`, `InstanceNotFound`; `DuplicateRequest` or `ResourceInUse` as `registerInstance` does.
 */
export function deregisterInstance(scope: Scope, { serviceId, instanceId }: InstanceKey): string {
  const service = serviceOf(scope, serviceId);
  const subject = subjectOf(service, instanceId);
  if (!service.instances.has(instanceId) && !operationInProgress(scope, subject)) throw instanceNotFound(instanceId);
  return startOperation(scope, {
    type: 'DEREGISTER_INSTANCE',
    targets: { INSTANCE: instanceId, SERVICE: service.id, NAMESPACE: service.namespaceId },
    subject,
    complete: () => {
      service.instances.delete(instanceId);
      service.instancesRevision++;
      return undefined;
    },
  });
}

/** Every instance registered with the service (id or ARN) now, oldest first. */
export function instancesOf(scope: Scope, serviceId: string): readonly CloudMapInstance[] {
  return [...serviceOf(scope, serviceId).instances.values()];
}

/** One registered instance; `InstanceNotFound` if there is none. */
export function instanceOf(scope: Scope, { serviceId, instanceId }: InstanceKey): CloudMapInstance {
  const instance = serviceOf(scope, serviceId).instances.get(instanceId);
  if (!instance) throw instanceNotFound(instanceId);
  return instance;
}

/** Does a registration or deregistration run on any instance of the service? */
export function hasInstanceOperation(scope: Scope, service: CloudMapService): boolean {
  return [...cloudMap(scope).inProgress.keys()].some((subject) => subject.startsWith(subjectOf(service, '')));
}

function subjectOf(service: CloudMapService, instanceId: string): string {
  return `${service.id}/${instanceId}`;
}

function instanceNotFound(instanceId: string): ApiError {
  return new ApiError('InstanceNotFound', `Instance not found: ${instanceId}`);
}

/** For an EC2 instance Cloud Map fills in its primary private IPv4 address; it has no such thing for IPv6. */
function withAddress(scope: Scope, attributes: Attributes): Attributes {
  const ec2InstanceId = attributes['AWS_EC2_INSTANCE_ID'];
  if (ec2InstanceId === undefined) return { ...attributes };
  const [primary] = interfacesOfInstance(scope, ec2InstanceId);
  const [address] = primary?.ipv4 ?? [];
  if (!address) throw invalidInput(`EC2 instance ${ec2InstanceId} does not exist or has no private IPv4 address.`);
  return { ...attributes, AWS_INSTANCE_IPV4: address };
}

function initialHealth(service: CloudMapService, attributes: Attributes): CustomHealthStatus | undefined {
  if (!service.customHealthCheck) return undefined;
  return attributes['AWS_INIT_HEALTH_STATUS'] === 'UNHEALTHY' ? 'UNHEALTHY' : 'HEALTHY';
}
