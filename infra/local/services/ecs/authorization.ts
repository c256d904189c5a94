/**
 * What IAM is asked for ECS calls: resource types and condition keys of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
import type { Tag } from '@aws-sdk/client-ecs';
import type { Authorization, Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { ecsArn, parseReference } from './reference';

type Context = Record<string, readonly string[]>;

/** ARN of the cluster that a request names; the default cluster if it names none. */
export function clusterArn(scope: Scope, cluster: string | undefined): string {
  return ecsArn(scope, 'cluster', parseReference(scope, 'cluster', cluster ?? 'default').name);
}

function action({ operation }: Call): string {
  return `ecs:${operation}`;
}

export function onCluster(input: { readonly cluster?: string | undefined }, call: Call): Authorization[] {
  return [{ action: action(call), resource: clusterArn(call.scope, input.cluster) }];
}

interface Members {
  readonly cluster: string | undefined;
  /** Names, ids or ARNs. */
  readonly references: readonly (string | undefined)[] | undefined;
}

/** Asks about each resource that a request names, on condition of its cluster. */
export function onMembers(type: string, { cluster, references }: Members, call: Call): Authorization[] {
  const { name } = parseReference(call.scope, 'cluster', cluster ?? 'default');
  return (references ?? []).map((reference = '') => ({
    action: action(call),
    resource: reference.startsWith('arn:') ? reference : ecsArn(call.scope, type, name, reference),
    context: { 'ecs:cluster': [ecsArn(call.scope, 'cluster', name)] },
  }));
}

/** For actions that know no resource but depend on a cluster. */
export function clusterCondition(cluster: string | undefined, call: Call): Authorization[] {
  const condition = { 'ecs:cluster': [clusterArn(call.scope, cluster)] };
  return [{ action: action(call), resource: '*', context: condition }];
}

/** Of `ecs:TagResource` and of creations that tag. */
export function requestTags(tags: readonly Tag[] | undefined): Context {
  const given = tags ?? [];
  const context: Context = { 'aws:tagkeys': given.map(({ key = '' }) => key) };
  for (const { key = '', value = '' } of given) context[`aws:requesttag/${key.toLowerCase()}`] = [value];
  return context;
}

/** Of actions that may switch ECS Exec on or off, where the request says which. */
export function execCondition(enableExecuteCommand: boolean | undefined): Context {
  return enableExecuteCommand === undefined ? {} : { 'ecs:enable-execute-command': [String(enableExecuteCommand)] };
}
