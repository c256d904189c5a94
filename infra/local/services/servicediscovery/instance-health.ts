import type {
  CustomHealthStatus,
  GetInstancesHealthStatusRequest,
  GetInstancesHealthStatusResponse,
  HealthStatus,
  UpdateInstanceCustomHealthStatusRequest,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import type { Cancel } from '../../kernel/clock';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { onService } from './access';
import type { InstanceKey } from './instances';
import { instanceOf, instancesOf } from './instances';
import { required } from './invalid-input';
import { pageOf } from './paging';
import type { CloudMapInstance } from './state';
import { serviceOf } from './state';

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckCustomConfig.html */
const CUSTOM_HEALTH_DELAY_MS = 30_000;

/** Changes of custom health that wait for their time. */
const waiting = defineStore(() => new WeakMap<CloudMapInstance, Cancel>());

/** Health as Cloud Map tells it: Route 53 health checks have no result here, for nothing is there to be checked. */
export function healthOf(instance: CloudMapInstance): HealthStatus {
  return instance.customHealth ?? 'UNKNOWN';
}

interface CustomHealthChange extends InstanceKey {
  readonly status: CustomHealthStatus;
}

/**
 * Sets the custom health of an instance; it holds when 30 seconds have passed without a change back.
 * Throws `ServiceNotFound`, `InstanceNotFound`, `CustomHealthNotFound`.
 */
function setCustomHealth(scope: Scope, { status, ...key }: CustomHealthChange): void {
  if (!serviceOf(scope, key.serviceId).customHealthCheck) {
    throw new ApiError('CustomHealthNotFound', 'The service has no custom health check.');
  }
  const instance = instanceOf(scope, key);
  const changes = waiting(scope);
  if (instance.customHealth === status) {
    changes.get(instance)?.();
    changes.delete(instance);
    return;
  }
  if (changes.has(instance)) return;
  const apply = (): void => {
    changes.delete(instance);
    instance.customHealth = status;
  };
  changes.set(instance, scope.clock.after(CUSTOM_HEALTH_DELAY_MS, apply));
}

function asked(scope: Scope, serviceId: string, ids: readonly string[] | undefined): readonly CloudMapInstance[] {
  return ids ? ids.map((instanceId) => instanceOf(scope, { serviceId, instanceId })) : instancesOf(scope, serviceId);
}

export const getInstancesHealthStatus = operation<GetInstancesHealthStatusRequest, GetInstancesHealthStatusResponse>({
  accepts: ['ServiceId', 'Instances', 'MaxResults', 'NextToken'],
  authorize: ({ ServiceId }, call) => onService(ServiceId, call),
  run(request, { scope }) {
    const { items, token } = pageOf(asked(scope, required(request.ServiceId, 'ServiceId'), request.Instances), request);
    return { Status: Object.fromEntries(items.map((each) => [each.id, healthOf(each)])), NextToken: token };
  },
});

export const updateInstanceCustomHealthStatus = operation<UpdateInstanceCustomHealthStatusRequest, object>({
  accepts: ['ServiceId', 'InstanceId', 'Status'],
  authorize: ({ ServiceId }, call) => onService(ServiceId, call),
  run({ ServiceId, InstanceId, Status }, { scope }) {
    setCustomHealth(scope, {
      serviceId: required(ServiceId, 'ServiceId'),
      instanceId: required(InstanceId, 'InstanceId'),
      status: required(Status, 'Status'),
    });
    return {};
  },
});
