import type { Step } from './known-error';
import type { NamedThings, ThingName } from './named-things';

/** Each hole of a command, and the shell variable that stands in where the text does not say. */
const HOLES: readonly (readonly [ThingName, string])[] = [
  ['instance', 'INSTANCE_ID'],
  ['networkInterface', 'NETWORK_INTERFACE_ID'],
  ['subnet', 'SUBNET_ID'],
  ['vpc', 'VPC_ID'],
  ['securityGroup', 'SECURITY_GROUP_ID'],
  ['targetGroup', 'TARGET_GROUP_ARN'],
  ['loadBalancer', 'LOAD_BALANCER_ARN'],
  ['cluster', 'CLUSTER'],
  ['service', 'SERVICE'],
  ['task', 'TASK_ID'],
  ['taskDefinition', 'TASK_DEFINITION'],
  ['containerInstance', 'CONTAINER_INSTANCE'],
  ['repository', 'REPOSITORY'],
];

export interface FilledStep {
  readonly what: string;
  readonly command?: string;
}

/** `aws ec2 describe-vpcs ...` -> `aws ec2 describe-vpcs --region eu-west-2 ...` */
function withRegion(command: string, region: string | undefined): string {
  return region === undefined ? command : command.replace(/^(aws \S+ \S+)/, `$1 --region ${region}`);
}

/** The step with everything that the text names; what it does not name is a variable to be set first. */
export function fill({ what, command }: Step, named: NamedThings): FilledStep {
  if (command === undefined) return { what };
  let filled = command;
  for (const [thing, variable] of HOLES) {
    const all = named[thing].length > 0 ? named[thing] : [`"$${variable}"`];
    filled = filled
      .replaceAll(`{${thing}}`, () => all.slice(0, 1).join(''))
      .replaceAll(`{${thing}s}`, () => all.join(' '));
  }
  return { what, command: withRegion(filled, named.region) };
}
