/** Names, short and long ARNs: ECS takes them all. */
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { invalidParameter } from './ecs-error';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
const NAME = /^[a-zA-Z0-9_-]{1,255}$/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

export interface Reference {
  /** Absent in a name, an id or a short ARN. */
  readonly cluster: string | undefined;
  readonly name: string;
}

/**
 * `web`, `service/web` or `service/prod/web` of this account and region, as a name or an ARN.
 * @param type resource type that the ARN must have
 */
export function parseReference(scope: Scope, type: string, text: string): Reference {
  if (!text.startsWith('arn:')) return { cluster: undefined, name: text };
  const [, partition, service, region, account, ...rest] = text.split(':');
  const [found, ...path] = rest.join(':').split('/');
  if (service !== 'ecs' || found !== type) {
    throw invalidParameter(`Invalid identifier: ${text} is not the ARN of a ${type}.`);
  }
  const home = [scope.partition, scope.region, scope.account];
  if ([partition, region, account].join() !== home.join()) {
    throw invalidParameter(`Invalid identifier: ${text} is not of account ${scope.account} in ${scope.region}.`);
  }
  return { cluster: path.length > 1 ? path[0] : undefined, name: path.at(-1) ?? '' };
}

export function ecsArn(scope: Scope, type: string, ...path: readonly string[]): string {
  return arn(scope, 'ecs', [type, ...path].join('/'));
}
