/** Instances behind Classic Load Balancers: for their own API and for ECS alike. */
import type {
  DeregisterEndPointsInput,
  DeregisterEndPointsOutput,
  RegisterEndPointsInput,
  RegisterEndPointsOutput,
} from '@aws-sdk/client-elastic-load-balancing';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import { classicLoadBalancer, onLoadBalancer, type ClassicLoadBalancer } from './state';

export interface Membership {
  readonly loadBalancerName: string;
  readonly instanceIds: readonly string[];
}

const ANYTHING = ['LoadBalancerName', 'Instances'];

/** All of them, or none: `InvalidInstance` if one is not in the load balancer's VPC. */
export function registerInstances(scope: Scope, { loadBalancerName, instanceIds }: Membership): ClassicLoadBalancer {
  const balancer = classicLoadBalancer(scope, loadBalancerName);
  const unfit = instanceIds.find((id) => findInstance(scope, id)?.vpcId !== balancer.vpcId);
  if (unfit !== undefined)
    throw new ApiError('InvalidInstance', `EC2 instance ${unfit} is not in the same VPC as ELB.`);
  for (const id of instanceIds) balancer.instanceIds.add(id);
  return balancer;
}

/** `InvalidInstance` for one that is not registered. */
export function deregisterInstances(scope: Scope, { loadBalancerName, instanceIds }: Membership): ClassicLoadBalancer {
  const balancer = classicLoadBalancer(scope, loadBalancerName);
  const unknown = instanceIds.find((id) => !balancer.instanceIds.has(id));
  if (unknown !== undefined) {
    throw new ApiError('InvalidInstance', `Could not find EC2 instance ${unknown} in the load balancer.`);
  }
  for (const id of instanceIds) balancer.instanceIds.delete(id);
  return balancer;
}

function membershipOf({ LoadBalancerName = '', Instances = [] }: RegisterEndPointsInput): Membership {
  return { loadBalancerName: LoadBalancerName, instanceIds: Instances.map(({ InstanceId = '' }) => InstanceId) };
}

const shown = ({ instanceIds }: ClassicLoadBalancer) => ({
  Instances: [...instanceIds].map((InstanceId) => ({ InstanceId })),
});

export const instanceOperations = {
  RegisterInstancesWithLoadBalancer: operation<RegisterEndPointsInput, RegisterEndPointsOutput>({
    accepts: ANYTHING,
    authorize: onLoadBalancer,
    run: (request, { scope }) => shown(registerInstances(scope, membershipOf(request))),
  }),

  DeregisterInstancesFromLoadBalancer: operation<DeregisterEndPointsInput, DeregisterEndPointsOutput>({
    accepts: ANYTHING,
    authorize: onLoadBalancer,
    run: (request, { scope }) => shown(deregisterInstances(scope, membershipOf(request))),
  }),
};
