/**
 * Classic Load Balancers, which know hosts and no tasks. AWS documents these conditions, and words for none of them:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html, loadBalancers, and
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-create-loadbalancer-rolling.html
 */
import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { elbState } from '../elb/state';
import { checkContainerPort } from './container-port';
import { invalidParameter } from './ecs-error';
import type { DefinitionRecord } from './records';
import { networkModeOf } from './task-definition';

/** Is it a Classic Load Balancer that tasks of the definition can be behind? Throws if it is one and they cannot. */
export function checkClassic(
  scope: Scope,
  definition: DefinitionRecord,
  loadBalancers: readonly LoadBalancer[],
): boolean {
  const classic = loadBalancers.find(({ loadBalancerName }) => loadBalancerName !== undefined);
  if (!classic) return false;
  const { loadBalancerName = '', targetGroupArn, advancedConfiguration } = classic;
  if (targetGroupArn !== undefined || advancedConfiguration) {
    throw invalidParameter('loadBalancerName cannot be combined with a target group.');
  }
  if (loadBalancers.length > 1) throw invalidParameter('Only one Classic Load Balancer is supported.');
  checkHostPort(definition, classic);
  if (elbState(scope).loadBalancers.has(loadBalancerName)) return true;
  throw invalidParameter(`Unable to find the load balancer ${loadBalancerName}.`);
}

/** It leads to one port of every host. */
function checkHostPort(definition: DefinitionRecord, { containerName, containerPort }: LoadBalancer): void {
  const mode = networkModeOf(definition);
  if (mode === 'awsvpc' || mode === 'none') {
    throw invalidParameter(`Classic Load Balancers are not supported for networkMode=${mode}.`);
  }
  const { hostPort = 0 } = checkContainerPort(definition, containerName, containerPort);
  if (mode === 'host' || hostPort !== 0) return;
  throw invalidParameter(`Classic Load Balancers need a static host port for container port ${containerPort}.`);
}
