/** Names and ARNs: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { validationError } from './errors';

const MAX_NAME_LENGTH = 32;
/** Digits of the id at the end of every ARN. */
const ID_LENGTH = 16;

/** `noun` begins the message, e.g. `load balancer`. */
export function checkName(noun: string, name: string): void {
  const fault = faultOf(name);
  if (fault) throw validationError(`The ${noun} name '${name}' ${fault}`);
}

function faultOf(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return `cannot be longer than '${MAX_NAME_LENGTH}' characters`;
  if (!/^[a-zA-Z0-9-]+$/.test(name))
    return 'can only contain characters that are alphanumeric characters or hyphens(-)';
  if (name.startsWith('-') || name.endsWith('-')) return 'cannot begin or end with a hyphen(-)';
  return undefined;
}

/** A new ARN such as `arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/0123456789abcdef`. */
export function newArn(scope: Scope, path: string): string {
  return arn(scope, 'elasticloadbalancing', `${path}/${scope.ids.hex(ID_LENGTH)}`);
}

/** `app/web/0123456789abcdef` of a load balancer's ARN: what its listeners and network interfaces are called by. */
export function pathOf(loadBalancerArn: string): string {
  return loadBalancerArn.slice(loadBalancerArn.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
}

/** The path of a new listener's or rule's ARN below that of its parent. */
export function childArn(
  scope: Scope,
  parentArn: string,
  kind: { readonly from: string; readonly to: string },
): string {
  return `${parentArn.replace(`:${kind.from}/`, `:${kind.to}/`)}/${scope.ids.hex(ID_LENGTH)}`;
}
