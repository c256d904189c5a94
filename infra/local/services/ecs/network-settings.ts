import type { NetworkConfiguration } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { requireSecurityGroup } from '../ec2/security-group';
import { requireSubnet } from '../ec2/subnet';
import { invalidParameter } from './ecs-error';
import type { DefinitionRecord, NetworkSettings } from './records';
import { networkModeOf } from './task-definition';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
const MAX_SUBNETS = 16;
const MAX_SECURITY_GROUPS = 5;

export interface NetworkRequest {
  readonly definition: DefinitionRecord;
  readonly launchType: string;
  readonly configuration: NetworkConfiguration | undefined;
}

/** Checks and completes the network settings of a task or service; undefined outside `awsvpc` mode. */
export function networkSettings(scope: Scope, request: NetworkRequest): NetworkSettings | undefined {
  const { definition, launchType, configuration } = request;
  const given = configuration?.awsvpcConfiguration;
  if (networkModeOf(definition) !== 'awsvpc') {
    if (!given) return undefined;
    throw invalidParameter('Network Configuration is not valid for the given networkMode of this task definition.');
  }
  if (!given) throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  const assignPublicIp = given.assignPublicIp ?? 'DISABLED';
  if (assignPublicIp === 'ENABLED' && launchType !== 'FARGATE') {
    throw invalidParameter('Assign public IP is not supported for this launch type.');
  }
  const settings = { subnets: given.subnets ?? [], securityGroups: given.securityGroups ?? [], assignPublicIp };
  checkPlace(scope, settings);
  return settings;
}

function checkPlace(scope: Scope, { subnets, securityGroups }: NetworkSettings): void {
  if (subnets.length === 0) throw invalidParameter('subnets can not be empty.');
  if (subnets.length > MAX_SUBNETS) throw invalidParameter(`subnets can have at most ${String(MAX_SUBNETS)} items.`);
  if (securityGroups.length > MAX_SECURITY_GROUPS) {
    throw invalidParameter(`securityGroups can have at most ${String(MAX_SECURITY_GROUPS)} items.`);
  }
  const vpcs = [
    ...subnets.map((id) => asked(`subnet information for [${id}]`, () => requireSubnet(scope, id).vpcId)),
    ...securityGroups.map((id) =>
      asked(`security group information for [${id}]`, () => requireSecurityGroup(scope, id).vpcId),
    ),
  ];
  if (new Set(vpcs).size > 1) throw invalidParameter('Subnets and security groups must be in the same VPC.');
}

/** EC2's refusal as ECS passes it on. */
function asked<Answer>(what: string, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw invalidParameter(`Error retrieving ${what}: ${error.message} (ErrorCode: ${error.code})`);
  }
}
