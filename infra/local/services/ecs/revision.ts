import type { LoadBalancer, NetworkConfiguration, ServiceRegistry } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import type { CapacityRequest } from './capacity';
import { capacityFor } from './capacity';
import { checkLoadBalancers, checkRegistries } from './load-balancer-check';
import { networkSettings } from './network-settings';
import type { ClusterRecord, DefinitionRecord, Revision } from './records';

export interface RevisionRequest {
  readonly cluster: ClusterRecord;
  readonly definition: DefinitionRecord;
  readonly capacity: CapacityRequest;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly serviceRegistries: readonly ServiceRegistry[];
}

/** Checks everything that a deployment rolls out against each other. */
export function revisionOf(scope: Scope, request: RevisionRequest): Revision {
  const { cluster, definition, loadBalancers, serviceRegistries } = request;
  const capacity = capacityFor(scope, request.capacity, { cluster, definition });
  const network = networkSettings(scope, {
    definition,
    launchType: capacity.launchType,
    configuration: request.networkConfiguration,
  });
  checkLoadBalancers(scope, definition, loadBalancers);
  checkRegistries(scope, definition, serviceRegistries);
  return { definition, capacity, network, loadBalancers, serviceRegistries };
}
