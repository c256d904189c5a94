/** Target groups and registries of a service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html */
import type { LoadBalancer, ServiceRegistry } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { elbv2State, loadBalancersOf, type TargetGroup } from '../elbv2/state';
import { cloudMap } from '../servicediscovery/state';
import { checkAdvanced } from './advanced-configuration-check';
import { checkClassic } from './classic-check';
import { checkContainerPort } from './container-port';
import { invalidParameter } from './ecs-error';
import type { DefinitionRecord } from './records';
import { networkModeOf } from './task-definition';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html */
const MAX_TARGET_GROUPS = 5;

/** Refuses target groups that tasks of the definition could never be registered with. */
export function checkLoadBalancers(
  scope: Scope,
  definition: DefinitionRecord,
  loadBalancers: readonly LoadBalancer[],
): void {
  if (loadBalancers.length > MAX_TARGET_GROUPS) {
    throw invalidParameter(`load balancers can have at most ${MAX_TARGET_GROUPS} items.`);
  }
  if (checkClassic(scope, definition, loadBalancers)) return;
  checkAdvanced(scope, loadBalancers);
  for (const { targetGroupArn, containerName, containerPort, advancedConfiguration } of loadBalancers) {
    checkContainerPort(definition, containerName, containerPort);
    checkGroup(scope, definition, targetGroupArn);
    // AWS's list of what it refuses there (see advanced-configuration-check) has no word of target types: tasks of the
    // first deployment that goes to a group of the wrong type cannot be registered.
    if (advancedConfiguration) requireGroup(scope, advancedConfiguration.alternateTargetGroupArn);
  }
}

function requireGroup(scope: Scope, arn: string | undefined): TargetGroup {
  if (arn === undefined) throw invalidParameter('targetGroupArn cannot be empty.');
  const group = elbv2State(scope).targetGroups.get(arn);
  if (!group) throw invalidParameter(`Unable to find the target group with targetGroupArn ${arn}.`);
  if (loadBalancersOf(scope, arn).length > 0) return group;
  throw invalidParameter(`The target group with targetGroupArn ${arn} does not have an associated load balancer.`);
}

function checkGroup(scope: Scope, definition: DefinitionRecord, arn: string | undefined): void {
  const group = requireGroup(scope, arn);
  const mode = networkModeOf(definition);
  if (mode === 'none') throw invalidParameter('Load balancers are not supported for networkMode=none.');
  if (group.targetType === (mode === 'awsvpc' ? 'ip' : 'instance')) return;
  throw invalidParameter(
    `The provided target group ${group.arn} has target type ${group.targetType}, which is incompatible with the ` +
      `${mode} network mode specified in the task definition.`,
  );
}

/**
 * One registry, with the members that its records and the network mode call for:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html
 */
export function checkRegistries(
  scope: Scope,
  definition: DefinitionRecord,
  registries: readonly ServiceRegistry[],
): void {
  const [registry, ...more] = registries;
  if (!registry) return;
  if (more.length > 0) throw invalidParameter('Only one service registry is supported.');
  const { registryArn = '', containerName, containerPort, port } = registry;
  const service = [...cloudMap(scope).services.values()].find(({ arn }) => arn === registryArn);
  if (!service) throw invalidParameter(`The service registry ${registryArn} does not exist.`);
  if (port !== undefined && (containerName !== undefined || containerPort !== undefined)) {
    throw invalidParameter("Either 'port' or 'containerName' and 'containerPort' can be specified, not both.");
  }
  if (containerName !== undefined || containerPort !== undefined) {
    checkContainerPort(definition, containerName, containerPort);
  }
  checkRecords(
    definition,
    registry,
    service.records.map(({ type }) => type),
  );
}

function checkRecords(definition: DefinitionRecord, registry: ServiceRegistry, types: readonly string[]): void {
  const mode = networkModeOf(definition);
  const named = registry.containerName !== undefined && registry.containerPort !== undefined;
  const srv = types.includes('SRV');
  if (mode === 'none') throw invalidParameter('Service discovery is not supported for networkMode=none.');
  if (mode !== 'awsvpc' && (!srv || types.length > 1 || !named)) {
    throw invalidParameter(
      `A task definition with networkMode=${mode} needs a service registry with SRV records only, ` +
        'and containerName and containerPort.',
    );
  }
  if (srv && !named && registry.port === undefined) {
    throw invalidParameter("A service registry with SRV records needs 'port', or 'containerName' and 'containerPort'.");
  }
}
