import type {
  LoadBalancer,
  NetworkConfiguration,
  ServiceConnectConfiguration,
  ServiceRegistry,
  VpcLatticeConfiguration,
} from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import type { CapacityRequest } from './capacity';
import { capacityFor } from './capacity';
import { checkLattice } from './lattice-check';
import { checkLoadBalancers, checkRegistries } from './load-balancer-check';
import { networkSettings } from './network-settings';
import type { ClusterRecord, DefinitionRecord, Revision } from './records';
import { checkServiceConnect } from './service-connect';

export interface RevisionRequest {
  readonly cluster: ClusterRecord;
  readonly serviceName: string;
  readonly definition: DefinitionRecord;
  readonly capacity: CapacityRequest;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly serviceRegistries: readonly ServiceRegistry[];
  readonly lattice: readonly VpcLatticeConfiguration[];
  readonly connect: ServiceConnectConfiguration | undefined;
}

/** Checks everything that a deployment rolls out against each other. */
export function revisionOf(scope: Scope, request: RevisionRequest): Revision {
  const { cluster, definition, loadBalancers, serviceRegistries, lattice, connect } = request;
  const capacity = capacityFor(scope, request.capacity, { cluster, definition });
  const network = networkSettings(scope, {
    definition,
    launchType: capacity.launchType,
    configuration: request.networkConfiguration,
  });
  checkLoadBalancers(scope, definition, loadBalancers);
  checkRegistries(scope, definition, serviceRegistries);
  checkLattice(scope, definition, lattice);
  checkServiceConnect(scope, request, connect);
  return { definition, capacity, network, loadBalancers, serviceRegistries, lattice, connect };
}
