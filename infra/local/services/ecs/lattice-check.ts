/** VPC Lattice target groups of a service: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-vpc-lattice.html */
import type { VpcLatticeConfiguration } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { lattice } from '../vpclattice/state';
import { invalidParameter } from './ecs-error';
import type { DefinitionRecord } from './records';
import { networkModeOf } from './task-definition';

export interface ContainerPort {
  readonly containerName: string;
  readonly containerPort: number;
}

/** The port mapping of this name. */
export function namedPort({ definition }: DefinitionRecord, portName: string): ContainerPort | undefined {
  for (const { name = '', portMappings = [] } of definition.containerDefinitions ?? []) {
    const mapping = portMappings.find((each) => each.name === portName);
    if (mapping) return { containerName: name, containerPort: mapping.containerPort ?? 0 };
  }
  return undefined;
}

/** Refuses target groups that no task of the definition could be registered with. AWS publishes no words for it. */
export function checkLattice(
  scope: Scope,
  definition: DefinitionRecord,
  configurations: readonly VpcLatticeConfiguration[],
): void {
  for (const { targetGroupArn = '', portName = '' } of configurations) {
    if (networkModeOf(definition) === 'none') {
      throw invalidParameter('VPC Lattice is not supported for networkMode=none.');
    }
    checkGroup(scope, targetGroupArn);
    if (namedPort(definition, portName)) continue;
    throw invalidParameter(`The task definition has no port mapping with the name ${portName}.`);
  }
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-lattice-resources-for-blue-green.html: type IP */
function checkGroup(scope: Scope, arn: string): void {
  const group = [...lattice(scope).targetGroups.values()].find((each) => each.arn === arn);
  if (!group) throw invalidParameter(`Unable to find the VPC Lattice target group with targetGroupArn ${arn}.`);
  if (group.type === 'IP') return;
  throw invalidParameter(`The VPC Lattice target group ${arn} has type ${group.type}; tasks need one of type IP.`);
}
